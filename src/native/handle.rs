// src/native/handle.rs: opening and closing handles, which is counting references.

use crate::*;

#[doc = table_doc!("HPy_Dup")]
#[inline]
pub unsafe fn HPy_Dup(_ctx: &HPyContext, h: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        if !HPy_IsNull(h) {
            incref(h._i);
        }
    }
    h
}

#[doc = table_doc!("HPy_Close")]
#[inline]
pub unsafe fn HPy_Close(_ctx: &HPyContext, h: HPy) {
    // SAFETY: the caller's promise.
    unsafe {
        if !HPy_IsNull(h) {
            decref(h._i);
        }
    }
}

/// Adds a reference to an object.
///
/// # Safety
/// `object` is an object that the caller has a reference to.
#[cfg(not(cpython_inline_shared_counts))]
#[inline(always)]
pub(crate) unsafe fn incref(object: *mut cpy_PyObject) {
    // SAFETY: the caller has a reference already.
    unsafe { ffi::Py_INCREF(object) }
}

/// Drops a reference to an object.
///
/// # Safety
/// The caller has a reference to `object`, and gives it up.
#[cfg(not(cpython_inline_shared_counts))]
#[inline(always)]
pub(crate) unsafe fn decref(object: *mut cpy_PyObject) {
    // SAFETY: the caller gives its reference up.
    unsafe { ffi::Py_DECREF(object) }
}

#[cfg(cpython_inline_shared_counts)]
pub(crate) use super::shared_counts::{decref, incref};
