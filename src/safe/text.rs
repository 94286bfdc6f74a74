// src/safe/text.rs: conversions of text and bytes, which are read where Python has them.

use core::{ptr, slice, str};

use super::exceptions::{Exception, TypeError, UnicodeEncodeError};
use super::{FromObject, IntoObject, Object, Result};
use crate::raised::Raised;
use crate::*;

/// Bytes that are a Python `bytes`: `Bytes(&[1, 2])`. A slice by itself would be a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes<'a>(
    /// The bytes.
    pub &'a [u8],
);

impl<'c> Object<'c> {
    /// Whether it is a `str`, or of a subclass.
    #[inline(always)]
    pub fn is_text(&self) -> bool {
        // SAFETY: the handle is open.
        unsafe { HPyUnicode_Check(self.context(), self.handle()) != 0 }
    }

    /// The text of a `str` in UTF-8, for as long as the object is kept: nothing is copied.
    ///
    /// Raises `TypeError` if it is no `str`, and `UnicodeEncodeError` if it has half of a surrogate pair.
    #[inline]
    pub fn to_str(&self) -> Result<&str> {
        let mut size = 0;
        // SAFETY: the handle is open. A `str` never changes, and CPython and PyPy keep its UTF-8 as long as it lives.
        unsafe {
            let start = HPyUnicode_AsUTF8AndSize(self.context(), self.handle(), &mut size);
            if start.is_null() {
                return Err(Raised);
            }
            let bytes = slice::from_raw_parts(start.cast(), size as usize);
            if cfg!(feature = "cpython") {
                return Ok(str::from_utf8_unchecked(bytes));
            }
            // PyPy encodes half of a surrogate pair.
            str::from_utf8(bytes).or_else(|_| no_utf8(self))
        }
    }

    /// The bytes of a `bytes`, for as long as the object is kept: nothing is copied.
    ///
    /// Raises `TypeError` if it is no `bytes`.
    #[inline]
    pub fn to_bytes(&self) -> Result<&[u8]> {
        let (ctx, handle) = (self.context(), self.handle());
        // SAFETY: the handle is open, and that of a `bytes`, which never changes.
        unsafe {
            if HPyBytes_Check(ctx, handle) == 0 {
                return TypeError::raise(ctx, "a bytes-like object is required: bytes");
            }
            let (start, size) = (HPyBytes_AS_STRING(ctx, handle), HPyBytes_GET_SIZE(ctx, handle));
            Ok(slice::from_raw_parts(start.cast(), size as usize))
        }
    }

    /// A `str` of code units that are C's `wchar_t`: UTF-16 on Windows, code points elsewhere.
    ///
    /// Raises `ValueError` for a number that is no code point, and `MemoryError`.
    #[inline]
    pub fn from_wide(ctx: &'c HPyContext, units: &[wchar_t]) -> Result<Object<'c>> {
        // SAFETY: pointer and length are those of the slice, and the handle is new.
        unsafe { Object::from_handle(ctx, HPyUnicode_FromWideChar(ctx, units.as_ptr(), units.len() as HPy_ssize_t)) }
    }

    /// A `str` of ASCII alone: nothing is looked at first.
    ///
    /// Raises `UnicodeDecodeError` if it is something else, and `MemoryError`.
    #[inline]
    pub fn from_ascii(ctx: &'c HPyContext, text: &str) -> Result<Object<'c>> {
        let (start, size) = (text.as_ptr().cast(), text.len() as HPy_ssize_t);
        // SAFETY: pointer and length are those of the text, and the handle is new.
        unsafe { Object::from_handle(ctx, HPyUnicode_DecodeASCII(ctx, start, size, ptr::null())) }
    }
}

#[cold]
#[inline(never)]
fn no_utf8<'a>(text: &Object<'_>) -> Result<&'a str> {
    UnicodeEncodeError::raise_object(text.context(), ("utf-8", text, 0, 1, "surrogates not allowed"))
}

impl<'a> FromObject<'a, '_> for &'a str {
    #[inline(always)]
    fn from_object(object: &'a Object<'_>) -> Result<Self> {
        object.to_str()
    }
}

impl<'a> FromObject<'a, '_> for Bytes<'a> {
    #[inline(always)]
    fn from_object(object: &'a Object<'_>) -> Result<Self> {
        object.to_bytes().map(Bytes)
    }
}

impl<'c> IntoObject<'c> for &str {
    #[inline]
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        if self.is_ascii() { Object::from_ascii(ctx, self) } else { from_utf8(ctx, self) }
    }
}

/// A `str` of text that is not ASCII alone.
#[cold]
fn from_utf8<'c>(ctx: &'c HPyContext, text: &str) -> Result<Object<'c>> {
    let (start, size) = (text.as_ptr().cast(), text.len() as HPy_ssize_t);
    // SAFETY: pointer and length are those of the text, and the handle is new.
    unsafe { Object::from_handle(ctx, HPyUnicode_FromStringAndSize(ctx, start, size)) }
}

impl<'c> IntoObject<'c> for Bytes<'_> {
    #[inline]
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        let (start, size) = (self.0.as_ptr().cast(), self.0.len() as HPy_ssize_t);
        // SAFETY: pointer and length are those of the slice, and the handle is new.
        unsafe { Object::from_handle(ctx, HPyBytes_FromStringAndSize(ctx, start, size)) }
    }
}

impl<'c> IntoObject<'c> for char {
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        (&*self.encode_utf8(&mut [0; 4])).into_object(ctx)
    }
}

#[cfg(feature = "std")]
mod owned {
    use std::string::String;

    use super::*;

    impl FromObject<'_, '_> for String {
        fn from_object(object: &Object<'_>) -> Result<Self> {
            object.to_str().map(String::from)
        }
    }

    impl<'c> IntoObject<'c> for String {
        fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
            self.as_str().into_object(ctx)
        }

        fn copy_into_object(&self, ctx: &'c HPyContext) -> Result<Object<'c>> {
            self.as_str().into_object(ctx)
        }
    }

    impl<'c> IntoObject<'c> for &String {
        fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
            self.as_str().into_object(ctx)
        }
    }
}
