// src/loader/extras/thread.rs: mutexes and critical sections through loaders that have none: all of them have a global lock.

use crate::*;

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyMutex_Lock(ctx: &HPyContext, mutex: *const HPyMutex) {
    // SAFETY: the caller's promise.
    let mutex = unsafe { &*mutex };
    if !mutex.try_lock() {
        // SAFETY: the caller's promise.
        unsafe { crate::thread::wait(ctx, mutex) }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyMutex_Unlock(ctx: &HPyContext, mutex: *const HPyMutex) {
    // SAFETY: the caller's promise.
    let mutex = unsafe { &*mutex };
    if !mutex.try_unlock() {
        // SAFETY: the text ends with a zero.
        unsafe { HPy_FatalError(ctx, c"HPyMutex_Unlock: the mutex is not locked".as_ptr()) }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyCriticalSection_Begin(_ctx: &HPyContext, _section: *mut HPyCriticalSection, _h: HPy) {}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyCriticalSection_End(_ctx: &HPyContext, _section: *mut HPyCriticalSection) {}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyCriticalSection2_Begin(
    _ctx: &HPyContext,
    _section: *mut HPyCriticalSection2,
    _a: HPy,
    _b: HPy,
) {
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyCriticalSection2_End(_ctx: &HPyContext, _section: *mut HPyCriticalSection2) {}
