// src/helpers/arg/parse.rs: the argument parsers at run time: for C, and for Rust's calls that do not fit.

use core::cell::Cell;
use core::ptr;

use super::error::raise;
use super::keywords::Keywords;
use super::nested::{DEEPEST, Extent, extent};
use super::refuse::{Parameters, Shape};
use super::spec::{ArgSpec, ends_units};
use super::tracked::{keep, tracked};
use super::units::convert_unit;
use crate::helpers::units::{arg, is_plain, letters_of};
use crate::raised::Raised;
use crate::*;

/// `HPyArg_Parse` with a format that is known at run time only: returns 1, or 0 with an exception set.
///
/// `outputs` has a pointer for each variable that the units write; if it is null, the arguments are converted and the
/// values forgotten.
///
/// # Safety
/// There are `nargs` open handles at `args`, `format` is a C string, each output points to a variable of its unit's
/// type, and `ht` is null or may be written.
pub unsafe fn arg_parse(
    ctx: &HPyContext,
    ht: *mut HPyTracker,
    args: *const HPy,
    nargs: usize,
    format: *const c_char,
    outputs: *const *mut c_void,
) -> c_int {
    let parser = Parser::new(ctx, args, nargs, format, outputs);
    // SAFETY: the caller's promise.
    unsafe {
        if let Some(parsed) = ht.is_null().then(|| parser.quick_positional()).flatten() {
            return parsed.into();
        }
        tracked(ctx, ht, |tracker| parser.or_undo(parser.positional(tracker)))
    }
}

/// Writes the value of `h` to `output`, for a unit of one letter that writes one variable: returns 1, or 0 with an exception set.
///
/// # Safety
/// `h` is an open handle, `format` the C string that has the unit, and `output` points to a variable of its type.
#[cfg(feature = "c-library")]
pub unsafe fn arg_convert_unit(
    ctx: &HPyContext,
    format: *const c_char,
    unit: c_char,
    h: HPy,
    output: *mut c_void,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { convert_unit(ctx, format, unit as u8, h, &output).into() }
}

/// `HPyArg_ParseKeywords` with a format that is known at run time only: returns 1, or 0 with an exception set.
///
/// `names` ends with a null pointer. `outputs` is as in [`arg_parse`]. A unit that gives a handle gives a new one, which
/// the tracker closes.
///
/// # Safety
/// As for [`arg_parse`]; the arguments are those of a call with the convention `HPyFunc_KEYWORDS`, and names are C
/// strings.
#[allow(clippy::too_many_arguments)]
pub unsafe fn arg_parse_keywords(
    ctx: &HPyContext,
    ht: *mut HPyTracker,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
    format: *const c_char,
    names: *const *const c_char,
    outputs: *const *mut c_void,
) -> c_int {
    let parser = Parser::new(ctx, args, nargs, format, outputs);
    // SAFETY: the caller's promise: the values of keyword arguments follow the others.
    unsafe {
        if let Some(parsed) = ht.is_null().then(|| parser.quick_names(names, kwnames)).flatten() {
            return parsed.into();
        }
        tracked(ctx, ht, |tracker| match Keywords::of_names(ctx, kwnames, args.wrapping_add(nargs)) {
            Ok(keywords) => {
                let lacks_tracker = tracker.is_none() && !outputs.is_null();
                parser.or_undo(parser.with_keywords(names, &keywords, tracker, lacks_tracker))
            }
            Err(Raised) => raise(ctx, format, ctx.h_SystemError, c"could not retrieve length of keyword names tuple"),
        })
    }
}

