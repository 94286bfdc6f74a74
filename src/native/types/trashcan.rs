// src/native/types/trashcan.rs: freeing a long chain of objects without using up the stack, where CPython leaves that to types.

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
/// This CPython's headers count in the thread's own struct, and so does this. The limits are CPython's own: a builtin
/// container that deallocates what was left for later below another limit would come back here forever. But a nested call
/// is charged for as many of CPython's as its frames are larger.
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
///
/// # Safety
/// As where there is something to limit.
#[cfg(not(any(cpython_trashcan_calls, cpython_trashcan_in_thread)))]
#[inline(always)]
pub(super) unsafe fn limit_recursion(_object: *mut cpy_PyObject, _own_type: bool, free: impl FnOnce()) {
    free();
}

/// Frees a plain instance that the garbage collector does not know, and those that only its fields keep alive: one after
/// the other, as CPython's trashcan leaves such types alone. What waits for its turn has no reference left, and its count
/// holds the next one.
///
/// # Safety
/// Nothing refers to the object, whose type is `of`, a plain one with the record `info` and without a finalizer.
pub(super) unsafe fn free_chain(object: *mut cpy_PyObject, of: Type, info: &TypeInfo) {
    // SAFETY: the caller's promise; what `clear_link` takes fulfils it as well.
    unsafe {
        let mut waiting = ptr::null_mut::<cpy_PyObject>();
        clear_links(object, info, &mut waiting);
        dealloc::free_cleared(object, of, info);
        while !waiting.is_null() {
            let object = waiting;
            waiting = object.cast::<*mut cpy_PyObject>().replace(ptr::null_mut());
            let of = ffi::Py_TYPE(object);
            if let Some(info) = dealloc::plain(of) {
                clear_links(object, info, &mut waiting);
                dealloc::free_cleared(object, of, info);
            }
        }
    }
}

/// Empties the fields of an instance.
///
/// # Safety
/// `object` is an instance of the type with the record `info`, and nothing refers to it any more.
unsafe fn clear_links(object: *mut cpy_PyObject, info: &TypeInfo, waiting: &mut *mut cpy_PyObject) {
    if let Some(fields) = info.traverse {
        // SAFETY: the caller's promise: an instance of the type with this record.
        unsafe { fields(info.payload(object), clear_link, ptr::from_mut(waiting).cast()) };
    }
}

/// Empties a field: an object that it alone refers to is put in front of those that wait, if this file can free it.
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

/// Whether instances of `of` have fields, and are freed by [`free_chain`].
///
/// # Safety
/// `of` is a type.
#[cfg(not(cpython_free_threaded))]
unsafe fn is_link(of: Type) -> bool {
    // SAFETY: the caller's promise: a type.
    unsafe {
        ffi::PyType_IS_GC(of) == 0
            && (*of).tp_finalize.is_none()
            && dealloc::plain(of).is_some_and(|info| info.traverse.is_some())
    }
}

/// A debug build counts all references together: one of them is dropped without `Py_DECREF`.
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
