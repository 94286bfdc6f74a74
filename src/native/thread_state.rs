// src/native/thread_state.rs: the layout of CPython's thread state, which pyo3-ffi does not declare.

use crate::*;

/// The beginning of CPython 3.12's `PyThreadState`, which is public and does not change within a version.
#[cfg(not(cpython_trashcan_in_thread))]
#[repr(C)]
pub(crate) struct ThreadState {
    links_and_interpreter: [*mut c_void; 3],
    status: c_uint,
    python_recursion: [c_int; 2],
    pub c_recursion_remaining: c_int,
}

/// The beginning of CPython 3.13's `PyThreadState`, which is public and does not change within a version.
#[cfg(cpython_trashcan_in_thread)]
#[repr(C)]
pub(crate) struct ThreadState {
    links_and_interpreter: [*mut c_void; 3],
    eval_breaker: usize,
    status: [c_int; 5],
    pub c_recursion_remaining: c_int,
    counters: [c_int; 3],
    frame: *mut c_void,
    hooks_and_errors: [*mut c_void; 7],
    gilstate_counter: c_int,
    async_exc: *mut c_void,
    thread_ids: [c_ulong; 2],
    pub delete_later: *mut cpy_PyObject,
}

/// The offsets that `abi-tests/tests/layouts.rs` compares with each `Python.h`.
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
const _: () = {
    #[cfg(not(cpython_trashcan_in_thread))]
    assert!(offset_of!(ThreadState, c_recursion_remaining) == 36);
    #[cfg(cpython_trashcan_in_thread)]
    assert!(offset_of!(ThreadState, c_recursion_remaining) == 52 && offset_of!(ThreadState, delete_later) == 168);
};
