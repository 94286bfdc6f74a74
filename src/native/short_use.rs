// src/native/short_use.rs: types and items for a short use, as borrowed references, where there is a global lock.

use crate::*;

/// The type of an object.
///
/// # Safety
/// As of [`HPy_BorrowType`].
#[inline(always)]
pub(crate) unsafe fn type_of(_ctx: &HPyContext, obj: HPy) -> HPy {
    // SAFETY: the caller passes an open handle.
    HPy { _i: unsafe { ffi::Py_TYPE(obj._i) }.cast() }
}

/// An item of a list, or `HPy_NULL` with `IndexError` set.
///
/// # Safety
/// As of [`HPyList_BorrowItem`].
#[inline(always)]
pub(crate) unsafe fn item_of_list(ctx: &HPyContext, list: HPy, index: HPy_ssize_t) -> HPy {
    // SAFETY: the caller passes a list. One unsigned compare also rejects negative indices.
    unsafe {
        match (index as usize) < ffi::PyList_GET_SIZE(list._i) as usize {
            true => HPy { _i: ffi::PyList_GET_ITEM(list._i, index) },
            false => no_item(ctx),
        }
    }
}

/// An item of a tuple, or `HPy_NULL` with `IndexError` set.
///
/// # Safety
/// As of [`HPyTuple_BorrowItem`].
#[inline(always)]
pub(crate) unsafe fn item_of_tuple(ctx: &HPyContext, tuple: HPy, index: HPy_ssize_t) -> HPy {
    // SAFETY: the caller passes a tuple.
    unsafe {
        match (index as usize) < ffi::PyTuple_GET_SIZE(tuple._i) as usize {
            true => HPy { _i: ffi::PyTuple_GET_ITEM(tuple._i, index) },
            false => no_item(ctx),
        }
    }
}

/// # Safety
/// `ctx` is the context of the running call.
#[cold]
unsafe fn no_item(ctx: &HPyContext) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyErr_SetString(ctx, ctx.h_IndexError, c"there is no item of this index".as_ptr()) }
}

/// The next item of a dictionary, as `PyDict_Next` gives it.
///
/// # Safety
/// As of [`HPyDict_BorrowNext`].
#[inline(always)]
pub(crate) unsafe fn next_of_dict(
    _ctx: &HPyContext,
    dict: HPy,
    position: &mut HPy_ssize_t,
    key: &mut HPy,
    value: &mut HPy,
) -> c_int {
    let (mut next_key, mut next_value) = (core::ptr::null_mut(), core::ptr::null_mut());
    // SAFETY: the caller passes a dictionary.
    let is_there = unsafe { ffi::PyDict_Next(dict._i, position, &mut next_key, &mut next_value) };
    (*key, *value) = (HPy { _i: next_key }, HPy { _i: next_value });
    is_there
}

/// Ends the use: nothing was counted.
///
/// # Safety
/// None: it does nothing. The others of this name close the handle.
#[inline(always)]
pub(crate) unsafe fn end(_ctx: &HPyContext, _h: HPy) {}
