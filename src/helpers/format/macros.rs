// src/helpers/format/macros.rs: HPyUnicode_FromFormat and HPyErr_Format for Rust, checked at compile time.

/// The values of a call, each as its unit wants it.
#[doc(hidden)]
#[macro_export]
macro_rules! __hpy_format_values {
    ($spec:ident, $index:expr, [$($item:tt)*];) => {
        [$($item)*]
    };
    ($spec:ident, $index:expr, [$($item:tt)*]; $value:expr, $($rest:tt)*) => {
        $crate::__hpy_format_values!(
            $spec, $index + 1,
            [$($item)* $crate::__helpers::format_value::<{ $spec.kind($index) }, _>($value),];
            $($rest)*
        )
    };
}

/// Builds a text: `HPyUnicode_FromFormat!(ctx, "%s is %d", c"x".as_ptr(), 5)` is the `str` `x is 5`.
///
/// The format is read at compile time, and a mistake in it, or a value of another type, is a compile error.
///
/// - `ctx`: the context.
/// - format: a constant ASCII text with `%[0][width][.precision][length]unit`.
/// - a value for each unit. Handles and strings stay the caller's.
///
/// | unit | value | text |
/// |---|---|---|
/// | `%%` | | a percent sign |
/// | `%d` `%i`, `%ld`, `%lld`, `%zd` | [`c_int`], [`c_long`], [`c_longlong`], [`HPy_ssize_t`] | decimal |
/// | `%u`, `%lu`, `%llu`, `%zu` | [`c_uint`], [`c_ulong`], [`c_ulonglong`], `usize` | decimal |
/// | `%x` | [`c_int`] or [`c_uint`] | hexadecimal, unsigned |
/// | `%c` | [`c_int`] or [`char`] | the character |
/// | `%p` | any pointer | hexadecimal after `0x` |
/// | `%s` | `*const c_char` | a C string in UTF-8 |
/// | `%U` | [`HPy`] | a `str` |
/// | `%V` | [`HPy`], and then `*const c_char` | a `str`, or if it is `HPy_NULL`, the C string |
/// | `%S`, `%R`, `%A` | [`HPy`] | what `str`, `repr`, `ascii` say |
///
/// The width is the least number of characters, and spaces are added on the left. The precision of integers is the
/// least number of digits; that of `%s` and of a C string of `%V` is the greatest number of bytes, and that of
/// objects the greatest number of characters. A `0` pads integers with zeros after the sign. `%c` and `%p` take none
/// of these.
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
///
/// [`HPy`]: crate::HPy
/// [`HPy_ssize_t`]: crate::HPy_ssize_t
/// [`c_int`]: crate::c_int
/// [`c_long`]: crate::c_long
/// [`c_longlong`]: crate::c_longlong
/// [`c_uint`]: crate::c_uint
/// [`c_ulong`]: crate::c_ulong
/// [`c_ulonglong`]: crate::c_ulonglong
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
            &$crate::__hpy_format_values!(__HPY_FORMAT, 0, []; $($value,)*),
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
            &$crate::__hpy_format_values!(__HPY_FORMAT, 0, []; $($value,)*),
        )
    }};
}
