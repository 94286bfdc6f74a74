// src/helpers/format/numbers.rs: the text of numbers, characters and addresses in a format.

use super::Formatter;
use super::spec::Directive;
use crate::raised::Raised;
use crate::*;

impl Formatter<'_> {
    /// An integer with a sign.
    pub(super) fn signed(&mut self, directive: &Directive, value: i64) -> Result<(), Raised> {
        self.integer(directive, value < 0, value.unsigned_abs(), 10)
    }

    /// An integer without a sign.
    pub(super) fn unsigned(&mut self, directive: &Directive, value: u64) -> Result<(), Raised> {
        self.integer(directive, false, value, 10)
    }

    /// The bits of an `int` of C.
    pub(super) fn hexadecimal(&mut self, directive: &Directive, value: i64) -> Result<(), Raised> {
        self.integer(directive, false, (value as u32).into(), 16)
    }

    pub(super) fn character(&mut self, _directive: &Directive, value: i64) -> Result<(), Raised> {
        match value {
            point @ 0..=0x10ffff => self.text.push_code_point(point as u32),
            _ => self.raise(self.ctx.h_OverflowError, c"character argument not in range(0x110000)"),
        }
    }

    pub(super) fn pointer(&mut self, directive: &Directive, value: *const c_void) -> Result<(), Raised> {
        self.text.push(b"0x")?;
        self.integer(directive, false, value as usize as u64, 16)
    }

    /// The precision is the least number of digits; padding with zeros goes between sign and digits.
    fn integer(&mut self, directive: &Directive, negative: bool, mut value: u64, base: u64) -> Result<(), Raised> {
        let mut digits = [0; 20];
        let mut start = digits.len();
        loop {
            start -= 1;
            digits[start] = b"0123456789abcdef"[(value % base) as usize];
            value /= base;
            if value == 0 {
                break;
            }
        }
        let digits = &digits[start..];
        let sign: &[u8] = if negative { b"-" } else { b"" };
        let length = digits.len().max(directive.precision.unwrap_or(0));
        let padding = directive.width.saturating_sub(length + sign.len());
        let (spaces, zeros) = if directive.pad_with_zeros { (0, padding) } else { (padding, 0) };
        self.text.fill(b' ', spaces)?;
        self.text.push(sign)?;
        self.text.fill(b'0', zeros + length - digits.len())?;
        self.text.push(digits)
    }
}
