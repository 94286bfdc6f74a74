// src/helpers/arg/nested.rs: `(...)` in a format of the argument parsers: an argument that is a sequence, whose items are parsed.

use core::cell::Cell;

use super::error::raise_with;
use super::parse::Parser;
use super::spec::ArgSpec;
use super::units::convert_unit;
use crate::helpers::format::unicode_from_format;
use crate::helpers::units::{arg, is_plain, letters_of};
use crate::helpers::values::Value;
use crate::raised::Raised;
use crate::*;

/// How deep parentheses may be nested.
pub(crate) const DEEPEST: usize = 8;

/// Which argument, which item of it, and so on, each from 0; in messages, as in CPython's, arguments count from 1.
#[derive(Clone, Copy)]
pub(super) struct Position {
    levels: [usize; DEEPEST + 1],
    depth: usize,
}

impl Position {
    pub(super) fn argument(index: usize) -> Position {
        Position { levels: [index; DEEPEST + 1], depth: 0 }
    }

    /// The next argument or item at the same depth.
    fn advance(&mut self) {
        if let Some(level) = self.levels.get_mut(self.depth) {
            *level = level.wrapping_add(1);
        }
    }

    fn item(mut self, index: usize) -> Position {
        self.depth = self.depth.wrapping_add(1);
        // Without a panic, whose code the library for C does not have.
        if let Some(level) = self.levels.get_mut(self.depth) {
            *level = index;
        }
        self
    }

    /// "argument 1, item 0": a new handle, or `HPy_NULL` with an exception set.
    ///
    /// # Safety
    /// `ctx` is the context of the running call.
    unsafe fn text(&self, ctx: &HPyContext) -> HPy {
        let index = |level: usize| self.levels.get(level).copied().unwrap_or_default() as i64;
        let number = |level: usize| Value { i: index(level).wrapping_add(i64::from(level == 0)) };
        // SAFETY: the values are those of the messages, and each handle is one's own.
        unsafe {
            let mut text = unicode_from_format(ctx, c"argument %zd".as_ptr(), &[number(0)]);
            for level in 1..=self.depth {
                let longer = match HPy_IsNull(text) {
                    true => HPy_NULL,
                    false => unicode_from_format(ctx, c"%U, item %zd".as_ptr(), &[Value { o: text }, number(level)]),
                };
                HPy_Close(ctx, text);
                text = longer;
            }
            text
        }
    }
}

/// What begins with a letter of a format: a unit, or parentheses with what is in them.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    /// How many letters it has.
    pub(super) length: usize,
    /// How many units it has.
    pub(super) units: usize,
    /// How many variables of C it writes.
    pub(super) outputs: usize,
}

/// The extent of the unit or the parentheses at `at`, if one is there.
///
/// # Safety
/// `at` is in a format whose parentheses are right.
#[inline(always)]
pub(super) unsafe fn extent(at: *const c_char) -> Option<Extent> {
    // SAFETY: the caller's promise.
    unsafe {
        match is_plain(*at as u8) {
            true => Some(Extent { length: 1, units: 1, outputs: 1 }),
            false => longer_extent(at),
        }
    }
}

/// # Safety
/// As of [`extent`].
#[inline(never)]
unsafe fn longer_extent(at: *const c_char) -> Option<Extent> {
    // SAFETY: the caller's promise: the loop ends where the parentheses close.
    unsafe {
        if let Some((unit, length)) = arg::find(letters_of(at)) {
            return Some(Extent { length, units: 1, outputs: arg::arguments(unit) });
        }
        if *at as u8 != b'(' {
            return None;
        }
        let (mut length, mut units, mut outputs, mut depth) = (1, 0, 0, 1);
        while depth > 0 {
            if let Some((unit, letters)) = arg::find(letters_of(at.add(length))) {
                (length, units, outputs) = (length + letters, units + 1, outputs + arg::arguments(unit));
                continue;
            }
            match *at.add(length) as u8 {
                b'(' => depth += 1,
                _ => depth -= 1,
            }
            length += 1;
        }
        Some(Extent { length, units, outputs })
    }
}

/// The unit at `at`, if one is there.
///
/// # Safety
/// `at` is in a C string.
#[inline(always)]
unsafe fn unit_at(at: *const c_char) -> Option<u8> {
    // SAFETY: the caller's promise.
    unsafe { arg::find(letters_of(at)) }.map(|(unit, _)| unit)
}

