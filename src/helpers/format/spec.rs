// src/helpers/format/spec.rs: the format of HPyUnicode_FromFormat and HPyErr_Format, at compile and run time.

use core::ffi::CStr;

use crate::helpers::units::{format, letters};

/// What a `HPyUnicode_FromFormat!` or `HPyErr_Format!` asks for, found free of mistakes at compile time.
pub struct FormatSpec {
    /// The format.
    pub format: &'static CStr,
}

/// What is wrong with a format.
#[derive(Clone, Copy)]
pub(crate) enum Mistake {
    Invalid,
    /// This unit cannot be padded with zeros.
    ZeroPadding(u8),
    /// This unit has neither width nor precision.
    WidthOrPrecision(u8),
    WidthTooBig,
    PrecisionTooBig,
    /// This byte is not ASCII.
    NotAscii(u8),
}

/// `%[0][width][.precision]unit`
#[derive(Clone, Copy)]
pub(crate) struct Directive {
    /// Where the `%` is.
    pub(crate) start: usize,
    /// What comes after the unit.
    pub(crate) end: usize,
    pub(crate) pad_with_zeros: bool,
    /// The least number of characters; 0 if there is none.
    pub(crate) width: usize,
    pub(crate) precision: Option<usize>,
    /// The code of the unit; `%` takes no value.
    pub(crate) unit: u8,
}

/// The first directive from `start` on, or none if there is text alone.
#[inline]
pub(crate) const fn next(letters: &[u8], start: usize) -> Result<Option<Directive>, Mistake> {
    let mut at = start;
    while at < letters.len() {
        match letters[at] {
            b'%' => {
                return match directive(letters, at) {
                    Ok(directive) => Ok(Some(directive)),
                    Err(mistake) => Err(mistake),
                };
            }
            byte if !byte.is_ascii() => return Err(Mistake::NotAscii(byte)),
            _ => at += 1,
        }
    }
    Ok(None)
}

/// The character at an index, or 0 after the end.
const fn letter(letters: &[u8], at: usize) -> u8 {
    if at < letters.len() { letters[at] } else { 0 }
}

/// The number at an index, and what comes after it; none if it is too big for a `Py_ssize_t`.
const fn number(letters: &[u8], mut at: usize) -> (Option<usize>, usize) {
    let mut value: usize = 0;
    while letter(letters, at).is_ascii_digit() {
        let digit = (letters[at] - b'0') as usize;
        if value > (isize::MAX as usize - digit) / 10 {
            return (None, at);
        }
        value = value * 10 + digit;
        at += 1;
    }
    (Some(value), at)
}

const fn directive(bytes: &[u8], start: usize) -> Result<Directive, Mistake> {
    let mut at = start + 1;
    let pad_with_zeros = letter(bytes, at) == b'0';
    at += pad_with_zeros as usize;

    let has_width = letter(bytes, at).is_ascii_digit();
    let (Some(width), mut at) = number(bytes, at) else { return Err(Mistake::WidthTooBig) };

    let mut precision = None;
    if letter(bytes, at) == b'.' {
        let digits = at + 1;
        let (Some(value), end) = number(bytes, digits) else { return Err(Mistake::PrecisionTooBig) };
        if end > digits {
            precision = Some(value);
        }
        at = end;
    }

    let has_padding = has_width || precision.is_some();
    let (unit, length) = match format::find(letters(bytes, at)) {
        Some(found) => found,
        None if at == start + 1 && letter(bytes, at) == b'%' => (b'%', 1),
        None => return Err(Mistake::Invalid),
    };
    let end = at + length;
    if pad_with_zeros && format::is_without_zeros(unit) {
        return Err(Mistake::ZeroPadding(letter(bytes, end - 1)));
    }
    if has_padding && format::is_without_padding(unit) {
        return Err(Mistake::WidthOrPrecision(letter(bytes, end - 1)));
    }
    Ok(Directive { start, end, pad_with_zeros, width, precision, unit })
}

impl Directive {
    /// How many values it takes.
    pub(crate) const fn values(&self) -> usize {
        match self.unit {
            b'%' => 0,
            unit => format::arguments(unit),
        }
    }
}

impl FormatSpec {
    /// A format and the number of its values.
    pub const fn new(format: &'static CStr, values: usize) -> FormatSpec {
        let letters = format.to_bytes();
        let (mut at, mut wanted) = (0, 0);
        loop {
            match next(letters, at) {
                Ok(None) => break,
                Ok(Some(directive)) => {
                    wanted += directive.values();
                    at = directive.end;
                }
                Err(Mistake::Invalid) => panic!(
                    "{}",
                    concat!(
                        "invalid format string: it is %[0][width][.precision]unit, the units are ",
                        format::all!(),
                        "; a percent sign is %%"
                    )
                ),
                Err(Mistake::ZeroPadding(_)) => panic!(
                    "{}",
                    concat!("the formatting units ", format::without_zeros!(), " do not support 0-padding")
                ),
                Err(Mistake::WidthOrPrecision(_)) => panic!(
                    "{}",
                    concat!("the formatting units ", format::without_padding!(), " do not support width nor precision")
                ),
                Err(Mistake::WidthTooBig) => panic!("width too big"),
                Err(Mistake::PrecisionTooBig) => panic!("precision too big"),
                Err(Mistake::NotAscii(_)) => panic!("the format is not ASCII: give other text as a value for %s"),
            }
        }
        assert!(values >= wanted, "too few values: each unit of the format needs one, some two");
        assert!(values <= wanted, "too many values: each needs a unit in the format");
        FormatSpec { format }
    }

    /// The code of the unit that the value `index` belongs to, and which of its values that is.
    pub const fn unit(&self, index: usize) -> (char, usize) {
        let (mut at, mut seen) = (0, 0);
        while let Ok(Some(directive)) = next(self.format.to_bytes(), at) {
            if index < seen + directive.values() {
                return (directive.unit as char, index - seen);
            }
            seen += directive.values();
            at = directive.end;
        }
        panic!("the format has no unit for this value")
    }
}

const _: () = {
    let spec = FormatSpec::new(c"%s%%: %05d, %.3V %zu %lld%x", 7);
    const fn is(unit: (char, usize), code: char, value: usize) -> bool {
        unit.0 == code && unit.1 == value
    }
    assert!(
        is(spec.unit(0), 's', 0) && is(spec.unit(1), 'd', 0) && is(spec.unit(2), 'V', 0) && is(spec.unit(3), 'V', 1)
    );
    assert!(is(spec.unit(4), 'N', 0) && is(spec.unit(5), 'L', 0) && is(spec.unit(6), 'x', 0));
    assert!(matches!(next(b"%", 0), Err(Mistake::Invalid)));
    assert!(matches!(next(b"%5%", 0), Err(Mistake::Invalid)));
    assert!(matches!(next(b"%lx", 0), Err(Mistake::Invalid)));
    assert!(matches!(next(b"%05c", 0), Err(Mistake::ZeroPadding(b'c'))));
    assert!(matches!(next(b"%5p", 0), Err(Mistake::WidthOrPrecision(b'p'))));
    assert!(matches!(next(b"%99999999999999999999d", 0), Err(Mistake::WidthTooBig)));
    assert!(matches!(next(b"a\xc3", 0), Err(Mistake::NotAscii(0xc3))));
    assert!(matches!(
        next(b"%012.3d", 0),
        Ok(Some(Directive { width: 12, precision: Some(3), pad_with_zeros: true, .. }))
    ));
};
