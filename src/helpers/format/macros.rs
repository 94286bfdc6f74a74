// src/helpers/format/macros.rs: HPyUnicode_FromFormat and HPyErr_Format for Rust, checked at compile time.

use crate::helpers::units::format;
use crate::helpers::values::{Value, value_trait};
use crate::*;

format::units! { value_trait
    /// What a value has to be for the unit with the code `UNIT` of a `HPyUnicode_FromFormat!` or `HPyErr_Format!`, whose
    /// value number `VALUE` it is.
    FormatUnit,
    message = "the formatting unit {UNIT} does not take a value of type `{Self}`",
    label = "a value of this call has type `{Self}`",
}

/// The value of a unit.
#[inline(always)]
pub fn format_value<const UNIT: char, const VALUE: usize, T: FormatUnit<UNIT, VALUE>>(value: T) -> Value {
    value.value()
}

/// Builds a text: `HPyUnicode_FromFormat!(ctx, "%s is %d", c"x".as_ptr(), 5)` is the `str` `x is 5`.
///
/// The format is read at compile time, and a mistake in it, or a value of another type, is a compile error.
///
/// - `ctx`: the context.
/// - format: a constant ASCII text with `%[0][width][.precision]unit`.
/// - a value for each unit. Handles and strings stay the caller's.
///
#[doc = include_str!(concat!(env!("OUT_DIR"), "/docs/format_units.md"))]
///
/// The width is the least number of characters, and spaces are added on the left. The precision of integers is the
/// least number of digits; that of a C string is the greatest number of bytes, and that of objects the greatest number
/// of characters. A `0` pads integers with zeros after the sign.
///
/// It is a new handle, which the caller closes, or `HPy_NULL` with an exception set: `SystemError` for `HPy_NULL` or
/// a null string, `OverflowError` for `%c` of a number that is no code point, `UnicodeDecodeError` for a string that
/// is no UTF-8, `TypeError` for `%U` of another object, `MemoryError`, and what `__str__` or `__repr__` raises.
///
/// # Safety
/// Handles are open or `HPy_NULL`; strings are C strings or null, and for `%s` with a precision need no terminator if
/// they have as many bytes.
///
/// ```no_run
/// use hpy_sys::*;
///
/// HPyDef_METH!(describe, "describe", HPyFunc_O, |ctx, _self, arg| unsafe {
///     HPyUnicode_FromFormat!(ctx, "%R has length %zd", arg, HPy_Length(ctx, arg))
/// });
/// ```
///
/// Source: HPy `HPyUnicode_FromFormat`.
#[macro_export]
macro_rules! HPyUnicode_FromFormat {
    ($ctx:expr, $format:expr $(, $value:expr)* $(,)?) => {{
        const __HPY_FORMAT: $crate::__helpers::FormatSpec = $crate::__helpers::FormatSpec::new(
            $crate::__private::c_string($crate::__hpy_terminated!($format)),
            $crate::__hpy_count!($($value),*),
        );
        $crate::__helpers::unicode_from_format(
            $ctx,
            __HPY_FORMAT.format.as_ptr(),
            &$crate::__hpy_values!(format_value, __HPY_FORMAT, 0, []; $($value,)*),
        )
    }};
}

/// Raises an exception: `HPyErr_Format!(ctx, ctx.h_ValueError, "%zd items are too many", count)`.
///
/// - `ctx`: the context.
/// - the class of the exception, a handle that stays the caller's.
/// - format and values: as for [`HPyUnicode_FromFormat!`](crate::HPyUnicode_FromFormat).
///
/// It is always `HPy_NULL`, so that a function can return it. The exception is the one that is asked for, or the one
/// that [`HPyUnicode_FromFormat!`](crate::HPyUnicode_FromFormat) raises if there is no text.
///
/// # Safety
/// The class is an open handle; for the rest as for [`HPyUnicode_FromFormat!`](crate::HPyUnicode_FromFormat).
///
/// ```no_run
/// use hpy_sys::*;
///
/// HPyDef_METH!(refuse, "refuse", HPyFunc_O, |ctx, _self, arg| unsafe {
///     HPyErr_Format!(ctx, ctx.h_ValueError, "%R is refused", arg)
/// });
/// ```
///
/// Source: HPy `HPyErr_Format`.
#[macro_export]
macro_rules! HPyErr_Format {
    ($ctx:expr, $exception:expr, $format:expr $(, $value:expr)* $(,)?) => {{
        const __HPY_FORMAT: $crate::__helpers::FormatSpec = $crate::__helpers::FormatSpec::new(
            $crate::__private::c_string($crate::__hpy_terminated!($format)),
            $crate::__hpy_count!($($value),*),
        );
        $crate::__helpers::err_format(
            $ctx,
            $exception,
            __HPY_FORMAT.format.as_ptr(),
            &$crate::__hpy_values!(format_value, __HPY_FORMAT, 0, []; $($value,)*),
        )
    }};
}
