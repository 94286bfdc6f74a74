// src/helpers/arg/units.rs: the units of the argument parsers: each turns an object into one C value.

use core::ffi::CStr;

use super::error::raise;
use crate::*;

/// What a variable has to be that the unit `UNIT` of a `HPyArg_Parse!` format writes to.
///
/// # Safety
/// It is implemented once for each unit, for the type that HPy gives it.
#[diagnostic::on_unimplemented(
    message = "the argument unit {UNIT} does not write to a variable of type `{Self}`",
    label = "an output of this call has type `{Self}`",
    note = "the units write: b B c_uchar, h c_short, H c_ushort, i c_int, I c_uint, l c_long, k c_ulong, L c_longlong",
    note = "and: K c_ulonglong, n HPy_ssize_t, f c_float, d c_double, s *const c_char, O HPy, p c_int"
)]
pub unsafe trait ArgUnit<const UNIT: char> {
    /// Writes the value of `h` to this variable; or returns false with an exception set, and leaves it alone.
    ///
    /// # Safety
    /// `h` is an open handle, and `format` a C string: that of the whole call.
    unsafe fn convert(&mut self, ctx: &HPyContext, format: *const c_char, h: HPy) -> bool;
}

/// Whether a result that may stand for an error does.
macro_rules! failed {
    ($ctx:ident, $value:ident: $type:ty) => {
        $value == -1i8 as $type && HPyErr_Occurred($ctx) != 0
    };
}

/// A unit that is one call of HPy.
macro_rules! converted {
    ($($unit:literal $type:ty = $convert:ident as $wide:ty;)*) => {
        $(
            // SAFETY: this is the unit's type.
            unsafe impl ArgUnit<$unit> for $type {
                #[inline(always)]
                unsafe fn convert(&mut self, ctx: &HPyContext, _format: *const c_char, h: HPy) -> bool {
                    // SAFETY: the caller's promise.
                    unsafe {
                        let value: $wide = $convert(ctx, h);
                        if failed!(ctx, value: $wide) {
                            return false;
                        }
                        *self = value as $type;
                        true
                    }
                }
            }
        )*
    };
}

converted! {
    'B' c_uchar = HPyLong_AsUnsignedLongMask as c_ulong;
    'H' c_ushort = HPyLong_AsUnsignedLongMask as c_ulong;
    'I' c_uint = HPyLong_AsUnsignedLongMask as c_ulong;
    'l' c_long = HPyLong_AsLong as c_long;
    'k' c_ulong = HPyLong_AsUnsignedLongMask as c_ulong;
    'L' c_longlong = HPyLong_AsLongLong as c_longlong;
    'K' c_ulonglong = HPyLong_AsUnsignedLongLongMask as c_ulonglong;
    'd' c_double = HPyFloat_AsDouble as c_double;
    'f' c_float = HPyFloat_AsDouble as c_double;
    'p' c_int = HPy_IsTrue as c_int;
}

/// A unit that is narrower than what HPy converts to.
macro_rules! ranged {
    ($($unit:literal $type:ty, $less:literal, $greater:literal;)*) => {
        $(
            // SAFETY: this is the unit's type.
            unsafe impl ArgUnit<$unit> for $type {
                #[inline(always)]
                unsafe fn convert(&mut self, ctx: &HPyContext, format: *const c_char, h: HPy) -> bool {
                    // SAFETY: the caller's promise.
                    unsafe {
                        let value = HPyLong_AsLong(ctx, h);
                        if failed!(ctx, value: c_long) {
                            return false;
                        }
                        match <$type>::try_from(value) {
                            Ok(value) => {
                                *self = value;
                                true
                            }
                            Err(_) => raise(ctx, format, ctx.h_OverflowError, if value < 0 { $less } else { $greater }),
                        }
                    }
                }
            }
        )*
    };
}

ranged! {
    'b' c_uchar, c"unsigned byte integer is less than minimum", c"unsigned byte integer is greater than maximum";
    'h' c_short, c"signed short integer is less than minimum", c"signed short integer is greater than maximum";
    'i' c_int, c"signed integer is less than minimum", c"signed integer is greater than maximum";
}

