// src/helpers/format/spec.rs: the format of HPyUnicode_FromFormat and HPyErr_Format, at compile and run time.

use core::ffi::CStr;

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

/// The type of an integer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    Int,
    Long,
    LongLong,
    Size,
}

/// `%[0][width][.precision][length]unit`
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
    pub(crate) length: Length,
    pub(crate) unit: u8,
}

/// The first directive from `start` on, or none if there is text alone.
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

const fn directive(letters: &[u8], start: usize) -> Result<Directive, Mistake> {
    let mut at = start + 1;
    let pad_with_zeros = letter(letters, at) == b'0';
    at += pad_with_zeros as usize;

    let has_width = letter(letters, at).is_ascii_digit();
    let (Some(width), mut at) = number(letters, at) else { return Err(Mistake::WidthTooBig) };

    let mut precision = None;
    if letter(letters, at) == b'.' {
        let digits = at + 1;
        let (Some(value), end) = number(letters, digits) else { return Err(Mistake::PrecisionTooBig) };
        if end > digits {
            precision = Some(value);
        }
        at = end;
    }

    let length = match (letter(letters, at), letter(letters, at + 1)) {
        (b'l', b'l') => Length::LongLong,
        (b'l', _) => Length::Long,
        (b'z', _) => Length::Size,
        _ => Length::Int,
    };
    at += match length {
        Length::Int => 0,
        Length::Long | Length::Size => 1,
        Length::LongLong => 2,
    };
    let unit = letter(letters, at);
    let directive = Directive { start, end: at + 1, pad_with_zeros, width, precision, length, unit };
    match unit {
        b'%' if at == start + 1 => Ok(directive),
        b'd' | b'i' | b'u' => Ok(directive),
        _ if !matches!(length, Length::Int) => Err(Mistake::Invalid),
        b'x' => Ok(directive),
        b's' | b'U' | b'V' | b'S' | b'R' | b'A' | b'p' | b'c' if pad_with_zeros => Err(Mistake::ZeroPadding(unit)),
        b's' | b'U' | b'V' | b'S' | b'R' | b'A' => Ok(directive),
        b'p' | b'c' if has_width || precision.is_some() => Err(Mistake::WidthOrPrecision(unit)),
        b'p' | b'c' => Ok(directive),
        _ => Err(Mistake::Invalid),
    }
}

impl Directive {
    /// How many values it takes.
    pub(crate) const fn values(&self) -> usize {
        match self.unit {
            b'%' => 0,
            b'V' => 2,
            _ => 1,
        }
    }

    /// The letter that stands for its value `index` in [`FormatUnit`](super::values::FormatUnit).
    pub(crate) const fn kind(&self, index: usize) -> char {
        match (self.unit, self.length) {
            (b'd' | b'i', Length::Int) => 'd',
            (b'd' | b'i', Length::Long) => 'l',
            (b'd' | b'i', Length::LongLong) => 'L',
            (b'd' | b'i', Length::Size) => 'n',
            (b'u', Length::Int) => 'u',
            (b'u', Length::Long) => 'k',
            (b'u', Length::LongLong) => 'K',
            (b'u', Length::Size) => 'N',
            (b'V', _) if index == 1 => 's',
            (b'U' | b'V' | b'S' | b'R' | b'A', _) => 'O',
            (unit, _) => unit as char,
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
                    "invalid format string: it is %[0][width][.precision][l|ll|z]unit, the units are d i u x s p c A U \
                     V S R, and l ll z are for d i u alone; a percent sign is %%"
                ),
                Err(Mistake::ZeroPadding(_)) => panic!("the formatting units s p c A U V S R do not support 0-padding"),
                Err(Mistake::WidthOrPrecision(_)) => {
                    panic!("the formatting units p c do not support width nor precision")
                }
                Err(Mistake::WidthTooBig) => panic!("width too big"),
                Err(Mistake::PrecisionTooBig) => panic!("precision too big"),
                Err(Mistake::NotAscii(_)) => panic!("the format is not ASCII: give other text as a value for %s"),
            }
        }
        assert!(values >= wanted, "too few values: each unit of the format needs one, and %V two");
        assert!(values <= wanted, "too many values: each needs a unit in the format");
        FormatSpec { format }
    }

    /// The letter that stands for the value `index` in [`FormatUnit`](super::values::FormatUnit).
    pub const fn kind(&self, index: usize) -> char {
        let letters = self.format.to_bytes();
        let (mut at, mut seen) = (0, 0);
        while let Ok(Some(directive)) = next(letters, at) {
            if index < seen + directive.values() {
                return directive.kind(index - seen);
            }
            seen += directive.values();
            at = directive.end;
        }
        panic!("the format has no unit for this value")
    }
}

const _: () = {
    let spec = FormatSpec::new(c"%s%%: %05d, %.3V %zu %lld%x", 7);
    assert!(spec.kind(0) == 's' && spec.kind(1) == 'd' && spec.kind(2) == 'O' && spec.kind(3) == 's');
    assert!(spec.kind(4) == 'N' && spec.kind(5) == 'L' && spec.kind(6) == 'x');
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
