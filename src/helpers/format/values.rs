// src/helpers/format/values.rs: the values of HPyUnicode_FromFormat and HPyErr_Format.

use core::slice;

use crate::*;

/// Where a format has its values from.
pub(crate) enum Values<'a> {
    /// The values themselves.
    Array(slice::Iter<'a, FormatValue>),
    /// A function that reads the next variable argument, of the type that the letter says: one of [`FormatUnit`].
    #[cfg(feature = "c-library")]
    Variable(unsafe extern "C" fn(*mut c_void, c_char) -> FormatValue, *mut c_void),
}

impl Values<'_> {
    /// The next value, or none after the last one.
    ///
    /// # Safety
    /// Variable arguments are those of the format, whose unit has this letter.
    #[inline]
    pub(crate) unsafe fn next(&mut self, letter: char) -> Option<FormatValue> {
        let _ = letter;
        match self {
            Values::Array(values) => values.next().copied(),
            #[cfg(feature = "c-library")]
            // SAFETY: the caller's promise.
            Values::Variable(next, arguments) => Some(unsafe { next(*arguments, letter as c_char) }),
        }
    }
}

/// A value of a format; its unit tells which it is.
#[repr(C)]
#[derive(Clone, Copy)]
pub union FormatValue {
    /// `%c`, `%x`, and `%d` and `%i` with any length
    pub i: i64,
    /// `%u` with any length
    pub u: u64,
    /// `%s`, and the second one of `%V`
    pub s: *const c_char,
    /// `%p`
    pub p: *const c_void,
    /// `%A`, `%U`, `%S`, `%R`, and the first one of `%V`
    pub o: HPy,
}

/// What a value has to be for the unit `UNIT` of a `HPyUnicode_FromFormat!` or `HPyErr_Format!`.
///
/// The letter is that of the unit, or one of these: `l` is `%ld`, `L` is `%lld`, `n` is `%zd`, `k` is `%lu`, `K` is
/// `%llu`, `N` is `%zu`, `O` is an object.
#[diagnostic::on_unimplemented(
    message = "the formatting unit {UNIT} does not take a value of type `{Self}`",
    label = "a value of this call has type `{Self}`",
    note = "the units take: %d %i c_int, %ld c_long, %lld c_longlong, %zd HPy_ssize_t, %u c_uint, %lu c_ulong",
    note = "and: %llu c_ulonglong, %zu usize, %x c_int or c_uint, %c c_int or char, %s *const c_char, %p a pointer",
    note = "and: %A %U %S %R HPy, %V a HPy and then a *const c_char",
    note = "in the message, l is %ld, L is %lld, n is %zd, k is %lu, K is %llu, N is %zu, O is an object"
)]
pub trait FormatUnit<const UNIT: char> {
    /// The value as the run time takes it.
    fn value(self) -> FormatValue;
}

macro_rules! values {
    ($($unit:literal $type:ty => $field:ident as $($wide:ty)|+;)*) => {
        $(
            impl FormatUnit<$unit> for $type {
                #[inline(always)]
                fn value(self) -> FormatValue {
                    FormatValue { $field: self $(as $wide)+ }
                }
            }
        )*
    };
}

values! {
    'd' c_int => i as i64;
    'l' c_long => i as i64;
    'L' c_longlong => i as i64;
    'n' HPy_ssize_t => i as i64;
    'u' c_uint => u as u64;
    'k' c_ulong => u as u64;
    'K' c_ulonglong => u as u64;
    'N' usize => u as u64;
    'x' c_int => i as i64;
    'x' c_uint => i as i64;
    'c' c_int => i as i64;
    'c' char => i as u32 | i64;
    's' *const c_char => s as *const c_char;
    'O' HPy => o as HPy;
}

impl<T> FormatUnit<'p'> for *const T {
    #[inline(always)]
    fn value(self) -> FormatValue {
        FormatValue { p: self.cast() }
    }
}

impl<T> FormatUnit<'p'> for *mut T {
    #[inline(always)]
    fn value(self) -> FormatValue {
        FormatValue { p: self.cast_const().cast() }
    }
}

/// The value of a unit.
#[inline(always)]
pub fn format_value<const UNIT: char, T: FormatUnit<UNIT>>(value: T) -> FormatValue {
    value.value()
}
