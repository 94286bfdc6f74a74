// abi-tests/src/safe_class.rs: what a class of safe Rust has beside methods: static and class methods, setters, hooks, operators.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;
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

        /// A parameter may have the name of its function.
        #[staticmethod]
        fn halved(halved: f64) -> f64 { halved / 2.0 }

        /// One of this class.
        #[classmethod]
        fn of<'c>(class: &Object<'c>, text: &str) -> Result<Object<'c>> {
            let value = text.parse::<f64>().or_raise::<ValueError>(class.context())?;
            class.call_with(value)
        }
        #[classmethod]
        fn name(class: &Object<'_>) -> Result<String> { class.get_attr(c"__name__")?.extract() }
        #[classmethod]
        fn suffixed(class: &Object<'_>, suffixed: &str) -> Result<String> { Ok(Size::name(class)? + suffixed) }
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

HPyType! {
    /// A number of metres.
    pub struct Metres as "safe_class.Metres" {
        n: f64 [get],
    }

    impl Metres {
        fn new(n: f64) -> Self { Metres { n } }
        fn __sub__(&self, other: Ref<'_, Metres>) -> Metres { Metres { n: self.n - other.n } }
        fn __rsub__(&self, left: f64) -> Metres { Metres { n: left - self.n } }
        // For one side alone.
        fn __rmul__(&self, left: f64) -> Metres { Metres { n: left * self.n } }
        fn __mod__(&self, ctx: &HPyContext, right: f64) -> Result<f64> {
            if right == 0.0 { return ValueError::raise(ctx, "zero"); }
            Ok(self.n % right)
        }
        fn __rmod__(&self, ctx: &HPyContext, _left: &Object<'_>) -> Result<f64> { KeyError::raise(ctx, "right") }
    }
}

HPyType! {
    /// Attributes that are there when they are asked for.
    pub struct Hooked as "safe_class.Hooked", subclass {
        sum: AtomicI64,
    }

    impl Hooked {
        fn new() -> Self { Hooked { sum: AtomicI64::new(0) } }

        #[getter(set = set_sum)]
        fn sum(&self) -> i64 { self.sum.load(Ordering::Relaxed) }
        #[setter]
        fn set_sum(&self, _ctx: &HPyContext, sum: i64) { self.sum.store(sum, Ordering::Relaxed) }

        fn __getattr__(&self, ctx: &HPyContext, name: &str) -> Result<i64> {
            match name.strip_prefix("n") {
                Some(number) => number.parse::<i64>().or_raise::<AttributeError>(ctx),
                None if name == "broken" => KeyError::raise(ctx, "broken"),
                None => AttributeError::raise(ctx, format_args!("no {name}")),
            }
        }
        fn __setattr__(&self, this: This<'_>, name: &str, value: &Object<'_>) -> Result<()> {
            match name {
                "add" => {
                    self.sum.fetch_add(value.extract()?, Ordering::Relaxed);
                    Ok(())
                }
                _ => this.set_own_attr(name, value),
            }
        }
    }
}

HPyType! {
    /// What is set, deleted, and changed in place.
    pub struct Table as "safe_class.Table", subclass {
        items: BTreeMap<String, i64>,
        log: Vec<String>,
    }

    impl Table {
        fn new() -> Self { Table { items: BTreeMap::new(), log: Vec::new() } }

        fn log(&self) -> Vec<String> { self.log.clone() }
        fn __len__(&self) -> usize { self.items.len() }
        fn __setitem__(&mut self, key: String, value: i64) { self.items.insert(key, value); }
        fn __delitem__(&mut self, ctx: &HPyContext, key: &str) -> Result<()> {
            match self.items.remove(key) {
                Some(_) => Ok(()),
                None => KeyError::raise(ctx, key),
            }
        }
        fn __delattr__(&mut self, this: This<'_>, name: &str) -> Result<()> {
            self.log.push(format!("del {name}"));
            if name == "log" { Ok(()) } else { this.delete_own_attr(name) }
        }
        fn __iadd__(&mut self, other: i64) {
            for value in self.items.values_mut() { *value += other; }
        }
        fn __isub__(&mut self, ctx: &HPyContext, other: &str) -> Result<()> {
            match self.items.remove(other) {
                Some(_) => Ok(()),
                None => TypeError::raise(ctx, "nothing to take away"),
            }
        }
        fn __ior__(&mut self, other: Ref<'_, Table>) {
            self.items.extend(other.items.iter().map(|(key, value)| (key.clone(), *value)));
        }
        fn __pow__(&self, by: u32) -> i64 { self.items.values().sum::<i64>().pow(by) }
        fn __rpow__(&self, base: i64) -> i64 { base.pow(self.items.len() as u32) }
        fn sum(&self) -> i64 { self.items.values().sum() }
    }
}

HPyType! {
    /// Items that are deleted, and not set.
    pub struct Stack as "safe_class.Stack" {
        left: usize [get],
    }

    impl Stack {
        fn new(left: usize) -> Self { Stack { left } }
        fn __delitem__(&mut self, _index: &Object<'_>) { self.left -= 1; }
    }
}

HPyType! {
    /// What is awaited at once, and counts asynchronously.
    pub struct Later as "safe_class.Later" {
        value: i64,
        left: AtomicI64,
    }

    impl Later {
        fn new(value: i64) -> Self { Later { value, left: AtomicI64::new(value) } }

        fn __await__<'c>(&self, ctx: &'c HPyContext) -> Result<Object<'c>> {
            let at_once = ctx.import(c"asyncio")?.get_attr(c"sleep")?.call(&[&0.into_object(ctx)?, &self.value.into_object(ctx)?])?;
            at_once.call_method("__await__", &[])
        }
        fn __aiter__<'c>(&self, this: This<'c>) -> Object<'c> { (*this).clone() }
        fn __anext__(&self, ctx: &HPyContext) -> Result<Later> {
            let left = self.left.fetch_sub(1, Ordering::Relaxed);
            if left > 0 { return Ok(Later::new(left)); }
            StopAsyncIteration::raise(ctx, "no more")
        }
    }
}

HPyModule! {
    /// Classes.
    mod safe_class {
        use Size, Shared, Metres, Hooked, Table, Stack, Later;
    }
}
