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

/// For how many of CPython's calls in C one of the extension counts: CPython's limit is for its own small frames, and a build
/// without optimisation has larger ones.
#[cfg(cpython_counts_recursion_in_c)]
const CHARGE: usize = if cfg!(debug_assertions) { 5 } else { 1 };

/// Runs `call`, an extension function that CPython has called, or sets `RecursionError`.
#[inline(always)]
pub(crate) fn charged<T>(call: impl FnOnce() -> T) -> Option<T> {
    #[cfg(cpython_counts_recursion_in_c)]
    // SAFETY: CPython calls a function with the interpreter held.
    unsafe {
        let mut entered = 1;
        while entered < CHARGE && enter() {
            entered += 1;
        }
        let result = (entered == CHARGE).then(call);
        (1..entered).for_each(|_| leave());
        result
    }
    #[cfg(not(cpython_counts_recursion_in_c))]
    Some(call())
}
