// src/safe/mod.rs: HPy as safe Rust: handles that close themselves, `Result` for exceptions, and conversions.

//! HPy as safe Rust: handles that close themselves, [`Result`] for exceptions, and conversions from and to Rust's types.
//!
//! `use hpy_sys::safe::*;` has what an extension needs. [`HPyType!`](crate::HPyType) declares a class,
//! [`HPyModule!`](crate::HPyModule) a module and its functions, [`HPyException!`](crate::HPyException) an exception. It works
//! in every ABI, and is inlined into HPy's calls: an [`Object`] is a handle and its context.
//!
//! ```no_run
//! use hpy_sys::safe::*;
//!
//! hpy_sys::HPyModule! {
//!     /// Halves.
//!     mod halves {
//!         /// Half of a number.
//!         fn half(number: f64) -> f64 {
//!             number / 2.0
//!         }
//!
//!         /// The sum of any iterable of numbers, from `start` on.
//!         fn total(numbers: &Object<'_>, start: f64 = 0.0) -> Result<f64> {
//!             numbers.iter()?.try_fold(start, |sum, number| Ok(sum + number?.extract::<f64>()?))
//!         }
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! # What holds it together
//!
//! A [`HPyContext`] stands for "this thread is in the interpreter". A reference to one comes from a running
//! call alone, and is not [`Send`]: so are [`Object`]s, which keep one. [`leave_python`](crate::HPyContext::leave_python) takes
//! a closure that is `Send`, and so can use neither. The lifetime `'c` is that of the call: nothing that has it is stored in
//! a `static` or in an instance. What an instance keeps is a [`Field`]; what it holds otherwise is `Send` and `Sync`, since any
//! thread may use it and free it.
//!
//! `unsafe` is left for the way to HPy's own functions: [`Object::handle`] lends a handle, [`Object::from_handle`] takes one.

mod arguments;
mod assignment;
mod assignment_macro;
mod borrow;
mod builders;
mod calls;
mod class;
mod class_macro;
mod containers;
mod context;
mod dates;
mod definition_macro;
mod exception_macro;
mod exceptions;
mod field;
mod function_macro;
mod iterate;
#[cfg(feature = "std")]
mod maps;
mod module;
mod module_macro;
mod numbers;
mod object;
mod operator_macro;
mod operators;
mod outcome;
mod signature;
mod slot_method_macro;
mod state;
mod text;
mod threads;
mod tuples;

pub use crate::HPyContext;
pub use crate::raised::Raised;
pub use borrow::{Frozen, Ref, RefMut};
pub use builders::{BytesBuilder, TextBuilder};
pub use class::Class;
pub use context::Outside;
pub use dates::{Date, DateTime, Delta, Time};
pub use exceptions::*;
pub use field::{Field, Owner, This};
pub use iterate::Iter;
pub use object::{Borrowed, FromObject, IntoObject, Object};
pub use state::{ModuleState, State};
pub use text::Bytes;
pub use threads::{Interpreter, Mutex, MutexGuard, OnceCell};

/// What a function gives that may raise.
pub type Result<T> = core::result::Result<T, Raised>;

/// The targets of this room's macros; not public API.
#[doc(hidden)]
pub mod __private {
    pub use super::arguments::{Arguments, Kept};
    pub use super::borrow::{Checked, Choice, Chosen, Flag};
    pub use super::class::Memory;
    pub use super::field::{NoField, Probe};
    pub use super::outcome::{Next, Outcome, Returned};
    pub use core::result::Result::{self, Err, Ok};

    pub mod class {
        pub use crate::safe::class::{
            add, check, defines, exclusive, for_setter, new, no_constructor, not_deleted, own_attribute, shared,
        };
    }

    pub mod assignment {
        pub use crate::safe::assignment::{Assignment, Deletes, Sets, WithoutDelete, WithoutSet};
    }

    pub mod operators {
        pub use crate::safe::operators::{Left, Operands, Right, WithoutLeft, WithoutRight, not_implemented};
    }

    pub mod field {
        pub use crate::safe::field::{count, offsets, traverse};
    }

    pub mod module {
        pub use crate::safe::module::{Item, add_exception, gil, set, with_exception};
    }

    pub mod outcome {
        pub use crate::safe::outcome::{answer, done, hash, length, next, object, operator, truth};
    }

    pub mod state {
        pub use crate::safe::state::{Nowhere, OfClass, OfModule, destroy, find, size, traverse, write};
    }

    pub mod signature {
        pub use crate::safe::signature::{check_method, length, text};
    }
}
