// abi-tests/src/safe_iteration.rs: an iterator in safe Rust, which HPy 0.9 has no slots for.

#![forbid(unsafe_code)]

use hpy_sys::safe::*;
use hpy_sys::{HPyModule, HPyType};

HPyType! {
    /// Counts down, and raises at thirteen.
    pub struct Countdown as "safe_iteration.Countdown", subclass {
        left: u32,
    }

    impl Countdown {
        fn new(left: u32) -> Self {
            Countdown { left }
        }

        fn __iter__<'c>(&self, this: This<'c>) -> Object<'c> {
            (*this).clone()
        }

        fn __next__(&mut self, ctx: &HPyContext) -> Result<Option<u32>> {
            match self.left {
                0 => Ok(None),
                13 => LookupError::raise(ctx, "thirteen"),
                left => {
                    self.left -= 1;
                    Ok(Some(left))
                }
            }
        }
    }
}

HPyType! {
    /// A range that iterates over itself anew each time.
    pub struct Halves as "safe_iteration.Halves" {
        from: f64,
    }

    impl Halves {
        fn new(from: f64) -> Self {
            Halves { from }
        }

        fn __iter__<'c>(&self, ctx: &'c HPyContext) -> Result<Object<'c>> {
            [self.from / 2.0, self.from / 4.0].into_object(ctx)?.call_method("__iter__", &[])
        }
    }
}

HPyModule! {
    /// Iterators.
    mod safe_iteration {
        use Countdown, Halves;
    }
}
