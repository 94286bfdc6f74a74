// src/native/numbers.rs: the C values of numbers, read where a small int or a float has them; and `True` and `False`.

use core::ffi::CStr;

use super::borrowed;
use super::handle::incref;
use crate::*;

macro_rules! integers {
    ($(fn $name:ident -> $type:ty: $otherwise:expr;)*) => {
        $(
            #[doc = table_doc!(stringify!($name))]
            #[inline]
            pub unsafe fn $name(_ctx: &HPyContext, h: HPy) -> $type {
                // SAFETY: the caller's promise.
                unsafe {
                    match borrowed::integer(h).map(<$type>::try_from) {
                        Some(Ok(value)) => value,
                        _ => $otherwise(h._i),
                    }
                }
            }
        )*
    };
}

integers! {
    fn HPyLong_AsInt32_t -> i32: int32;
    fn HPyLong_AsUInt32_t -> u32: uint32;
    fn HPyLong_AsInt64_t -> i64: ffi::PyLong_AsLongLong;
    fn HPyLong_AsUInt64_t -> u64: ffi::PyLong_AsUnsignedLongLong;
    fn HPyLong_AsSsize_t -> HPy_ssize_t: ffi::PyLong_AsSsize_t;
    fn HPyLong_AsSize_t -> usize: ffi::PyLong_AsSize_t;
}

#[doc = table_doc!("HPyFloat_AsDouble")]
#[inline]
pub unsafe fn HPyFloat_AsDouble(_ctx: &HPyContext, h: HPy) -> c_double {
    // SAFETY: the caller's promise.
    unsafe { borrowed::double(h).unwrap_or_else(|| ffi::PyFloat_AsDouble(h._i)) }
}

#[doc = table_doc!("HPyBool_FromBool")]
#[inline]
pub unsafe fn HPyBool_FromBool(_ctx: &HPyContext, v: bool) -> HPy {
    // SAFETY: the two objects live as long as the interpreter.
    unsafe {
        let object = if v { ffi::Py_True() } else { ffi::Py_False() };
        if cfg!(not(cpython_immortal_constants)) {
            incref(object);
        }
        HPy { _i: object }
    }
}

/// An integer of 32 bits, whose range is narrower than that of C's `long` on most platforms.
///
/// # Safety
/// `object` is an object.
#[inline(always)]
unsafe fn int32(object: *mut cpy_PyObject) -> i32 {
    // SAFETY: the caller's promise.
    let value = unsafe { ffi::PyLong_AsLong(object) };
    match i32::try_from(value) {
        Ok(value) => value,
        // SAFETY: as above.
        Err(_) => unsafe { too_large(c"Python int too large to convert to C int32_t") as i32 },
    }
}

/// # Safety
/// `object` is an object.
#[inline(always)]
unsafe fn uint32(object: *mut cpy_PyObject) -> u32 {
    // SAFETY: the caller's promise.
    let value = unsafe { ffi::PyLong_AsUnsignedLong(object) };
    match u32::try_from(value) {
        Ok(value) => value,
        // SAFETY: as above. An error of the conversion itself is c_ulong::MAX, which comes here too.
        Err(_) => unsafe { too_large(c"Python int too large to convert to C uint32_t") as u32 },
    }
}

/// Raises `OverflowError` unless there is an error already, and gives -1.
///
/// # Safety
/// The thread holds the interpreter.
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
