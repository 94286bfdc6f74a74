// src/cpython/long.rs: integers of 32 bits, whose range is narrower than that of C's `long` on most platforms.

use core::ffi::CStr;

use crate::*;

#[doc = table_doc!("HPyLong_AsInt32_t")]
#[inline]
pub unsafe fn HPyLong_AsInt32_t(_ctx: &HPyContext, h: HPy) -> i32 {
    // SAFETY: the caller's promise.
    let value = unsafe { ffi::PyLong_AsLong(h._i) };
    match i32::try_from(value) {
        Ok(value) => value,
        // SAFETY: as above.
        Err(_) => unsafe { too_large(c"Python int too large to convert to C int32_t") as i32 },
    }
}

#[doc = table_doc!("HPyLong_AsUInt32_t")]
#[inline]
pub unsafe fn HPyLong_AsUInt32_t(_ctx: &HPyContext, h: HPy) -> u32 {
    // SAFETY: the caller's promise.
    let value = unsafe { ffi::PyLong_AsUnsignedLong(h._i) };
    match u32::try_from(value) {
        Ok(value) => value,
        // SAFETY: as above. An error of the conversion itself is c_ulong::MAX, which comes here too.
        Err(_) => unsafe { too_large(c"Python int too large to convert to C uint32_t") as u32 },
    }
}

/// Raises `OverflowError` unless there is an error already, and gives -1.
#[cold]
unsafe fn too_large(message: &CStr) -> c_int {
    // SAFETY: whoever calls HPy holds the interpreter.
    unsafe {
        if ffi::PyErr_Occurred().is_null() {
            ffi::PyErr_SetString(ffi::PyExc_OverflowError, message.as_ptr());
        }
    }
    -1
}