/// How many items the parentheses have whose first item is at `at`.
///
/// # Safety
/// As of [`extent`].
unsafe fn count(mut at: *const c_char) -> usize {
    let mut count = 0;
    // SAFETY: the caller's promise.
    unsafe {
        while let Some(Extent { length, .. }) = extent(at) {
            (at, count) = (at.add(length), count + 1);
        }
    }
    count
}

/// Whether an argument is a sequence of `wanted` items; `str`, `bytes`, `bytearray` and `dict` are none.
///
/// # Safety
/// `h` is an open handle, and `format` a C string.
unsafe fn is_sequence(ctx: &HPyContext, format: *const c_char, h: HPy, wanted: usize, position: Position) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let is_none = |check: unsafe fn(&HPyContext, HPy) -> c_int| check(ctx, h) == 0;
        let may_be = HPyTuple_Check(ctx, h) != 0
            || HPyList_Check(ctx, h) != 0
            || is_none(HPyUnicode_Check)
                && is_none(HPyBytes_Check)
                && is_none(HPyByteArray_Check)
                && is_none(HPyDict_Check);
        match if may_be { HPy_Length(ctx, h) } else { -1 } {
            found if found < 0 => {
                if may_be && HPyErr_ExceptionMatches(ctx, ctx.h_TypeError) == 0 {
                    return false;
                }
                HPyErr_Clear(ctx);
                no_sequence(ctx, format, h, wanted, position)
            }
            found if found as usize == wanted => true,
            found => wrong_length(ctx, format, found, wanted, position),
        }
    }
}

/// # Safety
/// As of [`is_sequence`].
#[cold]
#[inline(never)]
unsafe fn no_sequence(ctx: &HPyContext, format: *const c_char, h: HPy, wanted: usize, position: Position) -> bool {
    // SAFETY: the caller's promise; the values are those of the message.
    unsafe {
        let class = HPy_Type(ctx, h);
        let (name, place) = (HPyType_GetName(ctx, class), position.text(ctx));
        if !name.is_null() && !HPy_IsNull(place) {
            let values = [Value { o: place }, Value { i: wanted as i64 }, Value { s: name }];
            raise_with(ctx, format, ctx.h_TypeError, c"%U must be %zd-item sequence, not %.50s", &values);
        }
        HPy_Close(ctx, place);
        HPy_Close(ctx, class);
    }
    false
}

/// # Safety
/// As of [`is_sequence`].
#[cold]
#[inline(never)]
unsafe fn wrong_length(
    ctx: &HPyContext,
    format: *const c_char,
    found: HPy_ssize_t,
    wanted: usize,
    position: Position,
) -> bool {
    // SAFETY: the caller's promise; the values are those of the message.
    unsafe {
        let place = position.text(ctx);
        if !HPy_IsNull(place) {
            let values = [Value { o: place }, Value { i: wanted as i64 }, Value { i: found as i64 }];
            raise_with(ctx, format, ctx.h_TypeError, c"%U must be sequence of length %zd, not %zd", &values);
        }
        HPy_Close(ctx, place);
    }
    false
}

/// An item of a sequence: a new handle, which the tracker closes if there is one.
///
/// # Safety
/// `sequence` is an open handle, and the tracker is open.
unsafe fn item(ctx: &HPyContext, sequence: HPy, index: usize, tracker: Option<HPyTracker>) -> Result<HPy, Raised> {
    // SAFETY: the caller's promise. Even if the tracker has no memory, it has the handle.
    unsafe {
        let item = HPy_GetItem_i(ctx, sequence, index as HPy_ssize_t);
        match tracker {
            _ if HPy_IsNull(item) => Err(Raised),
            Some(tracker) if HPyTracker_Add(ctx, tracker, item) != 0 => Err(Raised),
            _ => Ok(item),
        }
    }
}

