// src/panic.rs: a panic in an extension ends as a Python exception, and never crosses into C.

use crate::cpython::context;
use crate::*;

/// What a function returns after it has set an exception.
pub trait Failure {
    /// The value that says so.
    const FAILURE: Self;
    /// Whether the caller looks for the exception.
    const REPORTED: bool = true;
}

impl Failure for HPy {
    const FAILURE: HPy = HPy_NULL;
}

impl Failure for c_int {
    const FAILURE: c_int = -1;
}

impl Failure for isize {
    const FAILURE: isize = -1;
}

impl Failure for () {
    const FAILURE: () = ();
    const REPORTED: bool = false;
}

/// Calls the implementation of an extension function with the context.
///
/// If it panics, `SystemError` is raised with the panic's message; where the caller would not look for an exception, it
/// goes to `sys.unraisablehook`.
#[cfg(feature = "std")]
#[inline(always)]
pub fn guard<R: Failure>(call: impl FnOnce(&HPyContext) -> R) -> R {
    match std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| call(context()))) {
        Ok(result) => result,
        Err(payload) => {
            raise(&*payload, R::REPORTED);
            R::FAILURE
        }
    }
}

/// Calls the implementation of an extension function with the context.
///
/// Without the feature `std` a panic ends the process: the `extern "C"` function around this one lets none through.
#[cfg(not(feature = "std"))]
#[inline(always)]
pub fn guard<R: Failure>(call: impl FnOnce(&HPyContext) -> R) -> R {
    call(context())
}

#[cfg(feature = "std")]
#[cold]
fn raise(payload: &(dyn core::any::Any + Send), reported: bool) {
    let message = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<std::string::String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text.as_str(),
        _ => "no message",
    };
    let text = std::format!("the extension panicked: {message}");
    // SAFETY: the extension was called by the interpreter, so this thread holds it.
    unsafe {
        if reported {
            set_system_error(&text);
        } else {
            write_unraisable(&text);
        }
    }
}

#[cfg(feature = "std")]
unsafe fn set_system_error(text: &str) {
    // SAFETY: the caller holds the interpreter; the text lives until the call ends.
    unsafe {
        let text = ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as _);
        if !text.is_null() {
            ffi::PyErr_SetObject(ffi::PyExc_SystemError, text);
            ffi::Py_DECREF(text);
        }
    }
}

/// Tells `sys.unraisablehook`. What is called on the way of another exception, like a finalizer, leaves that as it is.
#[cfg(feature = "std")]
#[allow(deprecated, reason = "what replaces them begins with CPython 3.12")]
unsafe fn write_unraisable(text: &str) {
    let [mut class, mut value, mut traceback] = [core::ptr::null_mut(); 3];
    // SAFETY: the caller holds the interpreter.
    unsafe {
        ffi::PyErr_Fetch(&mut class, &mut value, &mut traceback);
        set_system_error(text);
        ffi::PyErr_WriteUnraisable(core::ptr::null_mut());
        ffi::PyErr_Restore(class, value, traceback);
    }
}
