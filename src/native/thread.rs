// src/native/thread.rs: mutexes, and threads that enter an interpreter: PEP 788's functions, or what comes before them.

#[cfg(not(cpython_interpreter_views))]
use core::ptr;

use crate::*;

#[doc = table_doc!("HPyMutex_Lock")]
#[inline]
pub unsafe fn HPyMutex_Lock(ctx: &HPyContext, mutex: *const HPyMutex) {
    // SAFETY: the caller's promise.
    let mutex = unsafe { &*mutex };
    if mutex.try_lock() {
        return;
    }
    #[cfg(cpython_mutex)]
    // SAFETY: the byte is a PyMutex. CPython leaves the interpreter while it waits.
    unsafe {
        let _ = ctx;
        ffi::PyMutex_Lock(mutex.bits.as_ptr().cast());
    }
    #[cfg(not(cpython_mutex))]
    // SAFETY: the caller's promise.
    unsafe {
        crate::thread::wait(ctx, mutex)
    }
}

#[doc = table_doc!("HPyMutex_Unlock")]
#[inline]
pub unsafe fn HPyMutex_Unlock(_ctx: &HPyContext, mutex: *const HPyMutex) {
    // SAFETY: the caller's promise.
    let mutex = unsafe { &*mutex };
    if mutex.try_unlock() {
        return;
    }
    #[cfg(cpython_mutex)]
    // SAFETY: the byte is a PyMutex that others wait for. One that nobody has locked ends the process.
    unsafe {
        ffi::PyMutex_Unlock(mutex.bits.as_ptr().cast())
    }
    #[cfg(not(cpython_mutex))]
    // SAFETY: the text ends with a zero.
    unsafe {
        ffi::Py_FatalError(c"HPyMutex_Unlock: the mutex is not locked".as_ptr())
    }
}

/// What stands for the main interpreter before CPython 3.15: PyGILState_Ensure enters no other.
#[cfg(not(cpython_interpreter_views))]
static MAIN: u8 = 0;

#[cfg(not(cpython_interpreter_views))]
#[doc = table_doc!("HPyInterpreterView_FromCurrent")]
pub unsafe fn HPyInterpreterView_FromCurrent(_ctx: &HPyContext) -> *mut HPyInterpreterView {
    // SAFETY: the thread holds the interpreter.
    unsafe {
        if ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) != 0 {
            let text = c"before CPython 3.15, other threads enter the main interpreter alone";
            ffi::PyErr_SetString(ffi::PyExc_RuntimeError, text.as_ptr());
            return ptr::null_mut();
        }
    }
    (&raw const MAIN).cast_mut().cast()
}

#[cfg(not(cpython_interpreter_views))]
#[doc = table_doc!("HPyInterpreterView_Close")]
pub unsafe fn HPyInterpreterView_Close(_ctx: &HPyContext, _view: *mut HPyInterpreterView) {}

/// A token for what PyGILState_Ensure gives, which is not null.
#[cfg(not(cpython_interpreter_views))]
const LOCKED: usize = 1;
#[cfg(not(cpython_interpreter_views))]
const UNLOCKED: usize = 2;

#[cfg(not(cpython_interpreter_views))]
#[doc = table_doc!("_HPyThread_Ensure")]
pub unsafe fn _HPyThread_Ensure(_ctx: &HPyContext, _view: *mut HPyInterpreterView) -> *mut c_void {
    // SAFETY: the functions are for threads that are out of the interpreter too.
    unsafe {
        if ffi::is_finalizing() != 0 || ffi::Py_IsInitialized() == 0 {
            return ptr::null_mut();
        }
        let locked = ffi::PyGILState_Ensure() == ffi::PyGILState_STATE::PyGILState_LOCKED;
        ptr::without_provenance_mut(if locked { LOCKED } else { UNLOCKED })
    }
}

#[cfg(not(cpython_interpreter_views))]
#[doc = table_doc!("_HPyThread_Release")]
pub unsafe fn _HPyThread_Release(_ctx: &HPyContext, token: *mut c_void) {
    let state = match token.addr() {
        LOCKED => ffi::PyGILState_STATE::PyGILState_LOCKED,
        _ => ffi::PyGILState_STATE::PyGILState_UNLOCKED,
    };
    // SAFETY: the caller's promise: the token is of the last entry of this thread.
    unsafe { ffi::PyGILState_Release(state) }
}

#[cfg(cpython_interpreter_views)]
#[doc = table_doc!("HPyInterpreterView_FromCurrent")]
pub unsafe fn HPyInterpreterView_FromCurrent(_ctx: &HPyContext) -> *mut HPyInterpreterView {
    // SAFETY: the thread holds the interpreter.
    unsafe {
        let view = ffi::PyInterpreterView_FromCurrent();
        if view.is_null() && ffi::PyErr_Occurred().is_null() {
            ffi::PyErr_NoMemory();
        }
        view.cast()
    }
}

#[cfg(cpython_interpreter_views)]
#[doc = table_doc!("HPyInterpreterView_Close")]
pub unsafe fn HPyInterpreterView_Close(_ctx: &HPyContext, view: *mut HPyInterpreterView) {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyInterpreterView_Close(view.cast()) }
}

#[cfg(cpython_interpreter_views)]
#[doc = table_doc!("_HPyThread_Ensure")]
pub unsafe fn _HPyThread_Ensure(_ctx: &HPyContext, view: *mut HPyInterpreterView) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyThreadState_EnsureFromView(view.cast()) }
}

#[cfg(cpython_interpreter_views)]
#[doc = table_doc!("_HPyThread_Release")]
pub unsafe fn _HPyThread_Release(_ctx: &HPyContext, token: *mut c_void) {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyThreadState_Release(token) }
}
