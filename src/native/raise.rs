// src/native/raise.rs: setting exceptions, and references that are dropped with their owner.

use core::ffi::CStr;

use crate::*;

pub(crate) use crate::raised::Raised;

impl Raised {
    /// What a function returns that gives a handle.
    pub(crate) fn handle(self) -> HPy {
        HPy_NULL
    }
}

/// What a function of the runtime gives.
pub(crate) type Result<T> = core::result::Result<T, Raised>;

/// Sets a `TypeError`.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
pub(crate) unsafe fn type_error(message: &CStr) -> Raised {
    // SAFETY: whoever runs the runtime holds the interpreter.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_TypeError, message.as_ptr()) };
    Raised
}

/// Sets a `ValueError`.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
pub(crate) unsafe fn value_error(message: &CStr) -> Raised {
    // SAFETY: whoever runs the runtime holds the interpreter.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_ValueError, message.as_ptr()) };
    Raised
}

/// Sets a `SystemError`.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
pub(crate) unsafe fn system_error(message: &CStr) -> Raised {
    // SAFETY: whoever runs the runtime holds the interpreter.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_SystemError, message.as_ptr()) };
    Raised
}

/// The object of a call that returns a new reference, or the exception it has set.
pub(crate) fn made(object: *mut cpy_PyObject) -> Result<Owned> {
    if object.is_null() { Err(Raised) } else { Ok(Owned(object)) }
}

/// A reference that is dropped with its owner.
pub(crate) struct Owned(*mut cpy_PyObject);

impl Owned {
    pub(crate) fn as_ptr(&self) -> *mut cpy_PyObject {
        self.0
    }

    /// Gives the reference away.
    pub(crate) fn into_ptr(self) -> *mut cpy_PyObject {
        let object = self.0;
        core::mem::forget(self);
        object
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: the reference is this value's own.
        unsafe { ffi::Py_DECREF(self.0) }
    }
}

/// Whether the thread holds an interpreter.
#[cfg(feature = "std")]
pub(crate) fn has_interpreter() -> bool {
    // SAFETY: it may be asked at any time.
    unsafe { !ffi::compat::PyThreadState_GetUnchecked().is_null() }
}

/// Whether CPython ends threads that want the interpreter, as it is being finalized.
#[cfg(feature = "std")]
pub(crate) fn ends_threads() -> bool {
    // SAFETY: it may be asked at any time.
    unsafe { ffi::is_finalizing() != 0 }
}

/// Sets `SystemError`: what a panic becomes.
///
/// # Safety
/// The thread holds the interpreter.
#[cfg(feature = "std")]
pub(crate) unsafe fn set_system_error(_ctx: &HPyContext, text: &str) {
    // SAFETY: the caller holds the interpreter; the text lives until the call ends.
    unsafe {
        let text = ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as _);
        if !text.is_null() {
            ffi::PyErr_SetObject(ffi::PyExc_SystemError, text);
            ffi::Py_DECREF(text);
        }
    }
}

/// Runs `work` without the exception that is set, which is set again afterwards.
///
/// # Safety
/// The caller holds the interpreter.
#[allow(deprecated, reason = "what replaces them begins with CPython 3.12")]
pub(crate) unsafe fn keeping_exception(work: impl FnOnce()) {
    let [mut class, mut value, mut traceback] = [core::ptr::null_mut(); 3];
    // SAFETY: the caller's promise.
    unsafe {
        ffi::PyErr_Fetch(&mut class, &mut value, &mut traceback);
        work();
        ffi::PyErr_Restore(class, value, traceback);
    }
}

/// Tells `sys.unraisablehook`. What is called on the way of another exception, like a finalizer, leaves that as it is.
///
/// # Safety
/// The thread holds the interpreter.
#[cfg(feature = "std")]
pub(crate) unsafe fn write_unraisable(ctx: &HPyContext, text: &str) {
    // SAFETY: the caller holds the interpreter.
    unsafe {
        keeping_exception(|| {
            set_system_error(ctx, text);
            ffi::PyErr_WriteUnraisable(core::ptr::null_mut());
        });
    }
}
