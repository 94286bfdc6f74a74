// src/loader/mod.rs: the loader ABIs, universal and hybrid: every call goes through the context that the loader passes.

pub(crate) mod borrowed;
pub(crate) mod builder;
mod call;
pub(crate) mod context;
pub(crate) mod extras;
pub(crate) mod fallback;
mod fields;
mod globals;
mod handles;
mod instance;
#[cfg(feature = "universal")]
mod legacy;
mod members;
pub(crate) mod memory;
mod module;
pub(crate) mod raise;
pub(crate) mod recursion;
pub(crate) mod struct_sequence;
pub mod trampolines;

pub(crate) use crate::helpers::counted as short_use;

pub use fields::*;
pub use globals::*;
pub use handles::*;
pub use instance::*;
#[cfg(feature = "universal")]
pub use legacy::*;
pub use members::HPyType_FromSpec;
pub use module::*;

/// CPython's functions and types, for legacy code.
#[cfg(feature = "hybrid")]
pub(crate) use pyo3_ffi as ffi;

/// CPython's object.
#[cfg(feature = "hybrid")]
pub type cpy_PyObject = ffi::PyObject;
/// CPython's thread state.
#[cfg(feature = "hybrid")]
pub type cpy_PyThreadState = ffi::PyThreadState;
/// CPython's definition of a method.
#[cfg(feature = "hybrid")]
pub type cpy_PyMethodDef = ffi::PyMethodDef;

/// Declares types of CPython that the crate only passes on by pointer.
#[cfg(feature = "universal")]
macro_rules! passed_on {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[repr(C)]
            pub struct $name {
                _opaque: [u8; 0],
            }
        )*
    };
}

#[cfg(feature = "universal")]
passed_on! {
    /// CPython's object, which the universal ABI only passes on.
    cpy_PyObject;
    /// CPython's thread state, which the universal ABI only passes on.
    cpy_PyThreadState;
    /// CPython's definition of a method, which the universal ABI does not use.
    cpy_PyMethodDef;
}

/// A size, or -1: C's `Py_ssize_t`.
pub type HPy_ssize_t = isize;
/// A hash: C's `Py_hash_t`.
pub type HPy_hash_t = isize;
/// A Unicode code point: C's `Py_UCS4`.
pub type HPy_UCS4 = u32;
