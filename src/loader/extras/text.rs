// src/loader/extras/text.rs: the extras about text and `bytearray` through loaders that have none.

use core::ffi::CStr;

use super::set::is_a;
use crate::loader::call::*;
use crate::*;

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_FromStringAndSize(ctx: &HPyContext, utf8: *const c_char, size: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyUnicode_Decode(ctx, utf8, size, c"utf-8".as_ptr(), core::ptr::null()) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_FromKindAndData(
    ctx: &HPyContext,
    kind: c_int,
    data: *const c_void,
    size: HPy_ssize_t,
) -> HPy {
    let encoding = match (kind, cfg!(target_endian = "little")) {
        (1, _) => c"latin-1",
        (2, true) => c"utf-16-le",
        (2, false) => c"utf-16-be",
        (4, true) => c"utf-32-le",
        (4, false) => c"utf-32-be",
        // SAFETY: the caller's promise.
        _ => unsafe { return HPyErr_SetString(ctx, ctx.h_SystemError, c"invalid kind".as_ptr()) },
    };
    if size < 0 {
        // SAFETY: the caller's promise.
        return unsafe { HPyErr_SetString(ctx, ctx.h_ValueError, c"size must be positive".as_ptr()) };
    }
    // SAFETY: the caller's promise. The characters are code points: a surrogate is one too, and half of none.
    unsafe {
        if kind == 2 {
            let mut text = HPyUnicode_FromString(ctx, c"".as_ptr());
            for &unit in core::slice::from_raw_parts(data.cast::<u16>(), size as usize) {
                text = with(ctx, text, HPy_NULL, |text| {
                    let next = HPyUnicode_FromOrdinal(ctx, unit.into());
                    with(ctx, next, HPy_NULL, |next| HPy_Add(ctx, text, next))
                });
            }
            return text;
        }
        let data = data.cast();
        HPyUnicode_Decode(ctx, data, size * kind as HPy_ssize_t, encoding.as_ptr(), c"surrogatepass".as_ptr())
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_FromOrdinal(ctx: &HPyContext, ordinal: c_int) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        with(ctx, HPyLong_FromLong(ctx, ordinal.into()), HPy_NULL, |ordinal| call_builtin(ctx, c"chr", &[ordinal]))
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_InternFromString(ctx: &HPyContext, utf8: *const c_char) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { with(ctx, HPyUnicode_FromString(ctx, utf8), HPy_NULL, |text| call_of(ctx, c"sys", c"intern", &[text])) }
}

/// A `str` of a C string, or of `default`.
///
/// # Safety
/// A C string, or null.
unsafe fn text_or(ctx: &HPyContext, text: *const c_char, default: &CStr) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyUnicode_FromString(ctx, if text.is_null() { default.as_ptr() } else { text }) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_Decode(
    ctx: &HPyContext,
    data: *const c_char,
    size: HPy_ssize_t,
    encoding: *const c_char,
    errors: *const c_char,
) -> HPy {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        with(ctx, HPyBytes_FromStringAndSize(ctx, data, size), HPy_NULL, |data| {
            with(ctx, text_or(ctx, encoding, c"utf-8"), HPy_NULL, |encoding| {
                with(ctx, text_or(ctx, errors, c"strict"), HPy_NULL, |errors| {
                    call_of_type(ctx, ctx.h_BytesType, c"decode", &[data, encoding, errors])
                })
            })
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_DecodeUTF8(
    ctx: &HPyContext,
    data: *const c_char,
    size: HPy_ssize_t,
    errors: *const c_char,
) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyUnicode_Decode(ctx, data, size, c"utf-8".as_ptr(), errors) }
}

/// Whether objects are texts, or `TypeError` is set.
///
/// # Safety
/// The handles are open.
unsafe fn are_texts(ctx: &HPyContext, texts: &[HPy]) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let are_they = texts.iter().all(|&text| HPyUnicode_Check(ctx, text) != 0);
        if !are_they {
            HPyErr_SetString(ctx, ctx.h_TypeError, c"must be str".as_ptr());
        }
        are_they
    }
}

/// Calls a method of `str` with a text and further arguments.
///
/// # Safety
/// The handles are open.
unsafe fn call_of_text(ctx: &HPyContext, name: &CStr, texts: &[HPy], args: &[HPy]) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        match are_texts(ctx, texts) {
            true => call_of_type(ctx, ctx.h_UnicodeType, name, args),
            false => HPy_NULL,
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_AsEncodedString(
    ctx: &HPyContext,
    text: HPy,
    encoding: *const c_char,
    errors: *const c_char,
) -> HPy {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        with(ctx, text_or(ctx, encoding, c"utf-8"), HPy_NULL, |encoding| {
            with(ctx, text_or(ctx, errors, c"strict"), HPy_NULL, |errors| {
                call_of_text(ctx, c"encode", &[text], &[text, encoding, errors])
            })
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_GetLength(ctx: &HPyContext, text: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { number(ctx, call_of_text(ctx, c"__len__", &[text], &[text])) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_EqualToUTF8(ctx: &HPyContext, text: HPy, utf8: *const c_char) -> c_int {
    // SAFETY: the caller's promise: a C string.
    unsafe { HPyUnicode_EqualToUTF8AndSize(ctx, text, utf8, CStr::from_ptr(utf8).count_bytes() as HPy_ssize_t) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_EqualToUTF8AndSize(
    ctx: &HPyContext,
    text: HPy,
    utf8: *const c_char,
    size: HPy_ssize_t,
) -> c_int {
    // SAFETY: the caller's promise. A text with surrogates has no UTF-8.
    unsafe {
        let mut length = 0;
        let own = HPyUnicode_AsUTF8AndSize(ctx, text, &mut length);
        if own.is_null() {
            HPyErr_Clear(ctx);
            return 0;
        }
        let bytes =
            |text: *const c_char, size: HPy_ssize_t| core::slice::from_raw_parts(text.cast::<u8>(), size as usize);
        (bytes(own, length) == bytes(utf8, size)) as c_int
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_Compare(ctx: &HPyContext, left: HPy, right: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let is_less = truth(ctx, call_of_text(ctx, c"__lt__", &[left, right], &[left, right]));
        if is_less != 0 {
            return -1;
        }
        truth(ctx, call_of_text(ctx, c"__gt__", &[left, right], &[left, right]))
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_Contains(ctx: &HPyContext, text: HPy, substr: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { truth(ctx, call_of_text(ctx, c"__contains__", &[text, substr], &[text, substr])) }
}

/// Calls a method of `str` with another text and two indices.
///
/// # Safety
/// The handles are open.
unsafe fn call_between(ctx: &HPyContext, name: &CStr, texts: [HPy; 2], start: HPy_ssize_t, end: HPy_ssize_t) -> HPy {
    let [text, substr] = texts;
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        with(ctx, HPyLong_FromSsize_t(ctx, start), HPy_NULL, |start| {
            with(ctx, HPyLong_FromSsize_t(ctx, end), HPy_NULL, |end| {
                call_of_text(ctx, name, &texts, &[text, substr, start, end])
            })
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_Find(
    ctx: &HPyContext,
    text: HPy,
    substr: HPy,
    start: HPy_ssize_t,
    end: HPy_ssize_t,
    direction: c_int,
) -> HPy_ssize_t {
    let name = if direction > 0 { c"find" } else { c"rfind" };
    // SAFETY: the caller's promise.
    unsafe {
        let index = call_between(ctx, name, [text, substr], start, end);
        if HPy_IsNull(index) { -2 } else { number(ctx, index) }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_Tailmatch(
    ctx: &HPyContext,
    text: HPy,
    substr: HPy,
    start: HPy_ssize_t,
    end: HPy_ssize_t,
    direction: c_int,
) -> HPy_ssize_t {
    let name = if direction > 0 { c"endswith" } else { c"startswith" };
    // SAFETY: the caller's promise.
    unsafe { truth(ctx, call_between(ctx, name, [text, substr], start, end)) as HPy_ssize_t }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_Concat(ctx: &HPyContext, left: HPy, right: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { call_of_text(ctx, c"__add__", &[left, right], &[left, right]) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_Join(ctx: &HPyContext, separator: HPy, iterable: HPy) -> HPy {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        match HPy_IsNull(separator) {
            true => with(ctx, HPyUnicode_FromString(ctx, c" ".as_ptr()), HPy_NULL, |space| {
                call_of_type(ctx, ctx.h_UnicodeType, c"join", &[space, iterable])
            }),
            false => call_of_text(ctx, c"join", &[separator], &[separator, iterable]),
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_Split(ctx: &HPyContext, text: HPy, separator: HPy, maxsplit: HPy_ssize_t) -> HPy {
    let texts = [text, separator];
    let texts = if HPy_IsNull(separator) { &texts[..1] } else { &texts };
    // SAFETY: the caller's promise.
    unsafe {
        with(ctx, HPyLong_FromSsize_t(ctx, maxsplit), HPy_NULL, |maxsplit| {
            call_of_text(ctx, c"split", texts, &[text, or_none(ctx, separator), maxsplit])
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_Splitlines(ctx: &HPyContext, text: HPy, keepends: c_int) -> HPy {
    let keepends = if keepends != 0 { ctx.h_True } else { ctx.h_False };
    // SAFETY: the caller's promise.
    unsafe { call_of_text(ctx, c"splitlines", &[text], &[text, keepends]) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_Replace(
    ctx: &HPyContext,
    text: HPy,
    substr: HPy,
    replacement: HPy,
    maxcount: HPy_ssize_t,
) -> HPy {
    let texts = [text, substr, replacement];
    // SAFETY: the caller's promise.
    unsafe {
        with(ctx, HPyLong_FromSsize_t(ctx, maxcount), HPy_NULL, |maxcount| {
            call_of_text(ctx, c"replace", &texts, &[text, substr, replacement, maxcount])
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyByteArray_Check(ctx: &HPyContext, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { is_a(ctx, h, c"bytearray") as c_int }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyByteArray_FromStringAndSize(ctx: &HPyContext, data: *const c_char, size: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        if !takes(ctx, size >= 0) {
            return HPy_NULL;
        }
        let content = match data.is_null() {
            true => HPyLong_FromSsize_t(ctx, size),
            false => HPyBytes_FromStringAndSize(ctx, data, size),
        };
        with(ctx, content, HPy_NULL, |content| call_builtin(ctx, c"bytearray", &[content]))
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyByteArray_Size(ctx: &HPyContext, h: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { number(ctx, call_of_builtin_type(ctx, c"bytearray", c"__len__", &[h])) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyByteArray_Resize(ctx: &HPyContext, h: HPy, size: HPy_ssize_t) -> c_int {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        let more = size - HPyByteArray_Size(ctx, h);
        if more > 0 {
            let bytes = HPyByteArray_FromStringAndSize(ctx, core::ptr::null(), more);
            return with(ctx, bytes, -1, |bytes| {
                done(ctx, call_of_builtin_type(ctx, c"bytearray", c"extend", &[h, bytes]))
            });
        }
        HPy_DelSlice(ctx, h, size, size - more)
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyBytes_AsStringAndSize(
    ctx: &HPyContext,
    h: HPy,
    buffer: *mut *const c_char,
    size: *mut HPy_ssize_t,
) -> c_int {
    // SAFETY: the caller's promise; `size` may be null.
    unsafe {
        let (bytes, count) = (HPyBytes_AsString(ctx, h), HPyBytes_Size(ctx, h));
        if bytes.is_null() || count < 0 {
            return -1;
        }
        if size.is_null() {
            if CStr::from_ptr(bytes).count_bytes() as HPy_ssize_t != count {
                HPyErr_SetString(ctx, ctx.h_ValueError, c"embedded null byte".as_ptr());
                return -1;
            }
        } else {
            *size = count;
        }
        *buffer = bytes;
        0
    }
}
