// src/helpers/arg/error.rs: the errors of the argument parsers, under the name that the format gives the function.

use core::ffi::CStr;

use super::spec::ends_units;
use crate::helpers::format::{set_object, unicode_from_format};
use crate::helpers::values::Value;
use crate::*;

/// What a format says about messages, after its units.
enum Suffix {
    /// Nothing: it is "function".
    None,
    /// `:name`: the name of the function.
    Name(*const c_char),
    /// `;text`: what to say in place of any message.
    Text(*const c_char),
}

/// The first of `:` and `;` tells which it is.
///
/// # Safety
/// `format` is a C string that lives as long as the result.
unsafe fn suffix(mut format: *const c_char) -> Suffix {
    // SAFETY: the caller passes a C string, and the loop ends at its terminator.
    unsafe {
        while !ends_units(*format as u8) {
            format = format.add(1);
        }
        match *format as u8 {
            b':' => Suffix::Name(format.add(1)),
            b';' => Suffix::Text(format.add(1)),
            _ => Suffix::None,
        }
    }
}

/// Raises `exception` with a message about the function that `format` names. It returns false, for its callers to
/// pass on.
///
/// # Safety
/// `format` is a C string, `exception` an open handle, and `message` has no directive.
#[cold]
#[inline(never)]
pub(crate) unsafe fn raise(ctx: &HPyContext, format: *const c_char, exception: HPy, message: &CStr) -> bool {
    // SAFETY: a message without values has no directives.
    unsafe { raise_with(ctx, format, exception, message, &[]) }
}

/// As [`raise`], with `values` for the directives of the message.
///
/// # Safety
/// `format` is a C string, `exception` an open handle, and `values` are those that the directives of `message` ask for.
#[cold]
#[inline(never)]
pub(crate) unsafe fn raise_with(
    ctx: &HPyContext,
    format: *const c_char,
    exception: HPy,
    message: &CStr,
    values: &[Value],
) -> bool {
    // SAFETY: the caller passes an open handle, a C string, and the values that the message asks for.
    unsafe {
        let text = match suffix(format) {
            Suffix::Text(text) => unicode_from_format(ctx, c"%.511s".as_ptr(), &[Value { s: text }]),
            suffix => {
                let message = unicode_from_format(ctx, message.as_ptr(), values);
                let text = match suffix {
                    _ if HPy_IsNull(message) => HPy_NULL,
                    Suffix::Name(name) => unicode_from_format(
                        ctx,
                        c"%.200s() %.256U".as_ptr(),
                        &[Value { s: name }, Value { o: message }],
                    ),
                    _ => unicode_from_format(ctx, c"function %.256U".as_ptr(), &[Value { o: message }]),
                };
                HPy_Close(ctx, message);
                text
            }
        };
        set_object(ctx, exception, text);
    }
    false
}
