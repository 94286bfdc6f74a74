// src/native/borrowed.rs: reads the contents of builtin objects in place, as borrowed references.

use super::undeclared::COMPACT_ASCII;
#[cfg(cpython_compact_ints)]
use super::undeclared::Long;
use crate::*;

/// An item of a list or tuple, borrowed.
#[inline(always)]
pub(crate) unsafe fn item(obj: HPy, idx: HPy_ssize_t) -> Option<HPy> {
    let object = obj._i;
    // SAFETY: the caller passes an open handle, or `HPy_NULL`. One unsigned compare also rejects negative indices.
    unsafe {
        if let Some(place) = place_in_list(obj, idx) {
            return Some(HPy { _i: *place });
        }
        if !object.is_null()
            && ffi::PyTuple_CheckExact(object) != 0
            && (idx as usize) < ffi::PyTuple_GET_SIZE(object) as usize
        {
            return Some(HPy { _i: ffi::PyTuple_GET_ITEM(object, idx) });
        }
        None
    }
}

/// The address of a list's item. Without a global lock another thread may change the list during the read.
#[inline(always)]
pub(super) unsafe fn place_in_list(obj: HPy, idx: HPy_ssize_t) -> Option<*mut *mut cpy_PyObject> {
    let list = obj._i;
    // SAFETY: as above.
    unsafe {
        let has_place = cfg!(not(cpython_free_threaded))
            && !list.is_null()
            && ffi::PyList_CheckExact(list) != 0
            && (idx as usize) < ffi::PyList_GET_SIZE(list) as usize;
        has_place.then(|| (*list.cast::<ffi::PyListObject>()).ob_item.offset(idx))
    }
}

/// All items of a tuple, borrowed.
#[inline(always)]
pub(crate) unsafe fn items_of_tuple<'a>(obj: HPy) -> Option<&'a [HPy]> {
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
pub(crate) unsafe fn length_of_tuple(obj: HPy) -> Option<HPy_ssize_t> {
    // SAFETY: the caller passes an open handle.
    unsafe { (ffi::PyTuple_CheckExact(obj._i) != 0).then(|| ffi::PyTuple_GET_SIZE(obj._i)) }
}

/// The items of a dictionary; `None` for another object, or where another thread may change it. The caller must not change
/// the dictionary during the iteration.
pub(crate) unsafe fn items_of_dict(dict: HPy) -> Option<impl Iterator<Item = (HPy, HPy)>> {
    // SAFETY: the caller passes an open handle, or `HPy_NULL`.
    if cfg!(cpython_free_threaded) || dict._i.is_null() || unsafe { ffi::PyDict_CheckExact(dict._i) } == 0 {
        return None;
    }
    let mut position = 0;
    Some(core::iter::from_fn(move || {
        let (mut key, mut value) = (HPy_NULL, HPy_NULL);
        // SAFETY: the caller's promise.
        let there = unsafe { ffi::PyDict_Next(dict._i, &mut position, &mut key._i, &mut value._i) };
        (there != 0).then_some((key, value))
    }))
}

/// The text of a compact ASCII `str`, valid as long as the object; `None` for another one.
#[inline(always)]
pub(crate) unsafe fn text<'a>(name: HPy) -> Option<&'a [u8]> {
    // SAFETY: the caller passes an open handle.
    unsafe { if ffi::PyUnicode_CheckExact(name._i) == 0 { None } else { utf8(name._i) } }
}

/// The bytes of a compact ASCII text follow its head.
#[inline(always)]
unsafe fn utf8<'a>(text: *mut cpy_PyObject) -> Option<&'a [u8]> {
    let (byte, bits) = COMPACT_ASCII;
    let text = text.cast::<ffi::PyASCIIObject>();
    // SAFETY: the caller passes a `str`.
    unsafe {
        let state = (&raw const (*text).state).cast::<u8>().add(byte).read();
        let size = (*text).length as usize;
        (state & bits == bits).then(|| core::slice::from_raw_parts(text.add(1).cast(), size))
    }
}

/// The value of an `int` of one digit at most: what CPython's API calls a compact one, from 3.12 on.
#[cfg(cpython_compact_ints)]
#[inline(always)]
pub(super) unsafe fn integer(object: HPy) -> Option<HPy_ssize_t> {
    // SAFETY: the caller passes an open handle, or `HPy_NULL`; `undeclared::check_digits` has seen what digits are.
    unsafe {
        if object._i.is_null() || ffi::PyLong_CheckExact(object._i) == 0 {
            return None;
        }
        let long = object._i.cast::<Long>();
        let (tag, digit) = ((*long).tag, (*long).digit);
        (tag < 2 << 3).then(|| (1 - (tag & 3) as HPy_ssize_t) * digit as HPy_ssize_t)
    }
}

#[cfg(not(cpython_compact_ints))]
#[inline(always)]
pub(super) unsafe fn integer(_: HPy) -> Option<HPy_ssize_t> {
    None
}

/// The value of a `float`.
#[inline(always)]
pub(super) unsafe fn double(object: HPy) -> Option<c_double> {
    // SAFETY: the caller passes an open handle, or `HPy_NULL`.
    unsafe {
        let is_float = !object._i.is_null() && ffi::PyFloat_CheckExact(object._i) != 0;
        is_float.then(|| ffi::PyFloat_AS_DOUBLE(object._i))
    }
}