impl Parser<'_> {
    /// Converts an argument to the variables from `output` on: by the unit at `at`, or by what the parentheses there say.
    ///
    /// # Safety
    /// The parser's arguments, outputs and format belong together; `h` is an open handle, and the tracker is open.
    #[inline(always)]
    pub(super) unsafe fn convert_argument(
        &self,
        at: *const c_char,
        h: HPy,
        output: usize,
        index: usize,
        tracker: Option<HPyTracker>,
    ) -> bool {
        // SAFETY: the caller's promise.
        unsafe {
            let letter = *at as u8;
            if is_plain(letter) && !self.outputs.is_null() {
                return convert_unit(self.ctx, self.format, letter, h, self.outputs.add(output));
            }
            match unit_at(at) {
                Some(unit) => self.convert(unit, h, output),
                None => self.convert_items(at.add(1), h, output, Position::argument(index), tracker),
            }
        }
    }

    /// # Safety
    /// As of [`convert_argument`](Parser::convert_argument); `at` is behind the parenthesis.
    #[inline(never)]
    unsafe fn convert_items(
        &self,
        mut at: *const c_char,
        sequence: HPy,
        mut output: usize,
        position: Position,
        tracker: Option<HPyTracker>,
    ) -> bool {
        let ctx = self.ctx;
        // SAFETY: the caller's promise; an item is one's own, or the tracker's.
        unsafe {
            let wanted = count(at);
            if !is_sequence(ctx, self.format, sequence, wanted, position) {
                return false;
            }
            for index in 0..wanted {
                let Ok(item) = item(ctx, sequence, index, tracker) else { return false };
                let converted = match unit_at(at) {
                    Some(unit) => self.convert(unit, item, output),
                    None => self.convert_items(at.add(1), item, output, position.item(index), tracker),
                };
                if tracker.is_none() {
                    HPy_Close(ctx, item);
                }
                let Some(Extent { length, outputs, .. }) = extent(at).filter(|_| converted) else { return false };
                (at, output) = (at.add(length), output + outputs);
            }
        }
        true
    }
}

/// The items of arguments that are sequences, for Rust: each where the first variable is that it leads to.
pub struct Items<const N: usize>([Cell<HPy>; N]);

impl<const N: usize> Items<N> {
    /// None yet.
    #[allow(clippy::new_without_default)]
    #[inline(always)]
    pub const fn new() -> Items<N> {
        Items([const { Cell::new(HPy_NULL) }; N])
    }

    /// The item of a variable, or `HPy_NULL` where the argument is left out.
    #[inline(always)]
    pub(crate) fn get(&self, output: usize) -> HPy {
        self.0[output].get()
    }

    /// Closes the items that no tracker has.
    ///
    /// # Safety
    /// They come from [`take_apart`](Items::take_apart) without a tracker, and are not used again.
    #[inline(always)]
    pub unsafe fn close(&self, ctx: &HPyContext) {
        for item in &self.0 {
            // SAFETY: the caller's promise.
            unsafe { HPy_Close(ctx, item.replace(HPy_NULL)) }
        }
    }

    /// Puts the items of `sequence` where they belong: those of the parentheses number `which` of the ones that stand together before
    /// the unit `output`.
    ///
    /// # Safety
    /// `sequence` is an open handle: of an argument, or from an outer call of this function, which it takes over.
    #[inline(never)]
    pub(crate) unsafe fn take_apart(
        &self,
        ctx: &HPyContext,
        spec: &ArgSpec,
        sequence: HPy,
        output: usize,
        which: usize,
        tracker: Option<HPyTracker>,
    ) -> bool {
        // SAFETY: the caller's promise; the format was checked when it was compiled.
        unsafe {
            let (mut at, position) = parentheses(spec.format(), output, which);
            let is_own = position.depth > 0 && tracker.is_none();
            if is_own {
                self.0[output].set(HPy_NULL);
            }
            let wanted = count(at);
            let mut taken = is_sequence(ctx, spec.format(), sequence, wanted, position);
            let (mut index, mut place) = (0, output);
            while taken && index < wanted {
                match item(ctx, sequence, index, tracker) {
                    Ok(item) => self.0[place].set(item),
                    Err(Raised) => taken = false,
                }
                let Some(Extent { length, units, .. }) = extent(at) else { break };
                (at, index, place) = (at.add(length), index + 1, place + units);
            }
            if is_own {
                HPy_Close(ctx, sequence);
            }
            taken
        }
    }
}

/// What is behind a parenthesis: the one number `which` of those that stand together before the unit `output`. And which argument
/// or item it is.
///
/// # Safety
/// `at` is a format that has it.
unsafe fn parentheses(mut at: *const c_char, output: usize, which: usize) -> (*const c_char, Position) {
    let (mut unit, mut together, mut position) = (0, 0, Position::argument(0));
    // SAFETY: the caller's promise.
    unsafe {
        loop {
            if let Some((_, length)) = arg::find(letters_of(at)) {
                position.advance();
                (at, unit, together) = (at.add(length), unit + 1, 0);
                continue;
            }
            let letter = *at as u8;
            at = at.add(1);
            match letter {
                b'(' if unit == output && together == which => return (at, position),
                b'(' => (position, together) = (position.item(0), together + 1),
                b')' => {
                    position.depth = position.depth.wrapping_sub(1);
                    position.advance();
                    together = 0;
                }
                _ => {}
            }
        }
    }
}