// SAFETY: this is the unit's type.
unsafe impl ArgUnit<'n'> for HPy_ssize_t {
    #[inline(always)]
    unsafe fn convert(&mut self, ctx: &HPyContext, _format: *const c_char, h: HPy) -> bool {
        // SAFETY: the caller's promise.
        unsafe {
            let value = match HPy_TypeCheck(ctx, h, ctx.h_LongType) {
                0 => size_of_index(ctx, h),
                _ => HPyLong_AsSsize_t(ctx, h),
            };
            if failed!(ctx, value: HPy_ssize_t) {
                return false;
            }
            *self = value;
            true
        }
    }
}

/// `HPyLong_AsSsize_t` of what is no `int`: CPython's function wants one, and its argument parser asks `__index__`.
///
/// # Safety
/// `h` is an open handle.
#[cold]
#[inline(never)]
unsafe fn size_of_index(ctx: &HPyContext, h: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise; the number is one's own.
    unsafe {
        let index = HPy_Index(ctx, h);
        if HPy_IsNull(index) {
            return -1;
        }
        let value = HPyLong_AsSsize_t(ctx, index);
        HPy_Close(ctx, index);
        value
    }
}

// SAFETY: this is the unit's type.
unsafe impl ArgUnit<'O'> for HPy {
    #[inline(always)]
    unsafe fn convert(&mut self, _ctx: &HPyContext, _format: *const c_char, h: HPy) -> bool {
        *self = h;
        true
    }
}

// SAFETY: this is the unit's type.
unsafe impl ArgUnit<'s'> for *const c_char {
    #[inline]
    unsafe fn convert(&mut self, ctx: &HPyContext, format: *const c_char, h: HPy) -> bool {
        // SAFETY: the caller's promise; the text ends with a NUL that its size does not count.
        unsafe {
            if HPyUnicode_Check(ctx, h) == 0 {
                return raise(ctx, format, ctx.h_TypeError, c"a str is required");
            }
            let mut size = 0;
            let text = HPyUnicode_AsUTF8AndSize(ctx, h, &mut size);
            if text.is_null() {
                return not_encoded(ctx, format);
            }
            if CStr::from_ptr(text).count_bytes() != size as usize {
                return raise(ctx, format, ctx.h_ValueError, c"embedded null character");
            }
            *self = text;
            true
        }
    }
}

/// The encoder's own exception stays, as it says more.
///
/// # Safety
/// `format` is a C string.
#[cold]
#[inline(never)]
unsafe fn not_encoded(ctx: &HPyContext, format: *const c_char) -> bool {
    // SAFETY: the caller's promise.
    unsafe { HPyErr_Occurred(ctx) == 0 && raise(ctx, format, ctx.h_SystemError, c"unicode conversion error") }
}

/// Writes the value of `h` to `output`, for a unit that is known at run time only.
///
/// # Safety
/// As for [`ArgUnit::convert`]; `unit` is one that [`is_unit`](super::spec::is_unit) knows, and `output` points
/// to a variable of its type.
pub(crate) unsafe fn convert_unit(
    ctx: &HPyContext,
    format: *const c_char,
    unit: u8,
    h: HPy,
    output: *mut c_void,
) -> bool {
    macro_rules! to {
        ($unit:literal, $type:ty) => {
            ArgUnit::<$unit>::convert(&mut *output.cast::<$type>(), ctx, format, h)
        };
    }
    // SAFETY: the caller's promise.
    unsafe {
        match unit {
            b'b' => to!('b', c_uchar),
            b'B' => to!('B', c_uchar),
            b'h' => to!('h', c_short),
            b'H' => to!('H', c_ushort),
            b'i' => to!('i', c_int),
            b'I' => to!('I', c_uint),
            b'l' => to!('l', c_long),
            b'k' => to!('k', c_ulong),
            b'L' => to!('L', c_longlong),
            b'K' => to!('K', c_ulonglong),
            b'n' => to!('n', HPy_ssize_t),
            b'f' => to!('f', c_float),
            b'd' => to!('d', c_double),
            b's' => to!('s', *const c_char),
            b'p' => to!('p', c_int),
            _ => to!('O', HPy),
        }
    }
}
