// src/native/call.rs: calls with a tuple and a dict.

use super::raise::type_error;
use crate::*;

#[doc = table_doc!("HPy_CallTupleDict")]
pub unsafe fn HPy_CallTupleDict(_ctx: &HPyContext, callable: HPy, args: HPy, kw: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        if !HPy_IsNull(args) && ffi::PyTuple_Check(args._i) == 0 {
            return type_error(c"HPy_CallTupleDict requires args to be a tuple or null handle").handle();
        }
        if !HPy_IsNull(kw) && ffi::PyDict_Check(kw._i) == 0 {
            return type_error(c"HPy_CallTupleDict requires kw to be a dict or null handle").handle();
        }
        if HPy_IsNull(kw) {
            return HPy { _i: ffi::PyObject_CallObject(callable._i, args._i) };
        }
        if !HPy_IsNull(args) {
            return HPy { _i: ffi::PyObject_Call(callable._i, args._i, kw._i) };
        }
        let empty = ffi::PyTuple_New(0);
        if empty.is_null() {
            return HPy_NULL;
        }
        let result = ffi::PyObject_Call(callable._i, empty, kw._i);
        ffi::Py_DECREF(empty);
        HPy { _i: result }
    }
}
