// src/native/types/trashcan.rs: freeing a long chain of objects without using up the stack, where CPython leaves that to types.

#[cfg(cpython_trashcan_in_thread)]
use core::sync::atomic::{AtomicI32, Ordering};

use crate::*;

/// Runs `free`, or leaves the object to CPython, which calls its deallocator again when fewer calls are nested. It
/// applies to the deallocator of the object's own type alone.
#[cfg(cpython_trashcan_calls)]
#[inline(always)]
pub(super) unsafe fn limit_recursion(object: *mut cpy_PyObject, own_type: bool, free: impl FnOnce()) {
    // SAFETY: the object is untracked, and its deallocator may be called again for it.
    unsafe {
        if !own_type {
            return free();
        }
        let thread = ffi::PyThreadState_Get();
        if ffi::_PyTrash_begin(thread, object) == 0 {
            free();
            ffi::_PyTrash_end(thread);
        }
    }
}

/// Runs `free`, or leaves the object to CPython, which calls its deallocator again when fewer calls are nested. It
/// applies to the deallocator of the object's own type alone.
///
/// This CPython's headers count in the thread's own struct, and so does this. The limits are CPython's own: a builtin
/// container that deallocates what was left for later below another limit would come back here forever. But a nested call
/// is charged for as many of CPython's as its frames are larger.
#[cfg(cpython_trashcan_in_thread)]
#[inline(always)]
pub(super) unsafe fn limit_recursion(object: *mut cpy_PyObject, own_type: bool, free: impl FnOnce()) {
    // SAFETY: the object is untracked, and its deallocator may be called again for it; the thread is the running one.
    unsafe {
        let thread = ffi::PyThreadState_Get();
        let state = thread.cast::<ThreadState>();
        if (*state).c_recursion_remaining <= HEADROOM && own_type {
            return ffi::_PyTrash_thread_deposit_object(thread, object);
        }
        let charge = CHARGE.load(Ordering::Relaxed);
        (*state).c_recursion_remaining -= charge;
        free();
        (*state).c_recursion_remaining += charge;
        if !(*state).delete_later.is_null() && (*state).c_recursion_remaining > 2 * HEADROOM {
            ffi::_PyTrash_thread_destroy_chain(thread);
        }
    }
}

/// How many calls CPython keeps free: `Py_TRASHCAN_HEADROOM`.
#[cfg(cpython_trashcan_in_thread)]
const HEADROOM: c_int = 50;

/// How many deallocators may be nested. CPython's own limit is for its own small frames; a build without optimisation
/// has larger ones.
#[cfg(cpython_trashcan_in_thread)]
const NESTED: c_int = 1000;

/// How many of CPython's nested calls one deallocator counts for.
#[cfg(cpython_trashcan_in_thread)]
static CHARGE: AtomicI32 = AtomicI32::new(1);

/// Learns how many calls a thread has, when a module is initialised.
#[cfg(cpython_trashcan_in_thread)]
pub(crate) fn learn_limit() {
    // SAFETY: module initialisation runs with the interpreter held.
    let remaining = unsafe { (*ffi::PyThreadState_Get().cast::<ThreadState>()).c_recursion_remaining };
    CHARGE.store((remaining / NESTED).max(1), Ordering::Relaxed);
}

/// There is nothing to learn about this CPython.
#[cfg(not(cpython_trashcan_in_thread))]
pub(crate) fn learn_limit() {}

/// Runs `free`: this CPython limits the recursion of deallocators itself.
#[cfg(not(any(cpython_trashcan_calls, cpython_trashcan_in_thread)))]
#[inline(always)]
pub(super) unsafe fn limit_recursion(_object: *mut cpy_PyObject, _own_type: bool, free: impl FnOnce()) {
    free();
}

/// The beginning of CPython 3.13's `PyThreadState`, which is public there and does not change within a version.
#[cfg(cpython_trashcan_in_thread)]
#[repr(C)]
struct ThreadState {
    links_and_interpreter: [*mut c_void; 3],
    eval_breaker: usize,
    status: [c_int; 5],
    c_recursion_remaining: c_int,
    counters: [c_int; 3],
    frame: *mut c_void,
    hooks_and_errors: [*mut c_void; 7],
    gilstate_counter: c_int,
    async_exc: *mut c_void,
    thread_ids: [c_ulong; 2],
    delete_later: *mut cpy_PyObject,
}

#[cfg(all(cpython_trashcan_in_thread, target_os = "linux", target_pointer_width = "64"))]
const _: () = {
    assert!(offset_of!(ThreadState, c_recursion_remaining) == 52);
    assert!(offset_of!(ThreadState, delete_later) == 168);
};
