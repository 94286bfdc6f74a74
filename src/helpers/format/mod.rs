// src/helpers/format/mod.rs: HPyUnicode_FromFormat and HPyErr_Format at run time.

pub(super) mod macros;
mod numbers;
pub(super) mod spec;
pub(crate) mod text_buffer;

use core::ffi::CStr;
use core::slice;

use self::spec::{Directive, Mistake, next};
use self::text_buffer::TextBuffer;
use crate::helpers::units::format;
use crate::helpers::values::{Value, Values};
use crate::raised::Raised;
use crate::*;

/// `HPyUnicode_FromFormat` with a format that is known at run time only.
///
/// Returns a new handle of a `str`, which the caller closes, or `HPy_NULL` with an exception set: `SystemError`,
/// `ValueError` or `OverflowError` for a wrong format or value, `UnicodeDecodeError` for a C string that is no UTF-8,
/// and what an object's `__str__` or `__repr__` raises.
///
/// # Safety
/// `format` is a C string, and each value is what its unit asks for: an open handle or `HPy_NULL`, a C string or null.
pub unsafe fn unicode_from_format(ctx: &HPyContext, format: *const c_char, values: &[Value]) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { text_of_format(ctx, format, Values::Array(values.iter())) }
}

/// [`unicode_from_format`] with values from anywhere.
///
/// # Safety
/// As for [`unicode_from_format`].
#[inline(never)]
pub(crate) unsafe fn text_of_format(ctx: &HPyContext, format: *const c_char, values: Values<'_>) -> HPy {
    let mut formatter = Formatter { ctx, text: TextBuffer::new(ctx), values };
    // SAFETY: the caller's promise.
    match unsafe { formatter.run(CStr::from_ptr(format).to_bytes()) } {
        Ok(()) => formatter.text.into_str(),
        Err(Raised) => HPy_NULL,
    }
}

/// `HPyErr_Format` with a format that is known at run time only: always `HPy_NULL`, with an exception set.
///
/// # Safety
/// `exception` is an open handle; for the rest as for [`unicode_from_format`].
pub unsafe fn err_format(ctx: &HPyContext, exception: HPy, format: *const c_char, values: &[Value]) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let text = unicode_from_format(ctx, format, values);
        set_object(ctx, exception, text)
    }
}

/// Raises `exception` with `text`, which is closed; if there is no text, the exception that is set stays.
///
/// # Safety
/// `exception` is an open handle, and `text` one of the caller's own, which is closed, or `HPy_NULL`.
pub(crate) unsafe fn set_object(ctx: &HPyContext, exception: HPy, text: HPy) -> HPy {
    // SAFETY: the handles are open.
    unsafe {
        if !HPy_IsNull(text) {
            HPyErr_SetObject(ctx, exception, text);
            HPy_Close(ctx, text);
        }
    }
    HPy_NULL
}

/// Defines the text of a directive, from the rows of the table.
macro_rules! define {
    (
        notes $notes:tt
        $($unit:literal = $by:ident($($index:literal $ty:literal $member:ident $rust:tt),+);)*
    ) => {
        impl Formatter<'_> {
            /// # Safety
            /// The values are those that the format asks for.
            unsafe fn write(&mut self, directive: &Directive) -> Result<(), Raised> {
                // SAFETY: the unit tells which of the values it is.
                unsafe {
                    match directive.unit as char {
                        $($unit => {
                            let values = [$(self.value($ty)?),+];
                            self.$by(directive, $(values[$index].$member),+)
                        })*
                        _ => self.text.push(b"%"),
                    }
                }
            }
        }
    };
}

format::units!(define);

/// Writes the text of one format.
struct Formatter<'a> {
    ctx: &'a HPyContext,
    text: TextBuffer<'a>,
    /// Those that are still to come.
    values: Values<'a>,
}

