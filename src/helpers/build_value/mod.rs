// src/helpers/build_value/mod.rs: HPy_BuildValue at run time.

pub(super) mod macros;
pub(super) mod spec;

use core::ffi::CStr;

use self::spec::{BuildValueSpec, Counts, Mistake, Reader, STEALS_REFERENCE, unclosed};
use crate::abi::{give_to_list, give_to_tuple};
use crate::helpers::format::err_format;
use crate::helpers::units::{letters, value};
use crate::helpers::values::Value;
use crate::*;

/// `HPy_BuildValue` with a format that is known at run time only; `next` gives the next value, of the
/// type that a letter of the C header's `_HPY_VALUE_TYPES` stands for.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set: `SystemError` for a wrong
/// format, and for `HPy_NULL` or a null string as value, unless there is an exception already.
///
/// # Safety
/// `format` is a C string, and each value is what its unit asks for: an open handle or `HPy_NULL`, a C string or null.
pub unsafe fn build_value(ctx: &HPyContext, format: *const c_char, next: impl FnMut(char) -> Value) -> HPy {
    // SAFETY: the caller's promise.
    let letters = unsafe { CStr::from_ptr(format) }.to_bytes();
    let mut reader = Reader::new(letters, 0);
    // SAFETY: the format is found to be right before anything is built.
    unsafe {
        match reader.items(0) {
            Err(mistake) => report(ctx, unclosed(letters).unwrap_or(mistake)),
            Ok(items) => build(ctx, letters, items, &reader.counts, next),
        }
    }
}

/// The same with a format that was read at compile time.
///
/// # Safety
/// The values are those that the units of the format take, in order.
pub unsafe fn build_read_value(ctx: &HPyContext, spec: &BuildValueSpec, values: &[Value]) -> HPy {
    let mut values = values.iter();
    // SAFETY: the caller's promise: there are as many values as the units take.
    let next = |_| unsafe { *values.next().unwrap_unchecked() };
    // SAFETY: the caller's promise.
    unsafe { build(ctx, spec.format.to_bytes(), spec.items, &spec.counts, next) }
}

/// # Safety
/// `next` gives a value of the type of each unit, with handles that are open.
unsafe fn build(
    ctx: &HPyContext,
    letters: &[u8],
    items: usize,
    counts: &Counts,
    next: impl FnMut(char) -> Value,
) -> HPy {
    let mut builder = Builder { ctx, letters, at: 0, counts, brackets: 0, next };
    // SAFETY: the caller's promise.
    unsafe {
        match items {
            0 => HPy_Dup(ctx, ctx.h_None),
            1 => builder.item(),
            _ => builder.tuple(items),
        }
    }
}

/// Raises `SystemError` for a wrong format.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
unsafe fn report(ctx: &HPyContext, mistake: Mistake) -> HPy {
    let (message, letter) = match mistake {
        Mistake::StealsReference => (STEALS_REFERENCE, 0),
        Mistake::Unmatched(open) => (c"unmatched '%c' in the format string passed to HPy_BuildValue", open),
        Mistake::BadCharacter(letter) => {
            (c"bad format char '%c' in the format string passed to HPy_BuildValue", letter)
        }
        Mistake::MissingColon => (c"missing ':' in the format string passed to HPy_BuildValue", 0),
        Mistake::MissingComma => (c"missing ',' in the format string passed to HPy_BuildValue", 0),
        Mistake::UnexpectedComma => (c"unexpected ',' in the format string passed to HPy_BuildValue", 0),
    };
    // SAFETY: a message has at most one directive, for the letter.
    unsafe { err_format(ctx, ctx.h_SystemError, message.as_ptr(), &[Value { i: letter.into() }]) }
}

/// Builds what a format asks for; the format is known to be right.
struct Builder<'a, N> {
    ctx: &'a HPyContext,
    letters: &'a [u8],
    at: usize,
    counts: &'a Counts,
    /// How many tuples and lists have begun.
    brackets: usize,
    /// Gives the value of the next unit.
    next: N,
}

