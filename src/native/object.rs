// src/native/object.rs: an object's type and identity, errors, and the functions that end the process.

use core::ptr;

use crate::*;

#[doc = table_doc!("HPy_Type")]
#[inline]
pub unsafe fn HPy_Type(ctx: &HPyContext, obj: HPy) -> HPy {
    // SAFETY: the caller's promise; every object has a type, which saves the test that `HPy_Dup` has for `HPy_NULL`.
    unsafe {
        let of = ffi::Py_TYPE(obj._i);
        core::hint::assert_unchecked(!of.is_null());
        HPy_Dup(ctx, HPy { _i: of.cast() })
    }
}

#[doc = table_doc!("HPy_TypeCheck")]
#[inline]
pub unsafe fn HPy_TypeCheck(_ctx: &HPyContext, obj: HPy, r#type: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyObject_TypeCheck(obj._i, r#type._i.cast()) }
}

#[doc = table_doc!("HPy_Is")]
#[inline]
pub unsafe fn HPy_Is(_ctx: &HPyContext, obj: HPy, other: HPy) -> c_int {
    ptr::eq(obj._i, other._i) as c_int
}

#[doc = table_doc!("HPyErr_Occurred")]
#[inline]
pub unsafe fn HPyErr_Occurred(_ctx: &HPyContext) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { !ffi::PyErr_Occurred().is_null() as c_int }
}

#[doc = table_doc!("HPy_FatalError")]
#[inline]
pub unsafe fn HPy_FatalError(_ctx: &HPyContext, message: *const c_char) -> ! {
    // SAFETY: the caller's promise.
    unsafe { ffi::Py_FatalError(message) }
}

#[doc = table_doc!("HPyType_GetName")]
#[inline]
pub unsafe fn HPyType_GetName(_ctx: &HPyContext, r#type: HPy) -> *const c_char {
    let of = r#type._i.cast::<ffi::PyTypeObject>();
    // SAFETY: the caller's promise; a type made at run time is a PyHeapTypeObject.
    unsafe {
        if ffi::PyType_HasFeature(of, ffi::Py_TPFLAGS_HEAPTYPE) != 0 {
            let name = (*of.cast::<ffi::PyHeapTypeObject>()).ht_name;
            return ffi::PyUnicode_AsUTF8AndSize(name, ptr::null_mut());
        }
        ffi::_PyType_Name(of)
    }
}
