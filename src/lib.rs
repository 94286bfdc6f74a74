// src/lib.rs: the crate's map: HPy's names at the root, the runtime below.

#![doc = include_str!("../docs/crate.md")]
#![no_std]
#![allow(non_snake_case, non_camel_case_types, non_upper_case_globals)]
// A body of the table declares a variable where C does.
#![allow(clippy::needless_late_init)]

#[cfg(feature = "std")]
extern crate std;

/// The documentation of a function that is written by hand, from its record in the table.
macro_rules! table_doc {
    ($name:expr) => {
        include_str!(concat!(env!("OUT_DIR"), "/docs/", $name, ".md"))
    };
}

mod abi;
mod abi_check;
mod advice_macros;
mod builder;
#[cfg(feature = "c-library")]
mod c_library;
mod definition;
mod describe;
mod handle;
mod helpers;
mod host_table;
mod instance;
#[cfg(not(feature = "cpython"))]
mod loader;
mod macros;
mod made_definitions;
mod member_macro;
mod method_macros;
mod module_name;
#[cfg(feature = "cpython")]
mod native;
mod panic;
mod promise;
mod raised;
pub mod safe;
mod slot_macro;
mod thread;
mod without_std;

pub use core::ffi::{
    c_char, c_double, c_float, c_int, c_long, c_longlong, c_short, c_uchar, c_uint, c_ulong, c_ulonglong, c_ushort,
    c_void,
};
pub use core::mem::offset_of;

pub use abi::api::*;
pub use builder::{HPyBytesBuilder, HPyStrBuilder};
pub use definition::*;
pub use handle::*;
pub use helpers::*;
pub use host_table::*;
pub use instance::{HPy_NewVar, HPyPlainStruct, HPyStruct};
pub use thread::{
    HPyCriticalSection, HPyCriticalSection2, HPyInterpreterView, HPyMutex, HPyOnce, HPyOnce_Call, HPyThread_Enter,
    HPyThread_Leave, HPyThreadToken,
};

/// CPython's own API, for code that uses it beside HPy's: pyo3-ffi's declarations, and the few that it lacks.
///
/// `HPy_AsPyObject` gives an object for it, and `HPy_FromPyObject` a handle. The universal ABI has nothing of it.
#[cfg(feature = "cpython")]
pub use native::ffi;
/// CPython's own API, for code that uses it beside HPy's: pyo3-ffi's declarations.
///
/// `HPy_AsPyObject` gives an object for it, and `HPy_FromPyObject` a handle. The universal ABI has nothing of it.
#[cfg(feature = "hybrid")]
pub use pyo3_ffi as ffi;

use abi::memory;

/// C's `wchar_t`.
#[cfg(windows)]
pub type wchar_t = u16;
/// C's `wchar_t`.
#[cfg(not(windows))]
pub type wchar_t = c_int;

include!(concat!(env!("OUT_DIR"), "/hpy_api.rs"));
include!(concat!(env!("OUT_DIR"), "/hpy_constants.rs"));
include!(concat!(env!("OUT_DIR"), "/hpy_conventions.rs"));

/// The targets of this crate's macros; not public API.
#[doc(hidden)]
pub mod __private {
    pub use crate::instance::{check_struct, destroy_struct};
    #[cfg(not(feature = "cpython"))]
    pub use crate::loader::context::enter;
    pub use crate::macros::{c_string, terminated, text};
    pub use crate::made_definitions::{Direct, GetFunctions, SetFunctions};
    pub use crate::member_macro::check_member;
    pub use crate::module_name::check_module_name;
    pub use crate::promise::{Implementation, needs_no_promise};
    #[cfg(not(any(feature = "std", cpython_bindings_link_std)))]
    pub use crate::without_std::handlers::{Malloc, panicked, unwound};
    pub use core;
    pub use core::option::Option::{self, None, Some};
    pub use core::ptr;
}
