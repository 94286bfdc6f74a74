// src/helpers/integers.rs: C's integer types, which HPy's context knows by their width alone.

use crate::*;

macro_rules! from {
    ($($name:ident, $type:ident, $what:literal, $short:ident as $narrow:ident, $long:ident as $wide:ident;)*) => {
        $(
            #[doc = concat!("Makes an `int` from `value`, ", $what, ".")]
            ///
            /// Returns a new handle, which the caller closes, or `HPy_NULL` with `MemoryError` set.
            ///
            /// # Safety
            /// `ctx` is the context of the running call.
            ///
            /// # Source
            #[doc = concat!("HPy: `", stringify!($name), "`.")]
            #[inline]
            pub unsafe fn $name(ctx: &HPyContext, value: $type) -> HPy {
                // SAFETY: the caller's promise.
                unsafe {
                    if size_of::<$type>() == size_of::<$narrow>() { $short(ctx, value as $narrow) } else { $long(ctx, value as $wide) }
                }
            }
        )*
    };
}

from! {
    HPyLong_FromLong, c_long, "a C `long`", HPyLong_FromInt32_t as i32, HPyLong_FromInt64_t as i64;
    HPyLong_FromUnsignedLong, c_ulong, "a C `unsigned long`", HPyLong_FromUInt32_t as u32, HPyLong_FromUInt64_t as u64;
    HPyLong_FromLongLong, c_longlong, "a C `long long`", HPyLong_FromInt32_t as i32, HPyLong_FromInt64_t as i64;
    HPyLong_FromUnsignedLongLong, c_ulonglong, "a C `unsigned long long`", HPyLong_FromUInt32_t as u32, HPyLong_FromUInt64_t as u64;
    HPyLong_FromPid, c_long, "a process identifier", HPyLong_FromInt32_t as i32, HPyLong_FromInt64_t as i64;
}

macro_rules! to {
    ($($name:ident, $type:ident, $what:literal, $errors:literal, $short:ident as $narrow:ident, $long:ident;)*) => {
        $(
            #[doc = concat!("The value of the `int` `h` as ", $what, ".")]
            ///
            #[doc = concat!("Returns -1 (as an unsigned number, all bits set) with an exception set on failure: ", $errors, " Since -1")]
            /// may be a value too, ask [`HPyErr_Occurred`]. The handle stays the caller's.
            ///
            /// # Safety
            /// `h` is an open handle.
            ///
            /// # Source
            #[doc = concat!("HPy: `", stringify!($name), "`.")]
            #[inline]
            pub unsafe fn $name(ctx: &HPyContext, h: HPy) -> $type {
                // SAFETY: the caller's promise.
                unsafe { if size_of::<$type>() == size_of::<$narrow>() { $short(ctx, h) as $type } else { $long(ctx, h) as $type } }
            }
        )*
    };
}

to! {
    HPyLong_AsLong, c_long, "a C `long`", "`TypeError` if it is no integer, `OverflowError` if it does not fit.",
        HPyLong_AsInt32_t as i32, HPyLong_AsInt64_t;
    HPyLong_AsUnsignedLong, c_ulong, "a C `unsigned long`", "`TypeError` if it is no `int`, `OverflowError` if it is negative or does not fit.",
        HPyLong_AsUInt32_t as u32, HPyLong_AsUInt64_t;
    HPyLong_AsUnsignedLongMask, c_ulong, "a C `unsigned long`, the lowest bits", "`TypeError` if it is no integer.",
        HPyLong_AsUInt32_tMask as u32, HPyLong_AsUInt64_tMask;
    HPyLong_AsLongLong, c_longlong, "a C `long long`", "`TypeError` if it is no integer, `OverflowError` if it does not fit.",
        HPyLong_AsInt32_t as i32, HPyLong_AsInt64_t;
    HPyLong_AsUnsignedLongLong, c_ulonglong, "a C `unsigned long long`", "`TypeError` if it is no `int`, `OverflowError` if it is negative or does not fit.",
        HPyLong_AsUInt32_t as u32, HPyLong_AsUInt64_t;
    HPyLong_AsUnsignedLongLongMask, c_ulonglong, "a C `unsigned long long`, the lowest bits", "`TypeError` if it is no integer.",
        HPyLong_AsUInt32_tMask as u32, HPyLong_AsUInt64_tMask;
    HPyLong_AsPid, c_long, "a process identifier", "`TypeError` if it is no integer, `OverflowError` if it does not fit.",
        HPyLong_AsInt32_t as i32, HPyLong_AsInt64_t;
}

/// `True` if `v` is not 0, and else `False`.
///
/// Returns a new handle, which the caller closes. It cannot fail.
///
/// # Safety
/// `ctx` is the context of the running call.
///
/// # Source
/// HPy: `HPyBool_FromLong`.
#[inline]
pub unsafe fn HPyBool_FromLong(ctx: &HPyContext, v: c_long) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyBool_FromBool(ctx, v != 0) }
}

/// Fits the indices of a slice to a sequence of `length` items.
///
/// `start` and `stop` are what [`HPySlice_Unpack`] wrote, and are changed to indices that the sequence has, or that lie
/// just outside; `step` is not 0. The context `ctx` is not used.
///
/// Returns how many items the slice has. It cannot fail.
///
/// # Safety
/// Nothing is asked: it is `unsafe` like all functions of HPy.
///
/// # Source
/// HPy: `HPySlice_AdjustIndices`.
#[inline]
pub unsafe fn HPySlice_AdjustIndices(
    _ctx: &HPyContext,
    length: HPy_ssize_t,
    start: &mut HPy_ssize_t,
    stop: &mut HPy_ssize_t,
    step: HPy_ssize_t,
) -> HPy_ssize_t {
    let backwards = step < 0;
    let fit = |index: HPy_ssize_t| {
        let index = if index < 0 { index.wrapping_add(length) } else { index };
        match index {
            ..0 => -HPy_ssize_t::from(backwards),
            _ if index >= length => length - HPy_ssize_t::from(backwards),
            _ => index,
        }
    };
    *start = fit(*start);
    *stop = fit(*stop);
    match backwards {
        true if *stop < *start => (*start - *stop - 1) / step.wrapping_neg() + 1,
        false if *start < *stop => (*stop - *start - 1) / step + 1,
        _ => 0,
    }
}
