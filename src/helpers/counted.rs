// src/helpers/counted.rs: types and items for a short use, as handles that are counted: in the loader ABIs, and without a global lock,
// where another thread may change a container or assign `__class__`.

use crate::*;

/// The type of an object.
///
/// # Safety
/// As of [`HPy_BorrowType`].
#[inline(always)]
pub(crate) unsafe fn type_of(ctx: &HPyContext, obj: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPy_Type(ctx, obj) }
}

/// An item of a list, or `HPy_NULL` with `IndexError` set.
///
/// # Safety
/// As of [`HPyList_BorrowItem`].
#[inline(always)]
pub(crate) unsafe fn item_of_list(ctx: &HPyContext, list: HPy, index: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise. A negative index would count from the end.
    unsafe { HPy_GetItem_i(ctx, list, if index < 0 { HPy_ssize_t::MAX } else { index }) }
}

/// The same of a tuple.
pub(crate) use item_of_list as item_of_tuple;

/// The next item of a dictionary.
///
/// # Safety
/// As of [`HPyDict_BorrowNext`].
#[inline(always)]
pub(crate) unsafe fn next_of_dict(
    ctx: &HPyContext,
    dict: HPy,
    position: &mut HPy_ssize_t,
    key: &mut HPy,
    value: &mut HPy,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPyDict_Next(ctx, dict, position, key, value) }
}

/// Ends the use.
///
/// # Safety
/// As of [`HPy_EndBorrow`].
#[inline(always)]
pub(crate) unsafe fn end(ctx: &HPyContext, h: HPy) {
    // SAFETY: the caller's promise.
    unsafe { HPy_Close(ctx, h) }
}
