// src/native/item.rs: items by index: of a list or tuple directly; another sequence gets the index as it is, anything
// else an int.
//
// A negative index becomes an int for everything but lists and tuples: CPython's sequence calls add the length to it, and
// a mapping that is written in Python is a sequence to them, whose key -1 is not its last one.

use super::borrowed;
use crate::*;

#[doc = table_doc!("HPy_GetItem_i")]
#[inline]
pub unsafe fn HPy_GetItem_i(ctx: &HPyContext, obj: HPy, idx: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        if let Some(item) = borrowed::item(obj, idx) {
            return HPy_Dup(ctx, item);
        }
        if idx >= 0 && !HPy_IsNull(obj) && ffi::PySequence_Check(obj._i) != 0 {
            return HPy { _i: ffi::PySequence_GetItem(obj._i, idx) };
        }
        with_int(idx, |key| HPy { _i: ffi::PyObject_GetItem(obj._i, key) })
    }
}

#[doc = table_doc!("HPy_SetItem_i")]
#[inline]
pub unsafe fn HPy_SetItem_i(ctx: &HPyContext, obj: HPy, idx: HPy_ssize_t, value: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if let Some(place) = borrowed::place_in_list(obj, idx).filter(|_| !HPy_IsNull(value)) {
            // The list has the new item before the old one goes, whose end may run any code.
            let old = core::mem::replace(&mut *place, HPy_Dup(ctx, value)._i);
            HPy_Close(ctx, HPy { _i: old });
            return 0;
        }
        if !HPy_IsNull(value) && assigns_by_index(obj, idx) {
            return ffi::PySequence_SetItem(obj._i, idx, value._i);
        }
        with_int(idx, |key| ffi::PyObject_SetItem(obj._i, key, value._i))
    }
}

#[doc = table_doc!("HPy_DelItem_i")]
#[inline]
pub unsafe fn HPy_DelItem_i(_ctx: &HPyContext, obj: HPy, idx: HPy_ssize_t) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if assigns_by_index(obj, idx) {
            return ffi::PySequence_DelItem(obj._i, idx);
        }
        with_int(idx, |key| ffi::PyObject_DelItem(obj._i, key))
    }
}

/// Whether the type of an object takes the index of an assignment as it is. A `memoryview` is a sequence, and takes only
/// an int.
///
/// # Safety
/// `obj` is an open handle, or `HPy_NULL`.
#[inline(always)]
unsafe fn assigns_by_index(obj: HPy, idx: HPy_ssize_t) -> bool {
    // SAFETY: the caller passes an open handle, or `HPy_NULL`.
    unsafe {
        if idx < 0 || HPy_IsNull(obj) {
            return false;
        }
        let methods = (*ffi::Py_TYPE(obj._i)).tp_as_sequence;
        !methods.is_null() && (*methods).sq_ass_item.is_some()
    }
}

/// Calls `access` with the index as an int.
///
/// # Safety
/// The thread holds the interpreter.
unsafe fn with_int<R: crate::panic::Failure>(idx: HPy_ssize_t, access: impl FnOnce(*mut cpy_PyObject) -> R) -> R {
    // SAFETY: whoever calls HPy holds the interpreter.
    unsafe {
        let key = ffi::PyLong_FromSsize_t(idx);
        if key.is_null() {
            return R::FAILURE;
        }
        let result = access(key);
        ffi::Py_DECREF(key);
        result
    }
}
