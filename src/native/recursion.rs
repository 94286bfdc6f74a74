// src/native/recursion.rs: the limit of nested calls, in the ways into an extension that CPython does not limit itself.

use crate::*;

/// Enters a call that CPython makes through the vectorcall protocol, or sets `RecursionError`.
///
/// # Safety
/// The caller holds the interpreter, and calls [`leave`] after the call if this was successful.
#[inline(always)]
pub(crate) unsafe fn enter() -> bool {
    // SAFETY: the caller's promise.
    unsafe { ffi::Py_EnterRecursiveCall(c" while calling a Python object".as_ptr()) == 0 }
}

/// Leaves what [`enter`] entered. A CPython that looks at the stack pointer has counted nothing.
///
/// # Safety
/// As for [`enter`].
#[inline(always)]
pub(crate) unsafe fn leave() {
    #[cfg(not(cpython_recursion_by_stack))]
    // SAFETY: the caller's promise.
    unsafe {
        ffi::Py_LeaveRecursiveCall()
    }
}
