// src/native/text.rs: bytes and tuples from memory, and the bytes of a bytes object.

use super::raise::value_error;
use crate::*;

#[doc = table_doc!("HPyBytes_GET_SIZE")]
#[inline]
pub unsafe fn HPyBytes_GET_SIZE(_ctx: &HPyContext, h: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { ffi::Py_SIZE(h._i) }
}

#[doc = table_doc!("HPyBytes_AS_STRING")]
#[inline]
pub unsafe fn HPyBytes_AS_STRING(_ctx: &HPyContext, h: HPy) -> *const c_char {
    // SAFETY: the caller's promise; the bytes stand in the object itself.
    unsafe { ffi::PyBytes_AS_STRING(h._i) }
}

#[doc = table_doc!("HPyBytes_FromStringAndSize")]
#[inline]
pub unsafe fn HPyBytes_FromStringAndSize(_ctx: &HPyContext, bytes: *const c_char, len: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        if bytes.is_null() {
            return value_error(c"NULL char * passed to HPyBytes_FromStringAndSize").handle();
        }
        HPy { _i: ffi::PyBytes_FromStringAndSize(bytes, len) }
    }
}

#[doc = table_doc!("HPyTuple_FromArray")]
#[cfg(cpython_tuple_from_array)]
#[inline]
pub unsafe fn HPyTuple_FromArray(_ctx: &HPyContext, items: *const HPy, n: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPy { _i: ffi::PyTuple_FromArray(items.cast(), n) } }
}

#[doc = table_doc!("HPyTuple_FromArray")]
#[cfg(not(cpython_tuple_from_array))]
#[inline]
pub unsafe fn HPyTuple_FromArray(ctx: &HPyContext, items: *const HPy, n: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let tuple = ffi::PyTuple_New(n);
        if !tuple.is_null() {
            for index in 0..n {
                ffi::PyTuple_SET_ITEM(tuple, index, HPy_Dup(ctx, *items.offset(index))._i);
            }
        }
        HPy { _i: tuple }
    }
}
