// python/src/raise.rs: exceptions and the end of the process, from texts.

use std::ffi::CString;

use hpy_sys::*;

use crate::context::native;

/// The sign that an exception is set.
#[derive(Debug)]
pub struct Raised;

/// Raises an exception of the class `class`.
pub fn raise(class: HPy, message: &str) -> Raised {
    let message = c_text(message);
    // SAFETY: whoever loads a module or is called by one holds the interpreter.
    unsafe { HPyErr_SetString(native(), class, message.as_ptr()) };
    Raised
}

/// A text for C: what is behind a NUL is lost.
pub fn c_text(text: &str) -> CString {
    CString::new(text.split('\0').next().unwrap_or_default()).expect("the text ends before the first NUL")
}

/// Ends the process with a message and Python's traceback.
pub fn fatal(message: &str) -> ! {
    let message = c_text(message);
    // SAFETY: CPython ends the process, from any thread.
    unsafe { HPy_FatalError(native(), message.as_ptr()) }
}

/// An open handle, which closes itself.
pub struct Owned(HPy);

impl Owned {
    /// Takes over a new handle; null is an exception.
    pub fn new(h: HPy) -> Result<Owned, Raised> {
        if HPy_IsNull(h) { Err(Raised) } else { Ok(Owned(h)) }
    }

    pub fn get(&self) -> HPy {
        self.0
    }

    pub fn into_handle(self) -> HPy {
        let h = self.0;
        core::mem::forget(self);
        h
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: the handle is this one's own, and the thread holds the interpreter.
        unsafe { HPy_Close(native(), self.0) }
    }
}
