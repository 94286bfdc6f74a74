// src/native/types/type_name.rs: the name of a type.

use core::ptr;

use crate::*;

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
