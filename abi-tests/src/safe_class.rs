// abi-tests/src/safe_class.rs: what a class of safe Rust has beside methods: static and class methods, setters, hooks, operators.

#![forbid(unsafe_code)]

use std::sync::atomic::{AtomicI64, Ordering};

use hpy_sys::safe::*;
use hpy_sys::{HPyModule, HPyType};

HPyType! {
    /// A size, which is not negative.
    pub struct Size as "safe_class.Size", subclass {
        value: f64,
    }

    impl Size {
        fn new(value: f64 = 0.0) -> Self { Size { value } }

        /// What it is.
        #[getter(set = set_value)]
        fn value(&self) -> f64 { self.value }
        #[setter]
        fn set_value(&mut self, ctx: &HPyContext, value: f64) -> Result<()> {
            if value < 0.0 { return ValueError::raise(ctx, format_args!("{value} is negative")); }
            self.value = value;
            Ok(())
        }

        /// The greater one.
        #[staticmethod]
        fn greater(left: f64, right: f64 = 1.0) -> f64 { left.max(right) }
        #[staticmethod]
        fn nothing() {}
        #[staticmethod]
        fn twice(number: i64, /) -> i64 { 2 * number }
        #[staticmethod]
        fn named(ctx: &HPyContext, *, name: &str = "a") -> Result<String> {
            if name.is_empty() { return ValueError::raise(ctx, "no name"); }
            Ok(name.to_uppercase())
        }

        /// One of this class.
        #[classmethod]
        fn of<'c>(class: &Object<'c>, text: &str) -> Result<Object<'c>> {
            let value = text.parse::<f64>().or_raise::<ValueError>(class.context())?;
            class.call_with(value)
        }
        #[classmethod]
        fn name(class: &Object<'_>) -> Result<String> { class.get_attr(c"__name__")?.extract() }
    }
}

HPyType! {
    /// What is set without `&mut self`.
    pub struct Shared as "safe_class.Shared" {
        count: AtomicI64,
    }

    impl Shared {
        fn new() -> Self { Shared { count: AtomicI64::new(0) } }

        #[getter(set = set_count)]
        fn count(&self) -> i64 { self.count.load(Ordering::Relaxed) }
        #[setter]
        fn set_count(&self, _ctx: &HPyContext, count: i64) { self.count.store(count, Ordering::Relaxed) }
    }
}

HPyModule! {
    /// Classes.
    mod safe_class {
        use Size, Shared;
    }
}
