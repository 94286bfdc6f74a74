// abi-tests/src/safe_state.rs: a module with state in safe Rust, and what finds it: functions, methods, slots, constructors.

#![forbid(unsafe_code)]

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use hpy_sys::safe::*;
use hpy_sys::{HPyModule, HPyType};

static DROPPED: AtomicI64 = AtomicI64::new(0);

/// Notes when it goes.
struct Bell(Vec<String>);

impl Drop for Bell {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

HPyModule! {
    /// Counts.
    mod safe_state {
        use Ticket;

        /// What each module object has.
        pub struct Counts {
            count: AtomicI64,
            /// Any object.
            kept: Field,
            made: Field,
            names: Mutex<Bell>,
        }

        fn next(state: State<'_, Counts>) -> i64 { state.count.fetch_add(1, Ordering::Relaxed) + 1 }
        fn add(name: &str, state: State<'_, Counts>, *, times: usize = 1) -> Vec<String> {
            let mut names = state.names.lock().unwrap();
            names.0.extend(std::iter::repeat_n(name.to_owned(), times));
            names.0.clone()
        }
        fn keep(state: State<'_, Counts>, object: &Object<'_>) -> Result<()> { state.kept.set(&state, object) }
        fn kept<'c>(state: State<'c, Counts>) -> Option<Object<'c>> { state.kept.get(&state) }
        fn made<'c>(state: State<'c, Counts>) -> Option<Object<'c>> { state.made.get(&state) }
        fn forget(state: State<'_, Counts>) { state.kept.clear(&state); }
        fn swap(state: State<'_, Counts>, other: &Object<'_>) -> Result<()> {
            // A field of another module's state is none of this one.
            let other = State::<Counts>::of(other)?;
            state.kept.set(&other, 1)
        }
        fn of(ctx: &HPyContext, object: &Object<'_>) -> Result<i64> {
            let state = State::<Counts>::of(object)?;
            if state.count.load(Ordering::Relaxed) < 0 { return ValueError::raise(ctx, "below zero"); }
            Ok(state.count.load(Ordering::Relaxed))
        }
        fn dropped() -> i64 { DROPPED.load(Ordering::Relaxed) }

        exec(ctx, module) {
            let early = module.get_attr(c"next")?.call(&[]);
            match early {
                Err(raised) if raised.is::<SystemError>(ctx) => raised.clear(ctx),
                _ => return RuntimeError::raise(ctx, "the state is not there yet"),
            }
            let made = ctx.import(c"builtins")?.get_attr(c"object")?.call(&[])?;
            Ok(Counts {
                count: AtomicI64::new(0),
                kept: Field::empty(),
                made: Field::new(&made),
                names: Mutex::new(Bell(vec!["first".to_owned()])),
            })
        }
    }
}

HPyType! {
    /// Counted.
    pub struct Ticket as "safe_state.Ticket", subclass {
        number: i64 [get],
    }

    impl Ticket {
        fn new(state: State<'_, Counts>, step: i64 = 1) -> Self {
            Ticket { number: state.count.fetch_add(step, Ordering::Relaxed) + step }
        }
        fn latest(&self, state: State<'_, Counts>) -> i64 { state.count.load(Ordering::Relaxed) }
        fn keep(&self, this: This<'_>, state: State<'_, Counts>) -> Result<()> { state.kept.set(&state, &*this) }
        #[getter]
        fn behind(&self, state: State<'_, Counts>) -> i64 { state.count.load(Ordering::Relaxed) - self.number }
        #[classmethod]
        fn total(class: &Object<'_>, state: State<'_, Counts>, extra: i64 = 0) -> Result<i64> {
            class.get_attr(c"__name__")?;
            Ok(state.count.load(Ordering::Relaxed) + extra)
        }
        fn __add__(&self, other: i64, state: State<'_, Counts>) -> i64 {
            self.number + other + state.count.load(Ordering::Relaxed)
        }
        fn __len__(&self, state: State<'_, Counts>) -> usize { state.count.load(Ordering::Relaxed).max(0) as usize }
        fn __call__<'c>(&self, state: State<'c, Counts>) -> Option<Object<'c>> { state.kept.get(&state) }
    }
}

HPyModule! {
    /// Makes the class of another module, and so without its state.
    mod safe_state_other {
        use Stray;
    }
}

HPyType! {
    /// Of a module without state.
    pub struct Stray as "safe_state.Stray" {}

    impl Stray {
        fn new() -> Self { Stray {} }
        fn latest(&self, state: State<'_, Counts>) -> i64 { state.count.load(Ordering::Relaxed) }
    }
}
