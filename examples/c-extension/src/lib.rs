// src/lib.rs: what Rust adds to an extension in C: the library that it links with, and the module's entry.
//
// Rust exports its own functions only. So build.rs gives the entry that HPy_MODINIT defines another name, and the one
// that Python looks for calls it.

#![allow(non_snake_case)]

use hpy_sys as _;

#[link(name = "counter", kind = "static")]
unsafe extern "C" {
    fn counter_init() -> *mut core::ffi::c_void;
}

/// What Python calls at import.
///
/// # Safety
/// The thread holds the interpreter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInit_c_extension() -> *mut core::ffi::c_void {
    // SAFETY: the caller's promise.
    unsafe { counter_init() }
}