/// `HPyArg_ParseKeywordsDict` with a format that is known at run time only: returns 1, or 0 with an exception set.
///
/// As [`arg_parse_keywords`]; the tracker also keeps every other value that comes from the dictionary.
///
/// # Safety
/// As for [`arg_parse`]; the arguments are those of a call with the convention `HPyFunc_INITPROC`, and names are C
/// strings.
#[allow(clippy::too_many_arguments)]
pub unsafe fn arg_parse_keywords_dict(
    ctx: &HPyContext,
    ht: *mut HPyTracker,
    args: *const HPy,
    nargs: usize,
    kw: HPy,
    format: *const c_char,
    names: *const *const c_char,
    outputs: *const *mut c_void,
) -> c_int {
    let parser = Parser::new(ctx, args, nargs, format, outputs);
    // SAFETY: the caller's promise.
    unsafe {
        if let Some(parsed) = ht.is_null().then(|| parser.quick_dict(names, kw)).flatten() {
            return parsed.into();
        }
        tracked(ctx, ht, |tracker| {
            let lacks_tracker = tracker.is_none() && !outputs.is_null();
            parser.or_undo(parser.with_dict(names, kw, tracker, lacks_tracker))
        })
    }
}

/// Raises the exception for arguments that do not fit.
///
/// # Safety
/// There are `nargs` open handles at `args`.
#[cold]
#[inline(never)]
pub(crate) unsafe fn wrong_positional(ctx: &HPyContext, spec: &ArgSpec, args: *const HPy, nargs: usize) {
    let parser = Parser::new(ctx, args, nargs, spec.format(), ptr::null());
    let shape = Shape::of(spec);
    // SAFETY: the caller's promise.
    unsafe { parser.wrong_number(&shape) };
}

/// Raises the exception for arguments that do not fit; it returns false.
///
/// # Safety
/// There are `nargs` open handles at `args`; `kwnames` is an open handle or `HPy_NULL`, and a value for each name
/// follows them.
#[cold]
#[inline(never)]
pub(crate) unsafe fn wrong_names(
    ctx: &HPyContext,
    spec: &ArgSpec,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> bool {
    let parser = Parser::new(ctx, args, nargs, spec.format(), ptr::null());
    // SAFETY: the caller's promise: the values of keyword arguments follow the others.
    unsafe {
        match Keywords::of_names(ctx, kwnames, args.wrapping_add(nargs)) {
            Ok(keywords) => parser.never_fits(parser.with_keywords(spec.names, &keywords, None, false)),
            Err(Raised) => false,
        }
    }
}

/// Raises the exception for arguments that do not fit, or for a tracker that is missing; it returns false.
///
/// # Safety
/// There are `nargs` open handles at `args`; `kw` is an open handle or `HPy_NULL`.
#[cold]
#[inline(never)]
pub(crate) unsafe fn wrong_dict(
    ctx: &HPyContext,
    spec: &ArgSpec,
    args: *const HPy,
    nargs: usize,
    kw: HPy,
    lacks_tracker: bool,
) -> bool {
    let parser = Parser::new(ctx, args, nargs, spec.format(), ptr::null());
    // SAFETY: the caller's promise.
    unsafe { parser.never_fits(parser.with_dict(spec.names, kw, None, lacks_tracker)) }
}

/// A call whose arguments are parsed.
pub(super) struct Parser<'a> {
    pub(super) ctx: &'a HPyContext,
    pub(super) args: *const HPy,
    pub(super) nargs: usize,
    pub(super) format: *const c_char,
    /// Where the values go, or null to forget them.
    pub(super) outputs: *const *mut c_void,
    /// The outputs that have something which is given back if the parser fails: a bit for each.
    pub(super) given: Cell<u128>,
}

