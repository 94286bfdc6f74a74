// src/native/borrowed.rs: reads the contents of builtin objects in place, as borrowed references.

use super::undeclared::PyUnicode_IS_COMPACT_ASCII;
use crate::*;

/// An item of a list or tuple, borrowed.
///
/// # Safety
/// `obj` is an open handle, or `HPy_NULL`. The result is valid for as long as nothing changes the object.
#[inline(always)]
pub(crate) unsafe fn item(obj: HPy, idx: HPy_ssize_t) -> Option<HPy> {
    let object = obj._i;
    // SAFETY: the caller passes an open handle, or `HPy_NULL`. One unsigned compare also rejects negative indices.
    unsafe {
        if _HPy_IsInList(object, idx) {
            return Some(HPy { _i: ffi::PyList_GET_ITEM(object, idx) });
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

/// All items of a tuple, borrowed.
///
/// # Safety
/// `obj` is an open handle, or `HPy_NULL`, and stays open for as long as the items are used.
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

/// The texts of the items of a tuple, each `None` where [`text`] is.
///
/// # Safety
/// As of [`items_of_tuple`].
#[inline(always)]
pub(crate) unsafe fn texts_of_tuple<'a>(obj: HPy) -> Option<impl Iterator<Item = Option<&'a [u8]>>> {
    // SAFETY: the caller's promise, which holds for the items too.
    unsafe { items_of_tuple(obj) }.map(|items| items.iter().map(|&item| unsafe { text(item) }))
}

/// The length of a tuple.
///
/// # Safety
/// `obj` is an open handle.
#[inline(always)]
pub(crate) unsafe fn length_of_tuple(obj: HPy) -> Option<HPy_ssize_t> {
    // SAFETY: the caller passes an open handle.
    unsafe { (ffi::PyTuple_CheckExact(obj._i) != 0).then(|| ffi::PyTuple_GET_SIZE(obj._i)) }
}

/// Whether it is a dictionary, and no other thread may change it.
///
/// # Safety
/// `obj` is an open handle, or `HPy_NULL`.
#[inline(always)]
pub(crate) unsafe fn is_dict(obj: HPy) -> bool {
    // SAFETY: the caller passes an open handle, or `HPy_NULL`.
    !cfg!(cpython_free_threaded) && !obj._i.is_null() && unsafe { ffi::PyDict_CheckExact(obj._i) } != 0
}

/// The number of items of a dictionary; `None` as for [`items_of_dict`].
///
/// # Safety
/// `obj` is an open handle, or `HPy_NULL`.
#[inline(always)]
pub(crate) unsafe fn length_of_dict(obj: HPy) -> Option<HPy_ssize_t> {
    // SAFETY: the caller passes an open handle, or `HPy_NULL`.
    unsafe { is_dict(obj).then(|| ffi::PyDict_Size(obj._i)) }
}

/// Finds nothing: a look at the items costs no more than a search in another function.
///
/// # Safety
/// As of [`items_of_dict`].
#[inline(always)]
pub(crate) unsafe fn search_dict(_: HPy, _: &[u8]) -> Option<HPy> {
    None
}

/// The items of a dictionary; `None` for another object, or where another thread may change it. The caller must not change
/// the dictionary during the iteration.
///
/// # Safety
/// `dict` is an open handle, or `HPy_NULL`, and nothing changes the dictionary while its items are read.
pub(crate) unsafe fn items_of_dict(dict: HPy) -> Option<impl Iterator<Item = (HPy, HPy)>> {
    // SAFETY: the caller passes an open handle, or `HPy_NULL`.
    if unsafe { !is_dict(dict) } {
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

/// The value for a key that is this text, if it is one of ASCII.
///
/// # Safety
/// As of [`items_of_dict`].
#[inline(always)]
#[cfg(feature = "host")]
pub(crate) unsafe fn value_of_dict(dict: HPy, name: &[u8]) -> Option<HPy> {
    // SAFETY: the caller's promise.
    unsafe { items_of_dict(dict)?.find(|&(key, _)| text(key) == Some(name)).map(|(_, value)| value) }
}

/// The text of a compact ASCII `str`, valid as long as the object; `None` for another one.
///
/// # Safety
/// `name` is an open handle, and stays open for as long as the text is used.
#[inline(always)]
pub(crate) unsafe fn text<'a>(name: HPy) -> Option<&'a [u8]> {
    // SAFETY: the caller passes an open handle.
    unsafe { if ffi::PyUnicode_CheckExact(name._i) == 0 { None } else { utf8(name._i) } }
}

/// The bytes of a compact ASCII text follow its head.
///
/// # Safety
/// `text` is a `str`, and lives for as long as the result.
#[inline(always)]
unsafe fn utf8<'a>(text: *mut cpy_PyObject) -> Option<&'a [u8]> {
    // SAFETY: the caller passes a `str`.
    unsafe { (PyUnicode_IS_COMPACT_ASCII(text) != 0).then(|| ascii(text)) }
}

/// The bytes of a `str` that is known to be compact ASCII.
///
/// # Safety
/// `text` is one, and lives for as long as the result.
#[inline(always)]
pub(super) unsafe fn ascii<'a>(text: *mut cpy_PyObject) -> &'a [u8] {
    // SAFETY: the caller's promise.
    unsafe {
        let text = text.cast::<ffi::PyASCIIObject>();
        core::slice::from_raw_parts(text.add(1).cast(), (*text).length as usize)
    }
}
