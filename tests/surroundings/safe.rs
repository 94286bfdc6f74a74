//! Classes and modules of safe Rust in a crate with names of its own, and with every lint.
#![no_implicit_prelude]
#![deny(missing_docs, warnings, unsafe_code)]

extern crate core;
extern crate hpy_sys;
extern crate std;

use std::string::{String, ToString};

use Mode::*;
use hpy_sys::safe::*;
use hpy_sys::{HPyException, HPyModule, HPyType};

/// Variants that the prelude has too.
#[derive(Debug)]
pub enum Mode {
    /// Nothing.
    None,
    /// A number.
    Some(i32),
    /// Well.
    Ok,
    /// Not well.
    Err,
}

#[allow(unused_macros)]
macro_rules! concat {
    ($($any:tt)*) => { ::core::compile_error!("this is the author's own concat!") };
}
#[allow(unused_macros)]
macro_rules! stringify {
    ($($any:tt)*) => { ::core::compile_error!("this is the author's own stringify!") };
}

HPyException! {
    /// An exception.
    pub struct Refused as "safe.Refused": ValueError;
}

HPyType! {
    /// A class.
    #[derive(Debug)]
    pub struct Point as "safe.Point", subclass {
        /// The first.
        x: f64 [get, set],
        #[allow(dead_code)]
        y: f64,
        name: String [get],
    }

    impl Point {
        /// Makes one.
        pub fn new(x: f64 = 0.0, *, y: f64 = -1.0, name: &str = "point") -> Self {
            Point { x, y, name: name.to_string() }
        }

        /// Adds.
        #[allow(clippy::should_implement_trait)]
        pub fn add(&mut self, ctx: &HPyContext, other: Ref<'_, Point>, /) -> Result<()> {
            if other.x < 0.0 {
                return Refused::raise(ctx, "negative");
            }
            self.x += other.x;
            Result::Ok(())
        }

        /// The mode.
        #[getter]
        fn mode(&self) -> i32 {
            match [None, Ok, Err, Some(1)] {
                [_, _, _, Some(number)] => number,
                _ => 0,
            }
        }

        fn __repr__(&self) -> String {
            self.name.to_string()
        }

        fn __eq__(&self, other: Ref<'_, Point>) -> bool {
            self.x == other.x
        }

        fn __len__(&self) -> usize {
            2
        }

        fn __call__(&self, by: f64, *, twice: bool = false) -> f64 {
            if twice { 2.0 * by } else { by }
        }

        fn __sub__(&self, other: f64) -> f64 {
            self.x - other
        }
    }
}

HPyType! {
    /// A class without a constructor.
    #[derive(Debug)]
    pub struct Node as "safe.Node" {
        next: Field,
    }

    impl Node {
        /// The next one.
        pub fn next<'c>(&self, this: This<'c>) -> ::core::option::Option<Object<'c>> {
            self.next.get(this)
        }
    }
}

HPyModule! {
    /// A module.
    mod safe {
        use Refused, Point, Node;

        /// A constant.
        pub const LIMIT: i64 = 3;

        /// A function.
        pub fn half(number: f64) -> f64 {
            number / 2.0
        }

        fn nothing() {}

        exec(ctx, module) {
            module.set_attr(c"mode", ctx.none())
        }
    }
}

fn main() {}
