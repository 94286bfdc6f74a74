// src/native/mod.rs: the native ABI: hand-written functions that are more than one CPython call, one file for each family.

mod array;
mod block;
pub(crate) mod body;
pub(crate) mod borrowed;
pub(crate) mod builder;
mod builder_memory;
mod bytes_builder;
mod call;
mod code;
mod complete;
pub(crate) mod context;
mod datetime;
mod dict;
mod entry;
mod fields;
mod float_text;
mod globals;
#[cfg(feature = "host")]
#[doc(hidden)]
pub mod host;
mod instance;
mod interpreters;
pub(crate) mod kept_names;
mod layout;
mod lists;
pub(crate) mod memory;
pub(crate) mod module;
mod module_state;
pub(crate) mod raise;
mod readers;
pub(crate) mod recursion;
#[cfg(cpython_inline_shared_counts)]
mod shared_counts;
#[cfg(not(cpython_free_threaded))]
pub(crate) mod short_use;
pub(crate) mod struct_sequence;
mod text_builder;
mod thread;
#[cfg(cpython_c_recursion_in_thread)]
mod thread_state;
mod tracker;
pub mod trampolines;
mod typed;
mod types;
#[doc(hidden)]
pub mod undeclared;

/// CPython's own functions.
pub mod ffi;

#[cfg(cpython_free_threaded)]
pub(crate) use crate::helpers::counted as short_use;
pub(crate) use context::{context, h_Builtins};
#[cfg(feature = "c-library")]
pub(crate) use float_text::write_repr_of_float;
#[cfg(feature = "c-library")]
pub(crate) use globals::{borrow_entry, load_entry};
#[cfg(feature = "c-library")]
pub(crate) use instance::new_object;
#[cfg(feature = "c-library")]
pub(crate) use types::call::call as type_call;
#[cfg(all(feature = "c-library", not(cpython_vectorcall_follows_call)))]
pub(crate) use types::call::call_type;
#[cfg(feature = "c-library")]
pub(crate) use types::record::TypeInfo;

pub use block::*;
pub use bytes_builder::*;
pub use call::*;
pub use code::*;
pub use datetime::*;
pub use fields::*;
pub use globals::*;
pub use instance::*;
pub use layout::*;
pub use module::*;
pub use module_state::{HPy_GetModuleState, HPyType_GetModuleByDef};
pub use text_builder::*;
pub use thread::*;
pub use tracker::*;
pub use types::{
    _HPy_NewVar, _HPyType_GetBuiltinShape, HPy_GetItemData, HPy_SetCallFunction, HPy_VarSize, HPyType_FromSpec,
    HPyType_GetName,
};

/// CPython's object.
pub type cpy_PyObject = ffi::PyObject;
/// CPython's thread state.
pub type cpy_PyThreadState = ffi::PyThreadState;
/// CPython's definition of a method.
pub type cpy_PyMethodDef = ffi::PyMethodDef;
/// A size, or -1: C's `Py_ssize_t`.
pub type HPy_ssize_t = ffi::Py_ssize_t;
/// A hash: C's `Py_hash_t`.
pub type HPy_hash_t = ffi::Py_hash_t;
/// A Unicode code point: C's `Py_UCS4`.
pub type HPy_UCS4 = ffi::Py_UCS4;
