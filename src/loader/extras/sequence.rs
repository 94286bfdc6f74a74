// src/loader/extras/sequence.rs: the extras about sequences and iterators through loaders that have none.

use crate::loader::call::*;
use crate::*;

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySequence_List(ctx: &HPyContext, iterable: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPy_Call(ctx, ctx.h_ListType, &iterable, 1, HPy_NULL) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySequence_Tuple(ctx: &HPyContext, iterable: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPy_Call(ctx, ctx.h_TupleType, &iterable, 1, HPy_NULL) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySequence_Concat(ctx: &HPyContext, left: HPy, right: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { call_of(ctx, c"operator", c"concat", &[left, right]) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySequence_Repeat(ctx: &HPyContext, seq: HPy, count: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        if type_has(ctx, seq, c"__getitem__") == 0 {
            return HPyErr_SetString(ctx, ctx.h_TypeError, c"the object can't be repeated".as_ptr());
        }
        with(ctx, HPyLong_FromSsize_t(ctx, count), HPy_NULL, |count| HPy_Multiply(ctx, seq, count))
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySequence_Index(ctx: &HPyContext, seq: HPy, value: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { number(ctx, call_of(ctx, c"operator", c"indexOf", &[seq, value])) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySequence_Count(ctx: &HPyContext, seq: HPy, value: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { number(ctx, call_of(ctx, c"operator", c"countOf", &[seq, value])) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyList_Sort(ctx: &HPyContext, list: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        match takes(ctx, !HPy_IsNull(list) && HPyList_Check(ctx, list) != 0) {
            true => done(ctx, call_of_type(ctx, ctx.h_ListType, c"sort", &[list])),
            false => -1,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyList_Reverse(ctx: &HPyContext, list: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        match takes(ctx, !HPy_IsNull(list) && HPyList_Check(ctx, list) != 0) {
            true => done(ctx, call_of_type(ctx, ctx.h_ListType, c"reverse", &[list])),
            false => -1,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyList_AsTuple(ctx: &HPyContext, list: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        match takes(ctx, !HPy_IsNull(list) && HPyList_Check(ctx, list) != 0) {
            true => HPy_Call(ctx, ctx.h_TupleType, &list, 1, HPy_NULL),
            false => HPy_NULL,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyIter_NextItem(ctx: &HPyContext, iterator: HPy, item: *mut HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        *item = HPy_NULL;
        if HPyIter_Check(ctx, iterator) == 0 {
            HPyErr_SetString(ctx, ctx.h_TypeError, c"expected an iterator".as_ptr());
            return -1;
        }
        *item = HPyIter_Next(ctx, iterator);
        match HPy_IsNull(*item) {
            true if HPyErr_Occurred(ctx) != 0 => -1,
            true => 0,
            false => 1,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyList_Size(ctx: &HPyContext, h: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { HPy_Length(ctx, h) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyTuple_Size(ctx: &HPyContext, h: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { HPy_Length(ctx, h) }
}
