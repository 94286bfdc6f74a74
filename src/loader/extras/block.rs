// src/loader/extras/block.rs: many items in one call through loaders that have none: item by item.

use crate::loader::call::*;
use crate::*;

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyIter_NextItems(
    ctx: &HPyContext,
    iterator: HPy,
    items: *mut HPy,
    size: HPy_ssize_t,
) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe {
        for count in 0..size {
            match HPyIter_NextItem(ctx, iterator, items.offset(count)) {
                1 => {}
                0 => return count,
                _ => {
                    (0..count).for_each(|index| HPy_Close(ctx, *items.offset(index)));
                    return -1;
                }
            }
        }
        size
    }
}

/// Runs `each` for the items of a sequence, which has to have this length.
///
/// # Safety
/// The handle is open.
unsafe fn each(
    ctx: &HPyContext,
    seq: HPy,
    size: HPy_ssize_t,
    mut each: impl FnMut(HPy_ssize_t, HPy) -> bool,
) -> HPy_ssize_t {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        with(ctx, HPySequence_Tuple(ctx, seq), -1, |tuple| {
            let length = HPy_Length(ctx, tuple);
            if length != size {
                HPyErr_Format!(
                    ctx,
                    ctx.h_ValueError,
                    "the sequence has %zd items, and there is room for %zd",
                    length,
                    size
                );
                return -1;
            }
            let goes_on = (0..size).all(|index| {
                let item = HPy_GetItem_i(ctx, tuple, index);
                with(ctx, item, false, |item| each(index, item))
            });
            if goes_on { size } else { -1 }
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySequence_GetItems(
    ctx: &HPyContext,
    seq: HPy,
    items: *mut HPy,
    size: HPy_ssize_t,
) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe {
        each(ctx, seq, size, |index, item| {
            *items.offset(index) = HPy_Dup(ctx, item);
            true
        })
    }
}

/// Writes the values of a sequence; the exception of an item names it.
///
/// # Safety
/// The handle is open, and there is room for `size` values.
unsafe fn values<T>(
    ctx: &HPyContext,
    seq: HPy,
    values: *mut T,
    size: HPy_ssize_t,
    needed: &core::ffi::CStr,
    of: impl Fn(HPy) -> T,
) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe {
        each(ctx, seq, size, |index, item| {
            *values.offset(index) = of(item);
            if HPyErr_Occurred(ctx) == 0 {
                return true;
            }
            if HPyErr_ExceptionMatches(ctx, ctx.h_OverflowError) != 0 {
                HPyErr_Format!(ctx, ctx.h_OverflowError, "item %zd does not fit 64 bits", index);
            } else if HPyErr_ExceptionMatches(ctx, ctx.h_TypeError) != 0 {
                HPyErr_Clear(ctx);
                with_name(ctx, HPy_Type(ctx, item), |name| {
                    HPyErr_Format!(
                        ctx,
                        ctx.h_TypeError,
                        "item %zd is of the type '%.200s', and %s is needed",
                        index,
                        name,
                        needed.as_ptr()
                    )
                });
            }
            false
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySequence_AsInt64Array(
    ctx: &HPyContext,
    seq: HPy,
    into: *mut i64,
    size: HPy_ssize_t,
) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe {
        values(ctx, seq, into, size, c"an integer", |item| {
            with(ctx, HPy_Index(ctx, item), -1, |index| HPyLong_AsInt64_t(ctx, index))
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPySequence_AsDoubleArray(
    ctx: &HPyContext,
    seq: HPy,
    into: *mut f64,
    size: HPy_ssize_t,
) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { values(ctx, seq, into, size, c"a number", |item| HPyFloat_AsDouble(ctx, item)) }
}

/// A list of new objects.
///
/// # Safety
/// `item` gives a new handle, or `HPy_NULL` with an exception.
unsafe fn list(ctx: &HPyContext, size: HPy_ssize_t, item: impl Fn(HPy_ssize_t) -> HPy) -> HPy {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        if !takes(ctx, size >= 0) {
            return HPy_NULL;
        }
        let builder = HPyListBuilder_New(ctx, size);
        for index in 0..size {
            let item = item(index);
            if HPy_IsNull(item) {
                HPyListBuilder_Cancel(ctx, builder);
                return HPy_NULL;
            }
            HPyListBuilder_Set(ctx, builder, index, item);
            HPy_Close(ctx, item);
        }
        HPyListBuilder_Build(ctx, builder)
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyList_FromInt64Array(ctx: &HPyContext, values: *const i64, size: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { list(ctx, size, |index| HPyLong_FromInt64_t(ctx, *values.offset(index))) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyList_FromDoubleArray(ctx: &HPyContext, values: *const f64, size: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { list(ctx, size, |index| HPyFloat_FromDouble(ctx, *values.offset(index))) }
}
