// src/helpers/arg/quick.rs: the usual call of a parser at run time: a format of plain units, and arguments that fit it.
//
// Whether they fit is known before anything is converted. If not, the general parser begins anew, and says what is wrong.

use super::keywords::is_name;
use super::parse::Parser;
use super::place::{is_complete, place_positional};
use super::refuse::Shape;
use super::spec::ends_units;
use super::units::convert_unit;
use crate::abi::borrowed;
use crate::helpers::units::is_plain;
use crate::*;

/// With more parameters, the general parser is not much slower.
const MOST: usize = 12;

/// The arguments in the order of the parameters; `HPy_NULL` where one is left out.
type Values = [HPy; MOST];

impl Parser<'_> {
    /// Parses the arguments of a call without keywords, or leaves them alone.
    ///
    /// # Safety
    /// The parser's arguments, outputs and format belong together, and the call has no tracker.
    #[inline(always)]
    pub(super) unsafe fn quick_positional(&self) -> Option<bool> {
        // SAFETY: the caller's promise; there are as many arguments. Without one, their address may be null.
        unsafe {
            self.plain_shape(false)?
                .fits(self.nargs)
                .then(|| self.convert_plain((0..self.nargs).map(|index| *self.args.add(index))))
        }
    }

    /// Parses the arguments of a call with the convention `HPyFunc_KEYWORDS`, or leaves them alone.
    ///
    /// # Safety
    /// As of [`quick_positional`](Parser::quick_positional); `names` are C strings up to a null pointer, and `kwnames` is an open
    /// handle or `HPy_NULL`.
    #[inline(always)]
    pub(super) unsafe fn quick_names(&self, names: *const *const c_char, kwnames: HPy) -> Option<bool> {
        // SAFETY: the caller's promise: the values of keyword arguments follow the others.
        unsafe {
            let (shape, mut values) = self.placed(names)?;
            if !HPy_IsNull(kwnames) {
                let by_name = self.args.wrapping_add(self.nargs);
                for (index, name) in borrowed::texts_of_tuple(kwnames)?.enumerate() {
                    place(&mut values, &shape, names, self.nargs.wrapping_add(index), name?, *by_name.add(index))?;
                }
            }
            is_complete(shape.required, &values).then(|| self.convert_plain(values.iter().copied().take(shape.units)))
        }
    }

    /// Parses the arguments of a call with the convention `HPyFunc_INITPROC`, or leaves them alone.
    ///
    /// # Safety
    /// As of [`quick_names`](Parser::quick_names); `kw` is an open handle or `HPy_NULL`.
    #[inline(always)]
    pub(super) unsafe fn quick_dict(&self, names: *const *const c_char, kw: HPy) -> Option<bool> {
        // SAFETY: the caller's promise. Nothing changes the dictionary before all of its items are read.
        unsafe {
            let (shape, mut values) = self.placed(names)?;
            if !HPy_IsNull(kw) {
                let mut expected = self.nargs;
                for (name, value) in borrowed::items_of_dict(kw)? {
                    place(&mut values, &shape, names, expected, borrowed::text(name)?, value)?;
                    expected = expected.wrapping_add(1);
                }
            }
            if !is_complete(shape.required, &values) {
                return None;
            }
            // A conversion may run code that changes the dictionary.
            let named = || self.nargs..shape.units;
            for value in values.get_mut(named())? {
                *value = HPy_Dup(self.ctx, *value);
            }
            let converted = self.convert_plain(values.iter().copied().take(shape.units));
            for &value in values.get(named())? {
                HPy_Close(self.ctx, value);
            }
            Some(converted)
        }
    }

    /// What a format of plain units asks for.
    ///
    /// # Safety
    /// The parser's format is a C string.
    #[inline(always)]
    unsafe fn plain_shape(&self, has_keywords: bool) -> Option<Shape> {
        let (mut at, mut units, mut required, mut positional) = (self.format, 0usize, None, None);
        // SAFETY: the loop ends at the format's terminator.
        unsafe {
            loop {
                match *at as u8 {
                    letter if is_plain(letter) => units = units.wrapping_add(1),
                    b'|' => required = required.or(Some(units)),
                    b'$' if has_keywords => positional = positional.or(Some(units)),
                    letter if ends_units(letter) => break,
                    _ => return None,
                }
                at = at.add(1);
            }
        }
        let (positional, has_bar) = (positional.unwrap_or(units), required.is_some());
        let required = required.unwrap_or(positional);
        let has_outputs = !self.outputs.is_null();
        has_outputs.then_some(Shape { units, required, positional, has_bar, tracked: None, item: None })
    }

    /// What the format asks for, and the positional arguments where their parameters are, if there is a name for each unit; those
    /// that are positional only have an empty one, and come first.
    ///
    /// # Safety
    /// The parser's arguments are open handles, its format is a C string, and `names` are C strings up to a null pointer.
    #[inline(always)]
    unsafe fn placed(&self, names: *const *const c_char) -> Option<(Shape, Values)> {
        // SAFETY: the caller's promise: the loop goes no further than the null pointer.
        unsafe {
            let shape = self.plain_shape(true)?;
            let (mut index, mut is_named) = (0, false);
            while !(*names.add(index)).is_null() {
                let is_empty = **names.add(index) == 0;
                if index == shape.units || is_empty && is_named {
                    return None;
                }
                (index, is_named) = (index + 1, !is_empty);
            }
            let mut values = [HPy_NULL; MOST];
            let fits = index == shape.units
                && index <= MOST
                && place_positional(shape.positional, self.args, self.nargs, &mut values);
            fits.then_some((shape, values))
        }
    }

    /// Converts the arguments, up to the first one that fails.
    ///
    /// # Safety
    /// The parser's format has no other units than plain ones, and no fewer than there are values, each an open handle or
    /// `HPy_NULL`; its outputs belong to them.
    #[inline(always)]
    unsafe fn convert_plain(&self, values: impl Iterator<Item = HPy>) -> bool {
        let (mut at, mut outputs) = (self.format, self.outputs);
        // SAFETY: the caller's promise: each value has a unit, before which there may be `|` and `$`.
        unsafe {
            for value in values {
                while !is_plain(*at as u8) {
                    at = at.add(1);
                }
                if !HPy_IsNull(value) && !convert_unit(self.ctx, self.format, *at as u8, value, outputs) {
                    return false;
                }
                (at, outputs) = (at.add(1), outputs.add(1));
            }
        }
        true
    }
}

/// Puts a keyword argument where its parameter is: most often the one after that of the argument before. `None` if no parameter
/// has the name, or if it has a value already.
///
/// # Safety
/// There are C strings at `names`, one for each unit.
#[inline(always)]
unsafe fn place(
    values: &mut Values,
    shape: &Shape,
    names: *const *const c_char,
    expected: usize,
    text: &[u8],
    value: HPy,
) -> Option<()> {
    // SAFETY: the caller's promise; a parameter is below the number of names.
    unsafe {
        let has_name = |&parameter: &usize| is_name(*names.add(parameter), text);
        let nearest = Some(expected).filter(|&expected| expected < shape.units).filter(has_name);
        let place = values.get_mut(nearest.or_else(|| (0..shape.units).find(has_name))?)?;
        HPy_IsNull(*place).then(|| *place = value)
    }
}
