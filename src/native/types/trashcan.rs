// src/native/types/trashcan.rs: frees a long chain of objects without overflowing the stack, where CPython leaves that to types.

use core::ptr;
#[cfg(cpython_trashcan_in_thread)]
use core::sync::atomic::{AtomicI32, Ordering};

use super::clear::clear_field;
use super::dealloc;
use super::operation::Type;
use super::record::TypeInfo;
#[cfg(cpython_trashcan_in_thread)]
use crate::native::thread_state::ThreadState;
use crate::*;

/// Runs `free`, or leaves the object to CPython, which calls its deallocator again when fewer calls are nested. It
/// applies to the deallocator of the object's own type alone.
///
/// # Safety
/// `object` is untracked, and nothing refers to it any more.
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
/// As in this CPython's headers, the counter is in the thread state. The limits are CPython's own: with another limit a
/// builtin container that deallocates the deposited objects would call back here forever. A nested call is charged as
/// several of CPython's, in proportion to the size of the frames.
///
/// # Safety
/// `object` is untracked, and nothing refers to it any more.
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

/// The number of calls that CPython keeps in reserve: `Py_TRASHCAN_HEADROOM`.
#[cfg(cpython_trashcan_in_thread)]
const HEADROOM: c_int = 50;

/// The number of nested deallocators. CPython's own limit is for its small frames; an unoptimised build has larger ones.
#[cfg(cpython_trashcan_in_thread)]
const NESTED: c_int = 1000;

/// How many of CPython's nested calls one deallocator counts for.
#[cfg(cpython_trashcan_in_thread)]
static CHARGE: AtomicI32 = AtomicI32::new(1);

/// Reads the thread's limit of calls, when a module is initialised.
#[cfg(cpython_trashcan_in_thread)]
pub(crate) fn learn_limit() {
    // SAFETY: module initialisation runs with the interpreter held.
    let remaining = unsafe { (*ffi::PyThreadState_Get().cast::<ThreadState>()).c_recursion_remaining };
    CHARGE.store((remaining / NESTED).max(1), Ordering::Relaxed);
}

/// This CPython has no such limit.
#[cfg(not(cpython_trashcan_in_thread))]
pub(crate) fn learn_limit() {}

/// Runs `free`: this CPython limits the recursion of deallocators itself.
///
/// # Safety
/// As where there is something to limit.
#[cfg(not(any(cpython_trashcan_calls, cpython_trashcan_in_thread)))]
#[inline(always)]
pub(super) unsafe fn limit_recursion(_object: *mut cpy_PyObject, _own_type: bool, free: impl FnOnce()) {
    free();
}

/// Frees an instance that the garbage collector does not track, and those that only its fields keep alive, iteratively:
/// CPython's trashcan is only for tracked types. A waiting object has no references, so its count holds the next pointer.
///
/// # Safety
/// The object has no references, and its type `ty` is `STRUCT_ONLY` with the record `info` and without a finalizer.
pub(super) unsafe fn free_chain(object: *mut cpy_PyObject, ty: Type, info: &TypeInfo) {
    // SAFETY: the caller's promise; `clear_link` queues only objects that fulfil it.
    unsafe {
        let mut waiting = ptr::null_mut::<cpy_PyObject>();
        clear_links(object, info, &mut waiting);
        dealloc::free_cleared(object, ty, info);
        while !waiting.is_null() {
            let object = waiting;
            waiting = object.cast::<*mut cpy_PyObject>().replace(ptr::null_mut());
            let ty = ffi::Py_TYPE(object);
            if let Some(info) = dealloc::struct_only(ty) {
                clear_links(object, info, &mut waiting);
                dealloc::free_cleared(object, ty, info);
            }
        }
    }
}

/// Clears the fields of an instance.
///
/// # Safety
/// `object` is an instance of the type with the record `info`, and nothing refers to it any more.
unsafe fn clear_links(object: *mut cpy_PyObject, info: &TypeInfo, waiting: &mut *mut cpy_PyObject) {
    if let Some(fields) = info.traverse {
        // SAFETY: the caller's promise: an instance of the type with this record.
        unsafe { fields(info.payload(object), clear_link, ptr::from_mut(waiting).cast()) };
    }
}

/// Clears a field. If the field has the only reference, and this file can free the object, the object goes to the front of
/// the queue.
///
/// # Safety
/// A traverse function calls it for a field that refers to something, with the list of [`clear_links`].
unsafe extern "C" fn clear_link(field: *mut HPyField, waiting: *mut c_void) -> c_int {
    // SAFETY: a traverse function passes a field that refers to something, and `clear_links` its list.
    unsafe {
        #[cfg(not(cpython_free_threaded))]
        {
            let object = (*field)._i;
            if !object.is_null() && ffi::Py_REFCNT(object) == 1 && is_link(ffi::Py_TYPE(object)) {
                (*field)._i = ptr::null_mut();
                forget_reference();
                let waiting = waiting.cast::<*mut cpy_PyObject>();
                object.cast::<*mut cpy_PyObject>().write(*waiting);
                *waiting = object;
                return 0;
            }
        }
        clear_field(field, waiting)
    }
}

/// Whether instances of `ty` have fields, and are freed by [`free_chain`].
///
/// # Safety
/// `of` is a type.
#[cfg(not(cpython_free_threaded))]
unsafe fn is_link(ty: Type) -> bool {
    // SAFETY: the caller's promise: a type.
    unsafe {
        ffi::PyType_IS_GC(ty) == 0
            && (*ty).tp_finalize.is_none()
            && dealloc::struct_only(ty).is_some_and(|info| info.traverse.is_some())
    }
}

/// Decrements the total count of a debug build, for a reference that goes without `Py_DECREF`.
///
/// # Safety
/// The thread holds the interpreter.
#[cfg(not(cpython_free_threaded))]
#[inline(always)]
unsafe fn forget_reference() {
    #[cfg(cpython_reference_total)]
    // SAFETY: the caller holds the interpreter.
    unsafe {
        ffi::_Py_DECREF_DecRefTotal()
    }
}
