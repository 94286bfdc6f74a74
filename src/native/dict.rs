// src/native/dict.rs: the keys of a dictionary.

use crate::*;

#[doc = table_doc!("HPyDict_Keys")]
#[inline]
pub unsafe fn HPyDict_Keys(_ctx: &HPyContext, h: HPy) -> HPy {
    // SAFETY: the caller's promise. A build with the global lock looks for null itself.
    unsafe {
        if cfg!(cpython_free_threaded) && HPy_IsNull(h) {
            ffi::PyErr_BadInternalCall();
            return HPy_NULL;
        }
        HPy { _i: ffi::PyDict_Keys(h._i) }
    }
}
