// src/native/raise.rs: sets exceptions; owned references.

use core::ffi::CStr;

use crate::*;

pub(crate) use crate::raised::Raised;

impl Raised {
    /// The result of a function that returns a handle.
    pub(crate) fn handle(self) -> HPy {
        HPy_NULL
    }
}

/// The result of a function of the runtime.
pub(crate) type Result<T> = core::result::Result<T, Raised>;

/// Sets a `TypeError`.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
pub(crate) unsafe fn type_error(message: &CStr) -> Raised {
    // SAFETY: the runtime's callers hold the interpreter.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_TypeError, message.as_ptr()) };
    Raised
}

/// Sets a `ValueError`.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
pub(crate) unsafe fn value_error(message: &CStr) -> Raised {
    // SAFETY: the runtime's callers hold the interpreter.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_ValueError, message.as_ptr()) };
    Raised
}

/// Sets a `SystemError`.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
pub(crate) unsafe fn system_error(message: &CStr) -> Raised {
    // SAFETY: the runtime's callers hold the interpreter.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_SystemError, message.as_ptr()) };
    Raised
}

/// The object of a call that returns a new reference, or the exception it has set.
pub(crate) fn made(object: *mut cpy_PyObject) -> Result<Owned> {
    if object.is_null() { Err(Raised) } else { Ok(Owned(object)) }
}

/// An owned reference: dropping the value drops the reference.
pub(crate) struct Owned(*mut cpy_PyObject);

impl Owned {
    pub(crate) fn as_ptr(&self) -> *mut cpy_PyObject {
        self.0
    }

    /// Releases ownership of the reference.
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
    // SAFETY: the function has no precondition.
    unsafe { !ffi::compat::PyThreadState_GetUnchecked().is_null() }
}

/// Whether CPython is being finalized, and ends threads that ask for the interpreter.
#[cfg(feature = "std")]
pub(crate) fn ends_threads() -> bool {
    // SAFETY: the function has no precondition.
    unsafe { ffi::is_finalizing() != 0 }
}

/// Sets the `SystemError` of a panic.
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

/// Runs `work` with the pending exception put aside, and restores it afterwards.
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

/// Calls `sys.unraisablehook`, and keeps a pending exception: a finalizer may run while one is pending.
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