impl Formatter<'_> {
    /// # Safety
    /// The values are those that the format asks for: handles are open or `HPy_NULL`, strings are C strings or null.
    unsafe fn run(&mut self, letters: &[u8]) -> Result<(), Raised> {
        let mut at = 0;
        loop {
            // SAFETY: each value is what its unit asks for.
            unsafe {
                match next(letters, at) {
                    Err(mistake) => return self.report(mistake),
                    Ok(None) => return self.text.push(letters.get(at..).unwrap_or_default()),
                    Ok(Some(directive)) => {
                        self.text.push(letters.get(at..directive.start).unwrap_or_default())?;
                        self.write(&directive)?;
                        at = directive.end;
                    }
                }
            }
        }
    }

    /// The next value of a directive, of the type that a letter of the C header's `_HPY_VALUE_TYPES` stands for.
    ///
    /// # Safety
    /// The values are those that the format asks for.
    unsafe fn value(&mut self, ty: char) -> Result<Value, Raised> {
        // SAFETY: the caller's promise.
        match unsafe { self.values.next(ty) } {
            Some(value) => Ok(value),
            None => self.raise(self.ctx.h_SystemError, c"too few values for the format string"),
        }
    }

    /// # Safety
    /// `string` is null, a C string, or as many bytes as the precision says.
    unsafe fn c_string(&mut self, directive: &Directive, string: *const c_char) -> Result<(), Raised> {
        if string.is_null() {
            let message = c"null c string passed as value for formatting unit '%s'";
            return self.raise(self.ctx.h_SystemError, message);
        }
        // SAFETY: the caller's promise.
        unsafe { self.bytes(directive, string) }
    }

    /// The C string stands in for an object that is `HPy_NULL`.
    ///
    /// # Safety
    /// `object` is an open handle or `HPy_NULL`, and `string` null, a C string, or as many bytes as the precision says.
    unsafe fn string_or_c_string(
        &mut self,
        directive: &Directive,
        object: HPy,
        string: *const c_char,
    ) -> Result<(), Raised> {
        // SAFETY: the caller's promise.
        unsafe {
            match HPy_IsNull(object) {
                false => self.object(directive, object),
                true if string.is_null() => {
                    let message = c"HPy_NULL and null c string passed as values for formatting unit '%V'";
                    self.raise(self.ctx.h_SystemError, message)
                }
                true => self.bytes(directive, string),
            }
        }
    }

    /// The precision is the greatest number of bytes; a character that does not fit whole is left out.
    ///
    /// # Safety
    /// `string` is a C string, or as many bytes as the precision says.
    unsafe fn bytes(&mut self, directive: &Directive, string: *const c_char) -> Result<(), Raised> {
        // SAFETY: the string is read up to its NUL, or up to the precision if that comes first.
        let bytes = unsafe {
            match directive.precision {
                None => CStr::from_ptr(string).to_bytes(),
                Some(limit) => {
                    let length = (0..limit).find(|&at| *string.add(at) == 0).unwrap_or(limit);
                    let bytes = slice::from_raw_parts(string.cast(), length);
                    if length == limit { without_partial_character(bytes) } else { bytes }
                }
            }
        };
        self.padded(directive, bytes)
    }

    /// # Safety
    /// `object` is an open handle or `HPy_NULL`.
    unsafe fn string(&mut self, directive: &Directive, object: HPy) -> Result<(), Raised> {
        if HPy_IsNull(object) {
            let message = c"HPy_NULL passed as value for formatting unit '%U'";
            return self.raise(self.ctx.h_SystemError, message);
        }
        // SAFETY: the handle is open.
        unsafe { self.object(directive, object) }
    }

    /// # Safety
    /// `object` is an open handle or `HPy_NULL`.
    unsafe fn str(&mut self, directive: &Directive, object: HPy) -> Result<(), Raised> {
        // SAFETY: the caller's promise.
        unsafe { self.shown(directive, object, HPy_Str) }
    }

    /// # Safety
    /// `object` is an open handle or `HPy_NULL`.
    unsafe fn repr(&mut self, directive: &Directive, object: HPy) -> Result<(), Raised> {
        // SAFETY: the caller's promise.
        unsafe { self.shown(directive, object, HPy_Repr) }
    }

    /// # Safety
    /// `object` is an open handle or `HPy_NULL`.
    unsafe fn ascii(&mut self, directive: &Directive, object: HPy) -> Result<(), Raised> {
        // SAFETY: the caller's promise.
        unsafe { self.shown(directive, object, HPy_ASCII) }
    }

    /// The text that a function makes of an object.
    ///
    /// # Safety
    /// `object` is an open handle or `HPy_NULL`.
    unsafe fn shown(
        &mut self,
        directive: &Directive,
        object: HPy,
        show: unsafe fn(&HPyContext, HPy) -> HPy,
    ) -> Result<(), Raised> {
        // SAFETY: the handle is open or HPy_NULL, and the text is closed here.
        unsafe {
            if HPy_IsNull(object) {
                let message = c"HPy_NULL passed as value for formatting unit '%S' or '%R' or '%A'";
                return self.raise(self.ctx.h_SystemError, message);
            }
            let text = show(self.ctx, object);
            if HPy_IsNull(text) {
                return Err(Raised);
            }
            let written = self.object(directive, text);
            HPy_Close(self.ctx, text);
            written
        }
    }

    /// The precision is the greatest number of characters.
    ///
    /// # Safety
    /// `text` is an open handle of a `str`.
    unsafe fn object(&mut self, directive: &Directive, text: HPy) -> Result<(), Raised> {
        let ctx = self.ctx;
        // SAFETY: the handle is open; the UTF-8 belongs to the object.
        unsafe {
            let mut size = 0;
            let bytes = HPyUnicode_AsUTF8AndSize(ctx, text, &mut size);
            if !bytes.is_null() {
                return self.characters(directive, slice::from_raw_parts(bytes.cast(), size as usize));
            }
            if HPyErr_ExceptionMatches(ctx, ctx.h_UnicodeEncodeError) == 0 {
                return Err(Raised);
            }
            HPyErr_Clear(ctx);
            self.surrogates(directive, text)
        }
    }

    /// A text that has no UTF-8: as if surrogates were characters. A function of its own, as it needs another buffer.
    ///
    /// # Safety
    /// `text` is an open handle of a `str`.
    #[cold]
    #[inline(never)]
    unsafe fn surrogates(&mut self, directive: &Directive, text: HPy) -> Result<(), Raised> {
        let ctx = self.ctx;
        let mut points = TextBuffer::new(ctx);
        // SAFETY: the handle is open.
        unsafe {
            for index in 0.. {
                let point = HPyUnicode_ReadChar(ctx, text, index);
                if point == HPy_UCS4::MAX {
                    break;
                }
                points.push_code_point(point)?;
            }
            if HPyErr_ExceptionMatches(ctx, ctx.h_IndexError) == 0 {
                return Err(Raised);
            }
            HPyErr_Clear(ctx);
            self.text.expect_surrogates();
            self.characters(directive, points.bytes())
        }
    }

    fn characters(&mut self, directive: &Directive, bytes: &[u8]) -> Result<(), Raised> {
        let limit = directive.precision.unwrap_or(usize::MAX);
        let starts = bytes.iter().enumerate().filter(|&(_, &byte)| begins_character(byte));
        let length = starts.map(|(at, _)| at).nth(limit).unwrap_or(bytes.len());
        self.padded(directive, bytes.get(..length).unwrap_or(bytes))
    }

    /// The width counts characters.
    fn padded(&mut self, directive: &Directive, bytes: &[u8]) -> Result<(), Raised> {
        if directive.width > 0 {
            let length = bytes.iter().filter(|&&byte| begins_character(byte)).count();
            self.text.fill(b' ', directive.width.saturating_sub(length))?;
        }
        self.text.push(bytes)
    }

    #[cold]
    fn raise<T>(&self, exception: HPy, message: &CStr) -> Result<T, Raised> {
        // SAFETY: whoever has a context holds the interpreter, and its handles are open.
        unsafe { HPyErr_SetString(self.ctx, exception, message.as_ptr()) };
        Err(Raised)
    }

    #[cold]
    fn report(&self, mistake: Mistake) -> Result<(), Raised> {
        let ctx = self.ctx;
        let (exception, message, letter) = match mistake {
            Mistake::Invalid => (ctx.h_SystemError, c"invalid format string", 0),
            Mistake::WidthTooBig => (ctx.h_ValueError, c"width too big", 0),
            Mistake::PrecisionTooBig => (ctx.h_ValueError, c"precision too big", 0),
            Mistake::ZeroPadding(unit) => {
                (ctx.h_SystemError, c"formatting unit '%%%c' does not support 0-padding", unit)
            }
            Mistake::WidthOrPrecision(unit) => {
                (ctx.h_SystemError, c"formatting unit '%%%c' does not support width nor precision", unit)
            }
            Mistake::NotAscii(byte) => {
                (ctx.h_ValueError, c"expected an ASCII-encoded format string, got a non-ASCII byte: 0x%02x", byte)
            }
        };
        // SAFETY: a message has at most one directive, for the letter.
        unsafe { err_format(ctx, exception, message.as_ptr(), &[Value { i: letter.into() }]) };
        Err(Raised)
    }
}

/// Whether a byte of UTF-8 is the first one of a character.
fn begins_character(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// UTF-8 that was cut off, up to its last character that is whole.
fn without_partial_character(bytes: &[u8]) -> &[u8] {
    let Some(start) = bytes.iter().rposition(|&byte| begins_character(byte)) else { return bytes };
    let wanted = match bytes[start] {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    };
    if bytes.len() - start < wanted { &bytes[..start] } else { bytes }
}
