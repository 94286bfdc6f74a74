// src/cpython/item.rs: items by index: of a list or tuple directly; another sequence gets the index as it is, anything
// else an int.

use crate::*;

#[doc = table_doc!("HPy_GetItem_i")]
#[inline]
pub unsafe fn HPy_GetItem_i(ctx: &HPyContext, obj: HPy, idx: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        if let Some(item) = borrowed_item(obj, idx) {
            return HPy_Dup(ctx, item);
        }
        if ffi::PySequence_Check(obj._i) != 0 {
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
        if let Some(place) = list_place(obj, idx).filter(|_| !HPy_IsNull(value)) {
            // The list has the new item before the old one goes, whose end may run any code.
            let old = core::mem::replace(&mut *place, HPy_Dup(ctx, value)._i);
            HPy_Close(ctx, HPy { _i: old });
            return 0;
        }
        if ffi::PySequence_Check(obj._i) != 0 {
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
        if ffi::PySequence_Check(obj._i) != 0 {
            return ffi::PySequence_DelItem(obj._i, idx);
        }
        with_int(idx, |key| ffi::PyObject_DelItem(obj._i, key))
    }
}

/// An item of a list or tuple, borrowed.
#[inline(always)]
pub(crate) unsafe fn borrowed_item(obj: HPy, idx: HPy_ssize_t) -> Option<HPy> {
    let object = obj._i;
    // SAFETY: the index is that of an item: as a number without a sign, a negative one is too large.
    unsafe {
        if let Some(place) = list_place(obj, idx) {
            return Some(HPy { _i: *place });
        }
        if ffi::PyTuple_CheckExact(object) != 0 && (idx as usize) < ffi::PyTuple_GET_SIZE(object) as usize {
            return Some(HPy { _i: ffi::PyTuple_GET_ITEM(object, idx) });
        }
        None
    }
}

/// Where a list has an item. Without a global lock another thread may change the list meanwhile.
#[inline(always)]
unsafe fn list_place(obj: HPy, idx: HPy_ssize_t) -> Option<*mut *mut cpy_PyObject> {
    let list = obj._i;
    // SAFETY: as above.
    unsafe {
        let has_place = cfg!(not(cpython_free_threaded))
            && ffi::PyList_CheckExact(list) != 0
            && (idx as usize) < ffi::PyList_GET_SIZE(list) as usize;
        has_place.then(|| (*list.cast::<ffi::PyListObject>()).ob_item.offset(idx))
    }
}

/// All items of a tuple, borrowed.
#[inline(always)]
pub(crate) unsafe fn borrowed_items_of_tuple<'a>(obj: HPy) -> Option<&'a [HPy]> {
    let tuple = obj._i;
    // SAFETY: the caller passes an open handle, or `HPy_NULL`; a handle is a pointer to an object.
    unsafe {
        let is_tuple = !tuple.is_null() && ffi::PyTuple_CheckExact(tuple) != 0;
        let items = || &raw const (*tuple.cast::<ffi::PyTupleObject>()).ob_item;
        is_tuple.then(|| core::slice::from_raw_parts(items().cast(), ffi::PyTuple_GET_SIZE(tuple) as usize))
    }
}

/// The length of a tuple.
#[inline(always)]
pub(crate) unsafe fn known_length(obj: HPy) -> Option<HPy_ssize_t> {
    // SAFETY: the caller passes an open handle.
    unsafe { (ffi::PyTuple_CheckExact(obj._i) != 0).then(|| ffi::PyTuple_GET_SIZE(obj._i)) }
}

/// Calls `access` with the index as an int.
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
