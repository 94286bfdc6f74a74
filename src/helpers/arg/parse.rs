// src/helpers/arg/parse.rs: the argument parsers at run time: for C, and for Rust's calls that do not fit.

use core::ptr;

use super::error::{raise, raise_with};
use super::keywords::Keywords;
use super::spec::{ArgSpec, ends_units, is_unit};
use super::tracked::{keep, tracked};
use super::units::convert_unit;
use crate::helpers::format::values::FormatValue;
use crate::raised::Raised;
use crate::*;

/// `HPyArg_Parse` with a format that is known at run time only: returns 1, or 0 with an exception set.
///
/// `outputs` has a pointer for each unit; if it is null, the arguments are converted and the values forgotten.
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
    let parser = Parser { ctx, args, nargs, format, outputs };
    // SAFETY: the caller's promise.
    unsafe { tracked(ctx, ht, |_| parser.positional()) }
}

/// `HPyArg_ParseKeywords` with a format that is known at run time only: returns 1, or 0 with an exception set.
///
/// `names` ends with a null pointer. `outputs` is as in [`arg_parse`]. The unit `O` gives a new handle, which the
/// tracker closes.
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
    let parser = Parser { ctx, args, nargs, format, outputs };
    // SAFETY: the caller's promise: the values of keyword arguments follow the others.
    unsafe {
        tracked(ctx, ht, |tracker| match Keywords::of_names(ctx, kwnames, args.wrapping_add(nargs)) {
            Ok(keywords) => parser.with_keywords(names, &keywords, tracker, tracker.is_none() && !outputs.is_null()),
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
    let parser = Parser { ctx, args, nargs, format, outputs };
    // SAFETY: the caller's promise.
    unsafe { tracked(ctx, ht, |tracker| parser.with_dict(names, kw, tracker, tracker.is_none() && !outputs.is_null())) }
}

/// Raises the exception for arguments that do not fit.
#[cold]
#[inline(never)]
pub(crate) unsafe fn wrong_positional(ctx: &HPyContext, spec: &ArgSpec, args: *const HPy, nargs: usize) {
    let parser = Parser { ctx, args, nargs, format: spec.format(), outputs: ptr::null() };
    // SAFETY: the caller's promise.
    unsafe { parser.never_fits(parser.positional()) };
}

/// Raises the exception for arguments that do not fit; it returns false.
#[cold]
#[inline(never)]
pub(crate) unsafe fn wrong_names(
    ctx: &HPyContext,
    spec: &ArgSpec,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> bool {
    let parser = Parser { ctx, args, nargs, format: spec.format(), outputs: ptr::null() };
    // SAFETY: the caller's promise: the values of keyword arguments follow the others.
    unsafe {
        match Keywords::of_names(ctx, kwnames, args.wrapping_add(nargs)) {
            Ok(keywords) => parser.never_fits(parser.with_keywords(spec.names, &keywords, None, false)),
            Err(Raised) => false,
        }
    }
}

/// Raises the exception for arguments that do not fit, or for a tracker that is missing; it returns false.
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
    let parser = Parser { ctx, args, nargs, format: spec.format(), outputs: ptr::null() };
    // SAFETY: the caller's promise.
    unsafe { parser.never_fits(parser.with_dict(spec.names, kw, None, lacks_tracker)) }
}

/// A call whose arguments are parsed.
struct Parser<'a> {
    ctx: &'a HPyContext,
    args: *const HPy,
    nargs: usize,
    format: *const c_char,
    /// Where the values go, or null to forget them.
    outputs: *const *mut c_void,
}

/// The parameters that keyword arguments are for.
struct Parameters {
    /// The names, up to a null pointer.
    names: *const *const c_char,
    /// How many there are. Those that come first may have an empty name: they are positional only.
    total: usize,
}

impl Parameters {
    /// The name of a parameter; null after the last one.
    unsafe fn name(&self, index: usize) -> *const c_char {
        // SAFETY: the caller goes no further than the end.
        unsafe { *self.names.add(index) }
    }
}

impl Parser<'_> {
    unsafe fn positional(&self) -> bool {
        let Parser { ctx, args, nargs, format, .. } = *self;
        let (mut at, mut index, mut optional) = (format, 0, false);
        // SAFETY: the loop ends at the format's terminator.
        unsafe {
            while !ends_units(*at as u8) {
                match *at as u8 {
                    b'|' => optional = true,
                    unit if !is_unit(unit) => return raise(ctx, format, ctx.h_SystemError, c"unknown arg format code"),
                    unit => {
                        if index < nargs {
                            if !self.convert(unit, *args.add(index), index) {
                                return false;
                            }
                        } else if !optional {
                            return raise(ctx, format, ctx.h_TypeError, c"required positional argument missing");
                        }
                        index += 1;
                    }
                }
                at = at.add(1);
            }
            index >= nargs || raise(ctx, format, ctx.h_TypeError, c"mismatched args (too many arguments for fmt)")
        }
    }

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

    unsafe fn with_keywords(
        &self,
        names: *const *const c_char,
        keywords: &Keywords,
        tracker: Option<HPyTracker>,
        lacks_tracker: bool,
    ) -> bool {
        let Parser { ctx, args, nargs, format, .. } = *self;
        let (mut at, mut index, mut required, mut keyword_only, mut used) = (format, 0, None, false, 0);
        // SAFETY: the loop ends at the format's terminator, and an index stays below the number of names.
        unsafe {
            let Some(parameters) = self.parameters(names) else { return false };
            while !ends_units(*at as u8) {
                let unit = *at as u8;
                at = at.add(1);
                if matches!(unit, b'|' | b'$') {
                    required = required.or(Some(index));
                    keyword_only |= unit == b'$';
                    continue;
                }
                if !self.check_unit(unit, index, &parameters, lacks_tracker) {
                    return false;
                }
                if index < nargs {
                    if keyword_only {
                        let message = c"keyword only argument passed as positional argument";
                        return raise(ctx, format, ctx.h_TypeError, message);
                    }
                    let Ok(value) = keep(ctx, tracker, unit, *args.add(index)) else { return false };
                    if !self.convert(unit, value, index) {
                        return false;
                    }
                } else {
                    match self.convert_keyword(unit, index, &parameters, keywords, tracker) {
                        Ok(true) => used += 1,
                        Ok(false) if required.is_some() => {}
                        Ok(false) => return raise(ctx, format, ctx.h_TypeError, c"no value for required argument"),
                        Err(Raised) => return false,
                    }
                }
                index += 1;
            }
            if index < parameters.total {
                return raise(ctx, format, ctx.h_TypeError, c"mismatched args (too many keywords for fmt)");
            }
            if nargs > index {
                return self.surplus(required.unwrap_or(index), index);
            }
            used == keywords.count || self.unused(&parameters, keywords)
        }
    }

    /// Counts the names; none, with an exception set, if an empty one comes after another.
    unsafe fn parameters(&self, names: *const *const c_char) -> Option<Parameters> {
        let (mut parameters, mut unnamed) = (Parameters { names, total: 0 }, 0);
        // SAFETY: the names end with a null pointer, and each is a C string.
        unsafe {
            while !parameters.name(parameters.total).is_null() {
                if *parameters.name(parameters.total) == 0 {
                    if unnamed < parameters.total {
                        raise(self.ctx, self.format, self.ctx.h_SystemError, c"empty keyword parameter name");
                        return None;
                    }
                    unnamed += 1;
                }
                parameters.total += 1;
            }
        }
        Some(parameters)
    }

    /// Whether the unit is one that can be converted here, and has a name.
    unsafe fn check_unit(&self, unit: u8, index: usize, parameters: &Parameters, lacks_tracker: bool) -> bool {
        let ctx = self.ctx;
        let (exception, message) = match unit {
            b'O' if lacks_tracker => (
                ctx.h_SystemError,
                c"HPyArg_ParseKeywords cannot use the format character 'O' unless an HPyTracker is provided. Please \
                  supply an HPyTracker.",
            ),
            _ if !is_unit(unit) => (ctx.h_SystemError, c"unknown arg format code"),
            _ if index >= parameters.total => (ctx.h_TypeError, c"mismatched args (too few keywords for fmt)"),
            _ => return true,
        };
        // SAFETY: the caller's promise.
        unsafe { raise(ctx, self.format, exception, message) }
    }

    unsafe fn convert(&self, unit: u8, h: HPy, index: usize) -> bool {
        let mut forgotten = [0u64; 1];
        // SAFETY: every unit's type fits into 64 bits.
        unsafe {
            let output = match self.outputs.is_null() {
                true => forgotten.as_mut_ptr().cast(),
                false => *self.outputs.add(index),
            };
            convert_unit(self.ctx, self.format, unit, h, output)
        }
    }

    /// Converts the keyword argument of a parameter, and tells whether there is one.
    unsafe fn convert_keyword(
        &self,
        unit: u8,
        index: usize,
        parameters: &Parameters,
        keywords: &Keywords,
        tracker: Option<HPyTracker>,
    ) -> Result<bool, Raised> {
        // SAFETY: the index is below the number of names; a value that is one's own goes to the tracker, or is closed.
        unsafe {
            let Some(value) = keywords.find_value(self.ctx, parameters.name(index))? else { return Ok(false) };
            let converted = match tracker {
                Some(tracker) if keywords.are_owned() => {
                    // Even if this fails, the tracker has the value.
                    HPyTracker_Add(self.ctx, tracker, value) == 0 && self.convert(unit, value, index)
                }
                _ if keywords.are_owned() => {
                    let converted = self.convert(unit, value, index);
                    HPy_Close(self.ctx, value);
                    converted
                }
                _ => self.convert(unit, keep(self.ctx, tracker, unit, value)?, index),
            };
            if converted { Ok(true) } else { Err(Raised) }
        }
    }

    /// More positional arguments than parameters.
    #[cold]
    unsafe fn surplus(&self, required: usize, total: usize) -> bool {
        let values = [
            FormatValue { s: if required < total { c"at most" } else { c"exactly" }.as_ptr() },
            FormatValue { i: total as i64 },
            FormatValue { s: if total == 1 { c"" } else { c"s" }.as_ptr() },
            FormatValue { i: self.nargs as i64 },
        ];
        let message = c"takes %s %zd positional argument%s (%zd given)";
        // SAFETY: the values are those of the message.
        unsafe { raise_with(self.ctx, self.format, self.ctx.h_TypeError, message, &values) }
    }

    /// A keyword argument that is for no parameter, or for one that has a value already.
    #[cold]
    unsafe fn unused(&self, parameters: &Parameters, keywords: &Keywords) -> bool {
        // SAFETY: as below; the list is one's own.
        unsafe {
            let Ok(listed) = keywords.with_list(self.ctx) else { return false };
            if let Some(listed) = listed {
                let parsed = self.unused(parameters, &listed);
                listed.close(self.ctx);
                return parsed;
            }
        }
        // SAFETY: the indices are below the counts.
        unsafe {
            for index in 0..keywords.count {
                let message = match keywords.parameter(self.ctx, index, parameters.names, 0, parameters.total) {
                    Err(Raised) => return false,
                    Ok(None) => c"got an unexpected keyword argument %R",
                    Ok(Some(parameter)) => match keywords.find(self.ctx, parameters.name(parameter)) {
                        Err(Raised) => return false,
                        Ok(first) if parameter >= self.nargs && first == Some(index) => continue,
                        Ok(_) => c"got multiple values for argument %R",
                    },
                };
                let Ok(name) = keywords.name(self.ctx, index) else { return false };
                raise_with(self.ctx, self.format, self.ctx.h_TypeError, message, &[FormatValue { o: name }]);
                HPy_Close(self.ctx, name);
                return false;
            }
        }
        // SAFETY: the caller's promise.
        unsafe { self.never_fits(true) }
    }

    /// Arguments that did not fit do so now only if a conversion has changed them.
    unsafe fn never_fits(&self, fits: bool) -> bool {
        let message = c"the arguments changed while they were parsed";
        // SAFETY: the caller's promise.
        unsafe { fits && raise(self.ctx, self.format, self.ctx.h_TypeError, message) }
    }
}
