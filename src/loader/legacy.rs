// src/loader/legacy.rs: CPython's own API, which the universal ABI lacks: a use of it does not compile.

use crate::*;

/// The context of an ABI that can turn a handle into CPython's pointer.
#[diagnostic::on_unimplemented(
    message = "legacy calls cannot be used in the universal ABI",
    label = "there is no `PyObject` behind a handle",
    note = "build for the ABI `cpython` or `hybrid`, or write this part in HPy"
)]
pub trait LegacyContext {}

#[doc = table_doc!("HPy_FromPyObject")]
pub unsafe fn HPy_FromPyObject<C: LegacyContext>(_ctx: &C, _obj: *mut cpy_PyObject) -> HPy {
    HPy_NULL
}

#[doc = table_doc!("HPy_AsPyObject")]
pub unsafe fn HPy_AsPyObject<C: LegacyContext>(_ctx: &C, _h: HPy) -> *mut cpy_PyObject {
    core::ptr::null_mut()
}
