// src/helpers/arg/conversions.rs: the units of the argument parsers that give more than a number.

use core::ffi::CStr;
use core::ptr;

use super::error::raise;
use crate::raised::Raised;
use crate::*;

/// The object itself.
///
/// # Safety
/// `h` is an open handle.
#[inline(always)]
pub(super) unsafe fn object(_ctx: &HPyContext, _format: *const c_char, h: HPy) -> Result<HPy, Raised> {
    Ok(h)
}

/// The UTF-8 of a `str` without a NUL.
///
/// # Safety
/// `h` is an open handle, and `format` a C string.
#[inline]
pub(super) unsafe fn text(ctx: &HPyContext, format: *const c_char, h: HPy) -> Result<*const c_char, Raised> {
    // SAFETY: the caller's promise; the text ends with a NUL that its size does not count.
    unsafe {
        if HPyUnicode_Check(ctx, h) == 0 {
            raise(ctx, format, ctx.h_TypeError, c"a str is required");
            return Err(Raised);
        }
        let mut size = 0;
        let text = HPyUnicode_AsUTF8AndSize(ctx, h, &mut size);
        if text.is_null() {
            not_encoded(ctx, format);
            return Err(Raised);
        }
        if CStr::from_ptr(text).count_bytes() != size as usize {
            raise(ctx, format, ctx.h_ValueError, c"embedded null character");
            return Err(Raised);
        }
        Ok(text)
    }
}

/// The encoder's own exception stays, as it says more.
///
/// # Safety
/// `format` is a C string.
#[cold]
#[inline(never)]
unsafe fn not_encoded(ctx: &HPyContext, format: *const c_char) {
    // SAFETY: the caller's promise.
    unsafe {
        if HPyErr_Occurred(ctx) == 0 {
            raise(ctx, format, ctx.h_SystemError, c"unicode conversion error");
        }
    }
}

/// Raises `TypeError`.
///
/// # Safety
/// `format` is a C string.
#[cold]
#[inline(never)]
unsafe fn wrong<T>(ctx: &HPyContext, format: *const c_char, message: &CStr) -> Result<T, Raised> {
    // SAFETY: the caller's promise.
    unsafe { raise(ctx, format, ctx.h_TypeError, message) };
    Err(Raised)
}

/// # Safety
/// `h` is an open handle.
unsafe fn is_none(ctx: &HPyContext, h: HPy) -> bool {
    // SAFETY: the caller's promise.
    unsafe { HPy_Is(ctx, h, ctx.h_None) != 0 }
}

/// The UTF-8 of a `str`, or the bytes of `bytes`, with their number.
///
/// # Safety
/// `h` is an open handle, and `format` a C string.
pub(super) unsafe fn sized_text(
    ctx: &HPyContext,
    format: *const c_char,
    h: HPy,
) -> Result<(*const c_char, HPy_ssize_t), Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        if HPyBytes_Check(ctx, h) != 0 {
            return sized_bytes(ctx, format, h);
        }
        if HPyUnicode_Check(ctx, h) == 0 {
            return wrong(ctx, format, c"a str or bytes is required");
        }
        let mut size = 0;
        let text = HPyUnicode_AsUTF8AndSize(ctx, h, &mut size);
        if text.is_null() {
            not_encoded(ctx, format);
            return Err(Raised);
        }
        Ok((text, size))
    }
}

/// # Safety
/// As of [`text`].
pub(super) unsafe fn text_or_none(ctx: &HPyContext, format: *const c_char, h: HPy) -> Result<*const c_char, Raised> {
    // SAFETY: the caller's promise.
    unsafe { if is_none(ctx, h) { Ok(ptr::null()) } else { text(ctx, format, h) } }
}

/// # Safety
/// As of [`sized_text`].
pub(super) unsafe fn sized_text_or_none(
    ctx: &HPyContext,
    format: *const c_char,
    h: HPy,
) -> Result<(*const c_char, HPy_ssize_t), Raised> {
    // SAFETY: the caller's promise.
    unsafe { if is_none(ctx, h) { Ok((ptr::null(), 0)) } else { sized_text(ctx, format, h) } }
}

/// The bytes of `bytes` with their number.
///
/// # Safety
/// `h` is an open handle, and `format` a C string.
pub(super) unsafe fn sized_bytes(
    ctx: &HPyContext,
    format: *const c_char,
    h: HPy,
) -> Result<(*const c_char, HPy_ssize_t), Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        match HPyBytes_Check(ctx, h) {
            0 => wrong(ctx, format, c"a bytes object is required"),
            _ => Ok((HPyBytes_AS_STRING(ctx, h), HPyBytes_GET_SIZE(ctx, h))),
        }
    }
}

/// The bytes of `bytes` without a NUL.
///
/// # Safety
/// `h` is an open handle, and `format` a C string.
pub(super) unsafe fn bytes(ctx: &HPyContext, format: *const c_char, h: HPy) -> Result<*const c_char, Raised> {
    // SAFETY: the caller's promise; a NUL that its size does not count follows the bytes.
    unsafe {
        let (bytes, size) = sized_bytes(ctx, format, h)?;
        if CStr::from_ptr(bytes).count_bytes() != size as usize {
            raise(ctx, format, ctx.h_ValueError, c"embedded null byte");
            return Err(Raised);
        }
        Ok(bytes)
    }
}

