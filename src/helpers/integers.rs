// src/helpers/integers.rs: C's integer types, which HPy's context knows by their width alone.

use crate::*;

macro_rules! from {
    ($($name:ident, $type:ident, $what:literal: $narrow:ident $short:ident, $wide:ident $long:ident;)*) => {
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
                    match size_of::<$type>() == size_of::<$narrow>() {
                        true => $short(ctx, value as $narrow),
                        false => $long(ctx, value as $wide),
                    }
                }
            }
        )*
    };
}

/// Integers with a sign.
macro_rules! from_signed {
    ($($name:ident, $type:ident, $what:literal;)*) => {
        from! { $($name, $type, $what: i32 HPyLong_FromInt32_t, i64 HPyLong_FromInt64_t;)* }
    };
}

/// Integers without a sign.
macro_rules! from_unsigned {
    ($($name:ident, $type:ident, $what:literal;)*) => {
        from! { $($name, $type, $what: u32 HPyLong_FromUInt32_t, u64 HPyLong_FromUInt64_t;)* }
    };
}

from_signed! {
    HPyLong_FromLong, c_long, "a C `long`";
    HPyLong_FromLongLong, c_longlong, "a C `long long`";
    HPyLong_FromPid, c_long, "a process identifier";
}

from_unsigned! {
    HPyLong_FromUnsignedLong, c_ulong, "a C `unsigned long`";
    HPyLong_FromUnsignedLongLong, c_ulonglong, "a C `unsigned long long`";
}

macro_rules! to {
    ($($name:ident, $type:ident, $what:literal, $may:literal: $narrow:ident $short:ident, $long:ident;)*) => {
        $(
            #[doc = concat!("The value of the `int` `h` as ", $what, ".")]
            ///
            #[doc = concat!("The handle stays the caller's. Returns -1 with an exception set on failure: ", $may, ".")]
            /// -1, which as an unsigned number has all bits set, may be a value too: ask [`HPyErr_Occurred`].
            ///
            /// # Safety
            /// `h` is an open handle.
            ///
            /// # Source
            #[doc = concat!("HPy: `", stringify!($name), "`.")]
            #[inline]
            pub unsafe fn $name(ctx: &HPyContext, h: HPy) -> $type {
                // SAFETY: the caller's promise.
                unsafe {
                    match size_of::<$type>() == size_of::<$narrow>() {
                        true => $short(ctx, h) as $type,
                        false => $long(ctx, h) as $type,
                    }
                }
            }
        )*
    };
}

/// Integers with a sign.
macro_rules! to_signed {
    ($($name:ident, $type:ident, $what:literal;)*) => {
        to! {
            $($name, $type, $what, "`TypeError` if it is no integer, `OverflowError` if it does not fit":
                i32 HPyLong_AsInt32_t, HPyLong_AsInt64_t;)*
        }
    };
}

/// Integers without a sign, which have to fit.
macro_rules! to_unsigned {
    ($($name:ident, $type:ident, $what:literal;)*) => {
        to! {
            $($name, $type, $what, "`TypeError` if it is no `int`, `OverflowError` if it is negative or does not fit":
                u32 HPyLong_AsUInt32_t, HPyLong_AsUInt64_t;)*
        }
    };
}

/// The lowest bits of an integer.
macro_rules! to_mask {
    ($($name:ident, $type:ident, $what:literal;)*) => {
        to! {
            $($name, $type, $what, "`TypeError` if it is no integer":
                u32 HPyLong_AsUInt32_tMask, HPyLong_AsUInt64_tMask;)*
        }
    };
}

to_signed! {
    HPyLong_AsLong, c_long, "a C `long`";
    HPyLong_AsLongLong, c_longlong, "a C `long long`";
    HPyLong_AsPid, c_long, "a process identifier";
}

to_unsigned! {
    HPyLong_AsUnsignedLong, c_ulong, "a C `unsigned long`";
    HPyLong_AsUnsignedLongLong, c_ulonglong, "a C `unsigned long long`";
}

to_mask! {
    HPyLong_AsUnsignedLongMask, c_ulong, "a C `unsigned long`: its lowest bits";
    HPyLong_AsUnsignedLongLongMask, c_ulonglong, "a C `unsigned long long`: its lowest bits";
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
