// src/native/block.rs: many items in one call: handles, and C's numbers.

use super::raise::Result;
use super::typed::{self, Number};
use crate::*;

#[doc = table_doc!("HPyIter_NextItems")]
pub unsafe fn HPyIter_NextItems(_ctx: &HPyContext, iterator: HPy, items: *mut HPy, size: HPy_ssize_t) -> HPy_ssize_t {
    // SAFETY: the caller's promise: an open handle, and room for as many items.
    unsafe {
        if ffi::PyIter_Check(iterator._i) == 0 {
            ffi::PyErr_SetString(ffi::PyExc_TypeError, c"expected an iterator".as_ptr());
            return -1;
        }
        let mut count = 0;
        while count < size {
            let item = ffi::PyIter_Next(iterator._i);
            if item.is_null() {
                break;
            }
            *items.offset(count) = HPy { _i: item };
            count += 1;
        }
        if count < size && !ffi::PyErr_Occurred().is_null() {
            close(items, count);
            return -1;
        }
        count
    }
}

/// Drops the references of handles after an error.
///
/// # Safety
/// There are `count` handles at `items`.
unsafe fn close(items: *mut HPy, count: HPy_ssize_t) {
    // SAFETY: the caller's promise.
    (0..count).for_each(|index| unsafe { ffi::Py_DECREF((*items.offset(index))._i) });
}

#[doc = table_doc!("HPySequence_GetItems")]
pub unsafe fn HPySequence_GetItems(_ctx: &HPyContext, seq: HPy, items: *mut HPy, size: HPy_ssize_t) -> HPy_ssize_t {
    // SAFETY: the caller's promise: an open handle, and room for as many items.
    unsafe {
        let copy = |objects: *const *mut cpy_PyObject, length| {
            if typed::check_length(length, size).is_err() {
                return -1;
            }
            for index in 0..size {
                let item = *objects.offset(index);
                ffi::Py_INCREF(item);
                *items.offset(index) = HPy { _i: item };
            }
            size
        };
        if typed::is_list_of_its_own(seq._i) {
            return copy(typed::items(seq._i, true), ffi::PyList_GET_SIZE(seq._i));
        }
        // A tuple of the items does not change, whatever other threads do.
        let tuple = ffi::PySequence_Tuple(seq._i);
        if tuple.is_null() {
            return -1;
        }
        let result = copy(typed::items(tuple, false), ffi::PyTuple_GET_SIZE(tuple));
        ffi::Py_DECREF(tuple);
        result
    }
}

/// The number of values, or -1.
fn or_minus_one(result: Result<HPy_ssize_t>) -> HPy_ssize_t {
    result.unwrap_or(-1)
}

#[doc = table_doc!("HPySequence_AsInt64Array")]
pub unsafe fn HPySequence_AsInt64Array(
    _ctx: &HPyContext,
    seq: HPy,
    values: *mut i64,
    size: HPy_ssize_t,
) -> HPy_ssize_t {
    // SAFETY: the caller's promise: an open handle, and room for as many values.
    or_minus_one(unsafe { typed::read(seq._i, values, size) })
}

#[doc = table_doc!("HPySequence_AsDoubleArray")]
pub unsafe fn HPySequence_AsDoubleArray(
    _ctx: &HPyContext,
    seq: HPy,
    values: *mut f64,
    size: HPy_ssize_t,
) -> HPy_ssize_t {
    // SAFETY: the caller's promise: an open handle, and room for as many values.
    or_minus_one(unsafe { typed::read(seq._i, values, size) })
}

#[doc = table_doc!("HPyList_FromInt64Array")]
pub unsafe fn HPyList_FromInt64Array(_ctx: &HPyContext, values: *const i64, size: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise: as many values.
    unsafe { list(values, size) }
}

#[doc = table_doc!("HPyList_FromDoubleArray")]
pub unsafe fn HPyList_FromDoubleArray(_ctx: &HPyContext, values: *const f64, size: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise: as many values.
    unsafe { list(values, size) }
}

/// # Safety
/// There are `size` values.
unsafe fn list<T: Number>(values: *const T, size: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise; nobody else has the list before it is full.
    unsafe {
        let list = ffi::PyList_New(size);
        if list.is_null() {
            return HPy_NULL;
        }
        for index in 0..size {
            let item = (*values.offset(index)).object();
            if item.is_null() {
                ffi::Py_DECREF(list);
                return HPy_NULL;
            }
            ffi::PyList_SET_ITEM(list, index, item);
        }
        HPy { _i: list }
    }
}