impl<N: FnMut(char) -> Value> Builder<'_, N> {
    /// The next item, behind the separators before it.
    ///
    /// # Safety
    /// As for [`build`]; the letters are those of a format that was checked.
    unsafe fn item(&mut self) -> HPy {
        self.skip_separators();
        let letter = self.letter();
        // SAFETY: the format is right: what begins no tuple, list or dictionary is a unit.
        unsafe {
            match letter {
                b'(' => {
                    self.at += 1;
                    let count = self.count(letter);
                    self.tuple(count)
                }
                b'[' => {
                    self.at += 1;
                    let count = self.count(letter);
                    self.list(count)
                }
                b'{' => {
                    self.at += 1;
                    self.dict()
                }
                _ => {
                    let (unit, length) = value::find(letters(self.letters, self.at)).unwrap_unchecked();
                    self.at += length;
                    make(self.ctx, unit, &mut self.next)
                }
            }
        }
    }

    /// What comes next; the format goes on.
    fn letter(&self) -> u8 {
        self.letters.get(self.at).copied().unwrap_or_default()
    }

    /// How many items come up to what closes `open`.
    fn count(&mut self, open: u8) -> usize {
        self.brackets += 1;
        let counted = self.counts.get(self.brackets - 1);
        counted.unwrap_or_else(|| Reader::new(self.letters, self.at).items(open).unwrap_or(0))
    }

    fn skip_separators(&mut self) {
        while matches!(self.letters.get(self.at), Some(b',' | b' ' | b':')) {
            self.at += 1;
        }
    }

    /// Goes past the closing bracket.
    fn close(&mut self) {
        self.skip_separators();
        self.at += 1;
    }

    /// # Safety
    /// As for [`build`]; `count` is the number of items up to the bracket.
    unsafe fn tuple(&mut self, count: usize) -> HPy {
        let ctx = self.ctx;
        // SAFETY: each index is set once, to a handle of one's own.
        unsafe {
            let builder = HPyTupleBuilder_New(ctx, count as HPy_ssize_t);
            for index in 0..count {
                let item = self.item();
                if HPy_IsNull(item) {
                    HPyTupleBuilder_Cancel(ctx, builder);
                    return HPy_NULL;
                }
                give_to_tuple(ctx, builder, index as HPy_ssize_t, item);
            }
            self.close();
            HPyTupleBuilder_Build(ctx, builder)
        }
    }

    /// # Safety
    /// As for [`build`]; `count` is the number of items up to the bracket.
    unsafe fn list(&mut self, count: usize) -> HPy {
        let ctx = self.ctx;
        // SAFETY: as above.
        unsafe {
            let builder = HPyListBuilder_New(ctx, count as HPy_ssize_t);
            for index in 0..count {
                let item = self.item();
                if HPy_IsNull(item) {
                    HPyListBuilder_Cancel(ctx, builder);
                    return HPy_NULL;
                }
                give_to_list(ctx, builder, index as HPy_ssize_t, item);
            }
            self.close();
            HPyListBuilder_Build(ctx, builder)
        }
    }

    /// # Safety
    /// As for [`build`].
    unsafe fn dict(&mut self) -> HPy {
        let ctx = self.ctx;
        // SAFETY: all handles are one's own, and closed here.
        unsafe {
            let dict = HPyDict_New(ctx);
            if HPy_IsNull(dict) {
                return HPy_NULL;
            }
            loop {
                self.skip_separators();
                if self.letter() == b'}' {
                    self.at += 1;
                    return dict;
                }
                if !self.pair(dict) {
                    HPy_Close(ctx, dict);
                    return HPy_NULL;
                }
            }
        }
    }

    /// # Safety
    /// As for [`build`]; `dict` is an open handle of a dictionary.
    unsafe fn pair(&mut self, dict: HPy) -> bool {
        let ctx = self.ctx;
        // SAFETY: both handles are one's own, and closed here.
        unsafe {
            let key = self.item();
            if HPy_IsNull(key) {
                return false;
            }
            let value = self.item();
            let set = !HPy_IsNull(value) && HPy_SetItem(ctx, dict, key, value) == 0;
            HPy_Close(ctx, value);
            HPy_Close(ctx, key);
            set
        }
    }
}

/// Defines the object of a unit, from the rows of the table.
macro_rules! define {
    (
        notes $notes:tt
        $($unit:literal = $by:ident($($index:literal $ty:literal $member:ident $rust:tt),+);)*
    ) => {
        /// The object of the unit with this code, made from the next values.
        ///
        /// # Safety
        /// `next` gives values of the types that the unit takes, with handles that are open.
        unsafe fn make(ctx: &HPyContext, unit: u8, next: &mut impl FnMut(char) -> Value) -> HPy {
            // SAFETY: the unit tells which of the values it is.
            unsafe {
                match unit as char {
                    $($unit => $by(ctx, $(next($ty).$member),+),)*
                    _ => HPy_NULL,
                }
            }
        }
    };
}

value::units!(define);

/// An `int`.
///
/// # Safety
/// The thread holds the interpreter.
#[inline(always)]
unsafe fn signed(ctx: &HPyContext, value: i64) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyLong_FromInt64_t(ctx, value) }
}

/// An `int` that is not negative.
///
/// # Safety
/// The thread holds the interpreter.
#[inline(always)]
unsafe fn unsigned(ctx: &HPyContext, value: u64) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyLong_FromUInt64_t(ctx, value) }
}

/// A `float`.
///
/// # Safety
/// The thread holds the interpreter.
#[inline(always)]
unsafe fn float(ctx: &HPyContext, value: f64) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyFloat_FromDouble(ctx, value) }
}

/// A `str`.
///
/// # Safety
/// `value` is null or a C string.
#[inline(always)]
unsafe fn text(ctx: &HPyContext, value: *const c_char) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        match value.is_null() {
            true => missing(ctx, c"NULL string passed to HPy_BuildValue"),
            false => HPyUnicode_FromString(ctx, value),
        }
    }
}

/// The object itself.
///
/// # Safety
/// `value` is an open handle or `HPy_NULL`.
#[inline(always)]
unsafe fn object(ctx: &HPyContext, value: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        match HPy_IsNull(value) {
            true => missing(ctx, c"HPy_NULL object passed to HPy_BuildValue"),
            false => HPy_Dup(ctx, value),
        }
    }
}

/// Raises `SystemError`, unless the value is missing because of another exception.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
unsafe fn missing(ctx: &HPyContext, message: &CStr) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        if HPyErr_Occurred(ctx) == 0 {
            HPyErr_SetString(ctx, ctx.h_SystemError, message.as_ptr());
        }
    }
    HPy_NULL
}