impl Parser<'_> {
    /// # Safety
    /// The parser's arguments, outputs and format belong together: open handles, and a place for each unit, or none at
    /// all.
    unsafe fn positional(&self, tracker: Option<HPyTracker>) -> bool {
        // SAFETY: an argument is converted where there is one, and the loop ends at the end of the units.
        unsafe {
            let Some(shape) = self.shape(false) else { return false };
            if let (Some(unit), None) = (shape.item, tracker) {
                return self.no_tracker(unit);
            }
            if !shape.fits(self.nargs) {
                return self.wrong_number(&shape);
            }
            let (mut at, mut index, mut output) = (self.format, 0, 0);
            while index < self.nargs {
                let Some(Extent { length, outputs, .. }) = extent(at) else {
                    at = at.add(1);
                    continue;
                };
                if !self.convert_argument(at, *self.args.add(index), output, index, tracker) {
                    return false;
                }
                (at, index, output) = (at.add(length), index + 1, output + outputs);
            }
        }
        true
    }

    /// What the format asks for; none, with an exception set, if one of its letters is no unit.
    ///
    /// # Safety
    /// The parser's format is a C string.
    unsafe fn shape(&self, has_keywords: bool) -> Option<Shape> {
        let (mut at, mut units, mut required, mut positional) = (self.format, 0, None, None);
        let (mut tracked, mut item, mut depth, mut is_empty) = (None, None, 0, false);
        // SAFETY: the loop ends at the format's terminator.
        unsafe {
            while !ends_units(*at as u8) {
                if is_plain(*at as u8) {
                    units += usize::from(depth == 0);
                    (at, is_empty) = (at.add(1), false);
                    continue;
                }
                if let Some((unit, length)) = arg::find(letters_of(at)) {
                    units += usize::from(depth == 0);
                    is_empty = false;
                    tracked = tracked.or(arg::is_tracked(unit).then_some(unit));
                    item = item.or((depth > 0 && arg::is_borrowed(unit)).then_some(unit));
                    at = at.add(length);
                    continue;
                }
                match *at as u8 {
                    b'(' if depth < DEEPEST => {
                        units += usize::from(depth == 0);
                        (depth, is_empty) = (depth + 1, true);
                    }
                    b')' if depth > 0 && !is_empty => depth -= 1,
                    b'(' | b')' => break,
                    b'|' | b'$' if depth > 0 => break,
                    b'|' => required = required.or(Some(units)),
                    b'$' if has_keywords => positional = positional.or(Some(units)),
                    _ => {
                        raise(self.ctx, self.format, self.ctx.h_SystemError, c"unknown arg format code");
                        return None;
                    }
                }
                at = at.add(1);
            }
            if depth > 0 || !ends_units(*at as u8) {
                raise(self.ctx, self.format, self.ctx.h_SystemError, c"the parentheses of the arg format are wrong");
                return None;
            }
        }
        let (positional, has_bar) = (positional.unwrap_or(units), required.is_some());
        Some(Shape { units, required: required.unwrap_or(positional), positional, has_bar, tracked, item })
    }

    /// # Safety
    /// The parser's arguments, outputs and format belong together; `names` are C strings up to a null pointer, `kw` is
    /// an open handle or `HPy_NULL`, and the tracker is open.
    unsafe fn with_dict(
        &self,
        names: *const *const c_char,
        kw: HPy,
        tracker: Option<HPyTracker>,
        lacks_tracker: bool,
    ) -> bool {
        // SAFETY: the caller's promise.
        unsafe {
            let Ok(keywords) = Keywords::of_dict(self.ctx, kw) else { return false };
            let parsed = self.with_keywords(names, &keywords, tracker, lacks_tracker);
            keywords.close(self.ctx);
            parsed
        }
    }

    /// The order is CPython's: the number of all arguments, the values one after the other, and then the names.
    ///
    /// # Safety
    /// The parser's arguments, outputs and format belong together; `names` are C strings up to a null pointer, and the
    /// tracker is open.
    unsafe fn with_keywords(
        &self,
        names: *const *const c_char,
        keywords: &Keywords,
        tracker: Option<HPyTracker>,
        lacks_tracker: bool,
    ) -> bool {
        let Parser { ctx, args, nargs, format, .. } = *self;
        let (mut at, mut index, mut output, mut used) = (format, 0, 0, 0);
        // SAFETY: the loop ends at the format's terminator, and an index stays below the number of names.
        unsafe {
            let Some(parameters) = self.parameters(names) else { return false };
            let Some(shape) = self.shape(true) else { return false };
            if !self.check(&shape, &parameters, lacks_tracker) {
                return false;
            }
            if nargs + keywords.count > parameters.total {
                let which = if nargs == 0 { c"keyword " } else { c"" };
                return self.takes(c"at most", parameters.total, which, nargs + keywords.count);
            }
            while !ends_units(*at as u8) {
                let Some(Extent { length, outputs, .. }) = extent(at) else {
                    if *at as u8 == b'$' && nargs > shape.positional {
                        return self.surplus(&shape);
                    }
                    at = at.add(1);
                    continue;
                };
                if index < nargs {
                    let Ok(value) = keep(ctx, tracker, at, *args.add(index)) else { return false };
                    if !self.convert_argument(at, value, output, index, tracker) {
                        return false;
                    }
                } else {
                    match self.convert_keyword(at, index, output, &parameters, keywords, tracker) {
                        Ok(true) => used += 1,
                        Ok(false) if index >= shape.required => {}
                        Ok(false) => return self.missing(index, &shape, &parameters),
                        Err(Raised) => return false,
                    }
                }
                (at, index, output) = (at.add(length), index + 1, output + outputs);
            }
            used == keywords.count || self.unused(&parameters, keywords)
        }
    }

    /// Counts the names; none, with an exception set, if an empty one comes after another.
    ///
    /// # Safety
    /// `names` are C strings up to a null pointer.
    unsafe fn parameters(&self, names: *const *const c_char) -> Option<Parameters> {
        let mut parameters = Parameters { names, total: 0, unnamed: 0 };
        // SAFETY: the names end with a null pointer, and each is a C string.
        unsafe {
            while !parameters.name(parameters.total).is_null() {
                if *parameters.name(parameters.total) == 0 {
                    if parameters.unnamed < parameters.total {
                        raise(self.ctx, self.format, self.ctx.h_SystemError, c"empty keyword parameter name");
                        return None;
                    }
                    parameters.unnamed += 1;
                }
                parameters.total += 1;
            }
        }
        Some(parameters)
    }

    /// Converts an argument to the variables from `output` on.
    ///
    /// # Safety
    /// The parser's arguments, outputs and format belong together; `h` is an open handle.
    #[inline(never)]
    pub(super) unsafe fn convert(&self, unit: u8, h: HPy, output: usize) -> bool {
        // SAFETY: the caller's promise.
        unsafe {
            match self.outputs.is_null() {
                true => self.convert_and_forget(unit, h),
                false => {
                    convert_unit(self.ctx, self.format, unit, h, self.outputs.add(output))
                        && (!arg::is_undone(unit) || self.note_given(unit, output))
                }
            }
        }
    }

    /// Converts the keyword argument of a parameter, and tells whether there is one.
    ///
    /// # Safety
    /// The parser's arguments, outputs and format belong together; `index` is below the number of names, and the
    /// tracker is open.
    unsafe fn convert_keyword(
        &self,
        at: *const c_char,
        index: usize,
        output: usize,
        parameters: &Parameters,
        keywords: &Keywords,
        tracker: Option<HPyTracker>,
    ) -> Result<bool, Raised> {
        // SAFETY: the index is below the number of names; a value that is one's own goes to the tracker, or is closed.
        unsafe {
            let Some(value) = keywords.find_value(self.ctx, parameters.name(index))? else { return Ok(false) };
            let convert = |value| self.convert_argument(at, value, output, index, tracker);
            let converted = match tracker {
                Some(tracker) if keywords.are_owned() => {
                    // Even if this fails, the tracker has the value.
                    HPyTracker_Add(self.ctx, tracker, value) == 0 && convert(value)
                }
                _ if keywords.are_owned() => {
                    let converted = convert(value);
                    HPy_Close(self.ctx, value);
                    converted
                }
                _ => convert(keep(self.ctx, tracker, at, value)?),
            };
            if converted { Ok(true) } else { Err(Raised) }
        }
    }
}
