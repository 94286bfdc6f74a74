// src/loader/fallback.rs: the functions that the context of HPy 0.9.0 lacks, as calls of those that it has.

use super::call::{call_builtin, or_none, type_has};
use crate::*;

/// Calls `access` with the slice of two indices.
///
/// # Safety
/// The thread holds the interpreter.
unsafe fn with_slice(
    ctx: &HPyContext,
    start: HPy_ssize_t,
    end: HPy_ssize_t,
    access: impl FnOnce(HPy) -> c_int,
) -> c_int {
    // SAFETY: the caller's promise; this function closes the handles that it opens.
    unsafe {
        let (start, end) = (HPyLong_FromSsize_t(ctx, start), HPyLong_FromSsize_t(ctx, end));
        let slice = match HPy_IsNull(start) || HPy_IsNull(end) {
            true => HPy_NULL,
            false => HPySlice_New(ctx, start, end, HPy_NULL),
        };
        let result = if HPy_IsNull(slice) { -1 } else { access(slice) };
        for h in [slice, start, end] {
            HPy_Close(ctx, h);
        }
        result
    }
}

/// # Safety
/// As for HPy's function of this name.
pub(crate) unsafe fn _HPy_AsStruct_Dict(ctx: &HPyContext, _: HPy) -> *mut c_void {
    // SAFETY: the caller's promise. Such a loader makes no type of this shape, so it has no instance of one.
    unsafe { HPy_FatalError(ctx, c"the loader of this module does not know HPyType_BuiltinShape_Dict".as_ptr()) }
}

/// # Safety
/// As for HPy's function of this name.
pub(crate) unsafe fn HPyList_Insert(ctx: &HPyContext, h_list: HPy, index: HPy_ssize_t, h_item: HPy) -> c_int {
    // SAFETY: the caller's promise; this function closes the handles that it opens.
    unsafe {
        if HPyList_Check(ctx, h_list) == 0 {
            HPyErr_SetString(ctx, ctx.h_SystemError, c"HPyList_Insert arg 1 must be a list".as_ptr());
            return -1;
        }
        let index = HPyLong_FromSsize_t(ctx, index);
        if HPy_IsNull(index) {
            return -1;
        }
        // The method of `list` itself, not of a subclass.
        let insert = HPy_GetAttr_s(ctx, ctx.h_ListType, c"insert".as_ptr());
        let none = match HPy_IsNull(insert) {
            true => HPy_NULL,
            false => HPy_Call(ctx, insert, [h_list, index, h_item].as_ptr(), 3, HPy_NULL),
        };
        for h in [none, insert, index] {
            HPy_Close(ctx, h);
        }
        if HPy_IsNull(none) { -1 } else { 0 }
    }
}

/// # Safety
/// As for HPy's function of this name.
pub(crate) unsafe fn HPy_GetSlice(ctx: &HPyContext, obj: HPy, start: HPy_ssize_t, end: HPy_ssize_t) -> HPy {
    let mut result = HPy_NULL;
    // SAFETY: the caller's promise.
    unsafe {
        with_slice(ctx, start, end, |slice| {
            result = HPy_GetItem(ctx, obj, slice);
            0
        });
    }
    result
}

/// # Safety
/// As for HPy's function of this name.
pub(crate) unsafe fn HPy_SetSlice(
    ctx: &HPyContext,
    obj: HPy,
    start: HPy_ssize_t,
    end: HPy_ssize_t,
    value: HPy,
) -> c_int {
    // SAFETY: the caller's promise. `HPy_NULL` as the value deletes the items.
    unsafe {
        with_slice(ctx, start, end, |slice| match HPy_IsNull(value) {
            true => HPy_DelItem(ctx, obj, slice),
            false => HPy_SetItem(ctx, obj, slice, value),
        })
    }
}

/// # Safety
/// As for HPy's function of this name.
pub(crate) unsafe fn HPy_DelSlice(ctx: &HPyContext, obj: HPy, start: HPy_ssize_t, end: HPy_ssize_t) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { with_slice(ctx, start, end, |slice| HPy_DelItem(ctx, obj, slice)) }
}

/// # Safety
/// As for HPy's function of this name.
pub(crate) unsafe fn HPy_GetIter(ctx: &HPyContext, obj: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { call_builtin(ctx, c"iter", &[obj]) }
}

/// # Safety
/// As for HPy's function of this name.
pub(crate) unsafe fn HPyIter_Next(ctx: &HPyContext, obj: HPy) -> HPy {
    // SAFETY: the caller's promise. The end of the iteration is no error.
    unsafe {
        let item = call_builtin(ctx, c"next", &[obj]);
        if HPy_IsNull(item) && HPyErr_ExceptionMatches(ctx, ctx.h_StopIteration) != 0 {
            HPyErr_Clear(ctx);
        }
        item
    }
}

/// # Safety
/// As for HPy's function of this name.
pub(crate) unsafe fn HPyIter_Check(ctx: &HPyContext, obj: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { type_has(ctx, obj, c"__next__") }
}

/// # Safety
/// As for HPy's function of this name.
pub(crate) unsafe fn HPySlice_New(ctx: &HPyContext, start: HPy, stop: HPy, step: HPy) -> HPy {
    let bounds = [start, stop, step].map(|h| or_none(ctx, h));
    // SAFETY: the caller's promise.
    unsafe { HPy_Call(ctx, ctx.h_SliceType, bounds.as_ptr(), bounds.len(), HPy_NULL) }
}
