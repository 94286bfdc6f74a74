// abi-tests/src/safe_power.rs: classes that `**=` changes in place, each with a function of its own.

#![forbid(unsafe_code)]

use hpy_sys::safe::*;
use hpy_sys::{HPyModule, HPyType};

HPyType! {
    /// A number that numbers raise in place.
    pub struct Number as "safe_power.Number", subclass {
        n: i64 [get],
    }

    impl Number {
        fn new(n: i64) -> Self { Number { n } }

        fn __ipow__(&mut self, ctx: &HPyContext, by: i64) -> Result<()> {
            match by.try_into().ok().and_then(|by| self.n.checked_pow(by)) {
                Some(n) => self.n = n,
                None => return ValueError::raise(ctx, "no whole number, or too large"),
            }
            Ok(())
        }

        // What `__ipow__` does not take.
        fn __pow__(&self, by: &str) -> String { format!("{}{by}", self.n) }
    }
}

HPyType! {
    /// A larger struct, which any object changes.
    pub struct Log as "safe_power.Log" {
        before: [u64; 32],
        entries: Vec<String>,
    }

    impl Log {
        fn new() -> Self { Log { before: [0; 32], entries: Vec::new() } }

        fn __ipow__(&mut self, by: &Object<'_>) -> Result<()> {
            self.before[31] += 1;
            self.entries.push(by.repr()?.extract::<String>()?);
            Ok(())
        }

        fn entries(&self) -> Vec<String> { self.entries.clone() }
        fn count(&self) -> u64 { self.before[31] }
    }
}

HPyModule! {
    /// Powers.
    mod safe_power {
        use Number, Log;
    }
}
