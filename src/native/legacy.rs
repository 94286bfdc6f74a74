// src/native/legacy.rs: from handles to CPython's objects and back, for extensions that use both APIs.

use crate::*;

#[doc = table_doc!("HPy_FromPyObject")]
#[inline]
pub unsafe fn HPy_FromPyObject(ctx: &HPyContext, obj: *mut cpy_PyObject) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPy_Dup(ctx, HPy { _i: obj }) }
}

#[doc = table_doc!("HPy_AsPyObject")]
#[inline]
pub unsafe fn HPy_AsPyObject(ctx: &HPyContext, h: HPy) -> *mut cpy_PyObject {
    // SAFETY: the caller's promise.
    unsafe { HPy_Dup(ctx, h)._i }
}