/// A view of an object's memory.
///
/// # Safety
/// `h` is an open handle.
unsafe fn view(ctx: &HPyContext, h: HPy, flags: c_int) -> Result<HPy_buffer, Raised> {
    let mut view = HPy_buffer::EMPTY;
    // SAFETY: the caller's promise.
    if unsafe { HPy_GetBuffer(ctx, h, &mut view, flags) } != 0 { Err(Raised) } else { Ok(view) }
}

/// # Safety
/// `h` is an open handle, and `format` a C string.
pub(super) unsafe fn buffer(ctx: &HPyContext, _format: *const c_char, h: HPy) -> Result<HPy_buffer, Raised> {
    // SAFETY: the caller's promise.
    unsafe { view(ctx, h, HPyBUF_SIMPLE) }
}

/// # Safety
/// `h` is an open handle, and `format` a C string.
pub(super) unsafe fn writable_buffer(ctx: &HPyContext, format: *const c_char, h: HPy) -> Result<HPy_buffer, Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        view(ctx, h, HPyBUF_WRITABLE).or_else(|Raised| {
            // Python's exception does not say which argument it is about.
            if HPyErr_ExceptionMatches(ctx, ctx.h_BufferError) != 0
                || HPyErr_ExceptionMatches(ctx, ctx.h_TypeError) != 0
            {
                return wrong(ctx, format, c"a read-write bytes-like object is required");
            }
            Err(Raised)
        })
    }
}

/// A view of the memory, or of the UTF-8 of a `str`.
///
/// # Safety
/// `h` is an open handle, and `format` a C string.
pub(super) unsafe fn text_buffer(ctx: &HPyContext, format: *const c_char, h: HPy) -> Result<HPy_buffer, Raised> {
    // SAFETY: the caller's promise; the view keeps the bytes.
    unsafe {
        if HPyUnicode_Check(ctx, h) == 0 {
            return buffer(ctx, format, h);
        }
        let bytes = HPyUnicode_AsUTF8String(ctx, h);
        if HPy_IsNull(bytes) {
            return Err(Raised);
        }
        let view = view(ctx, bytes, HPyBUF_SIMPLE);
        HPy_Close(ctx, bytes);
        view
    }
}

/// # Safety
/// As of [`text_buffer`].
pub(super) unsafe fn text_buffer_or_none(
    ctx: &HPyContext,
    format: *const c_char,
    h: HPy,
) -> Result<HPy_buffer, Raised> {
    // SAFETY: the caller's promise.
    unsafe { if is_none(ctx, h) { Ok(HPy_buffer::EMPTY) } else { text_buffer(ctx, format, h) } }
}

macro_rules! objects {
    ($($name:ident: $check:ident, $message:literal;)*) => {
        $(
            /// The object itself, of this class.
            ///
            /// # Safety
            /// `h` is an open handle, and `format` a C string.
            #[inline]
            pub(super) unsafe fn $name(ctx: &HPyContext, format: *const c_char, h: HPy) -> Result<HPy, Raised> {
                // SAFETY: the caller's promise.
                unsafe { if $check(ctx, h) != 0 { Ok(h) } else { wrong(ctx, format, $message) } }
            }
        )*
    };
}

objects! {
    str_object: HPyUnicode_Check, c"a str is required";
    bytes_object: HPyBytes_Check, c"a bytes object is required";
    bytearray_object: HPyByteArray_Check, c"a bytearray is required";
}

/// The only byte of `bytes` or `bytearray`.
///
/// # Safety
/// `h` is an open handle, and `format` a C string.
pub(super) unsafe fn byte(ctx: &HPyContext, format: *const c_char, h: HPy) -> Result<c_char, Raised> {
    // SAFETY: the caller's promise; the number is one's own.
    unsafe {
        let is_right = HPyBytes_Check(ctx, h) != 0 || HPyByteArray_Check(ctx, h) != 0;
        if !is_right || HPy_Length(ctx, h) != 1 {
            return wrong(ctx, format, c"a byte string of length 1 is required");
        }
        let byte = HPy_GetItem_i(ctx, h, 0);
        if HPy_IsNull(byte) {
            return Err(Raised);
        }
        let value = HPyLong_AsLong(ctx, byte);
        HPy_Close(ctx, byte);
        Ok(value as c_char)
    }
}

/// The only character of a `str`.
///
/// # Safety
/// `h` is an open handle, and `format` a C string.
pub(super) unsafe fn code_point(ctx: &HPyContext, format: *const c_char, h: HPy) -> Result<c_int, Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        if HPyUnicode_Check(ctx, h) == 0 || HPyUnicode_GetLength(ctx, h) != 1 {
            return wrong(ctx, format, c"a str of length 1 is required");
        }
        Ok(HPyUnicode_ReadChar(ctx, h, 0) as c_int)
    }
}

/// The parts of a number.
///
/// # Safety
/// `h` is an open handle.
pub(super) unsafe fn complex(ctx: &HPyContext, _format: *const c_char, h: HPy) -> Result<(f64, f64), Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        let real = HPyComplex_RealAsDouble(ctx, h);
        if real == -1.0 && HPyErr_Occurred(ctx) != 0 {
            return Err(Raised);
        }
        let imag = HPyComplex_ImagAsDouble(ctx, h);
        if imag == -1.0 && HPyErr_Occurred(ctx) != 0 { Err(Raised) } else { Ok((real, imag)) }
    }
}
