// src/helpers/arg/refuse.rs: arguments that do not fit their parameters, in the words of CPython's own parsers.

use core::ffi::CStr;

use super::error::{raise, raise_with};
use super::keywords::Keywords;
use super::parse::Parser;
use super::spec::ArgSpec;
use crate::helpers::units::arg;
use crate::helpers::values::Value;
use crate::raised::Raised;
use crate::*;

/// The parameters that keyword arguments are for.
pub(super) struct Parameters {
    /// The names, up to a null pointer.
    pub(super) names: *const *const c_char,
    /// How many there are.
    pub(super) total: usize,
    /// How many of them have an empty name: they come first, and are positional only.
    pub(super) unnamed: usize,
}

/// What a format asks for.
pub(super) struct Shape {
    /// The number of parameters: of units and parentheses.
    pub(super) units: usize,
    /// The number of them before `|` and `$`.
    pub(super) required: usize,
    /// The number of them before `$`.
    pub(super) positional: usize,
    /// Whether there is a `|`.
    pub(super) has_bar: bool,
    /// The first unit that gives a handle, which a tracker keeps.
    pub(super) tracked: Option<u8>,
    /// The first unit in parentheses that gives what lives as long as the item, which a tracker keeps.
    pub(super) item: Option<u8>,
}

impl Shape {
    /// That of a format which was read at compile time.
    pub(super) fn of(spec: &ArgSpec) -> Shape {
        let ArgSpec { parameters, required, positional, tracked, item, .. } = *spec;
        Shape { units: parameters, required, positional, has_bar: required < positional, tracked, item }
    }

    /// Whether `HPyArg_Parse` takes as many arguments.
    pub(super) fn fits(&self, nargs: usize) -> bool {
        (self.required..=self.units).contains(&nargs)
    }
}

impl Parameters {
    /// The name of a parameter; null after the last one.
    ///
    /// # Safety
    /// `index` is no greater than the number of the names.
    pub(super) unsafe fn name(&self, index: usize) -> *const c_char {
        // SAFETY: the caller goes no further than the end.
        unsafe { *self.names.add(index) }
    }
}

impl Parser<'_> {
    /// Whether the names and the tracker are those that the format needs: mistakes of the function, and not of its caller.
    ///
    /// # Safety
    /// The parser's format is a C string.
    pub(super) unsafe fn check(&self, shape: &Shape, parameters: &Parameters, lacks_tracker: bool) -> bool {
        let ctx = self.ctx;
        // SAFETY: the caller's promise; one message has a directive, for a character.
        unsafe {
            if let (true, Some(unit)) = (lacks_tracker, shape.tracked.or(shape.item)) {
                return self.no_tracker(unit);
            }
            let message = match parameters.total {
                total if total < shape.units => c"mismatched args (too few keywords for fmt)",
                total if total > shape.units => c"mismatched args (too many keywords for fmt)",
                _ => return true,
            };
            raise(ctx, self.format, ctx.h_TypeError, message)
        }
    }

    /// The format has a unit that needs a tracker.
    ///
    /// # Safety
    /// The parser's format is a C string.
    #[cold]
    pub(super) unsafe fn no_tracker(&self, unit: u8) -> bool {
        let message = c"HPyArg_ParseKeywords cannot use the format character '%c' unless an HPyTracker is provided. \
                                Please supply an HPyTracker.";
        // SAFETY: the caller's promise; the message has a directive, for a character.
        unsafe {
            // The code of a unit of two letters is none of them.
            let letter = arg::first_letter(unit);
            raise_with(self.ctx, self.format, self.ctx.h_SystemError, message, &[Value { i: letter.into() }])
        }
    }

    /// Too few or too many arguments for `HPyArg_Parse`, in CPython's words.
    ///
    /// # Safety
    /// The parser's format is a C string.
    #[cold]
    pub(super) unsafe fn wrong_number(&self, shape: &Shape) -> bool {
        let Shape { required, units, .. } = *shape;
        let (how, wanted) = match self.nargs < required {
            _ if required == units => (c"exactly", units),
            true => (c"at least", required),
            false => (c"at most", units),
        };
        // SAFETY: the values are those of the message.
        unsafe { self.takes(how, wanted, c"", self.nargs) }
    }

    /// "takes at most 2 positional arguments (3 given)"
    ///
    /// # Safety
    /// The parser's format is a C string.
    #[cold]
    pub(super) unsafe fn takes(&self, how: &CStr, wanted: usize, which: &CStr, given: usize) -> bool {
        let values = [
            Value { s: how.as_ptr() },
            Value { i: wanted as i64 },
            Value { s: which.as_ptr() },
            Value { s: if wanted == 1 { c"" } else { c"s" }.as_ptr() },
            Value { i: given as i64 },
        ];
        let message = c"takes %s %zd %sargument%s (%zd given)";
        // SAFETY: the values are those of the message.
        unsafe { raise_with(self.ctx, self.format, self.ctx.h_TypeError, message, &values) }
    }

    /// More positional arguments than parameters that may be positional.
    ///
    /// # Safety
    /// The parser's format is a C string.
    #[cold]
    pub(super) unsafe fn surplus(&self, shape: &Shape) -> bool {
        // SAFETY: the caller's promise.
        unsafe {
            if shape.positional == 0 {
                return raise(self.ctx, self.format, self.ctx.h_TypeError, c"takes no positional arguments");
            }
            let how = if shape.has_bar { c"at most" } else { c"exactly" };
            self.takes(how, shape.positional, c"positional ", self.nargs)
        }
    }

    /// No value for a parameter that needs one.
    ///
    /// # Safety
    /// The parser's format is a C string, and `index` is below the number of names.
    #[cold]
    pub(super) unsafe fn missing(&self, index: usize, shape: &Shape, parameters: &Parameters) -> bool {
        // SAFETY: the index is below the number of names, and the values are those of the message.
        unsafe {
            let least = parameters.unnamed.min(shape.required);
            if index < parameters.unnamed {
                let how = if least < shape.positional { c"at least" } else { c"exactly" };
                return self.takes(how, least, c"positional ", self.nargs);
            }
            let values = [Value { s: parameters.name(index) }, Value { i: index as i64 + 1 }];
            let message = c"missing required argument '%s' (pos %zd)";
            raise_with(self.ctx, self.format, self.ctx.h_TypeError, message, &values)
        }
    }

    /// A keyword argument that is for no parameter, or for one that has a value already.
    ///
    /// # Safety
    /// The parser's format is a C string, and what `keywords` was made of is still open.
    #[cold]
    pub(super) unsafe fn unused(&self, parameters: &Parameters, keywords: &Keywords) -> bool {
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
                if HPyUnicode_Check(self.ctx, name) == 0 {
                    HPy_Close(self.ctx, name);
                    HPyErr_SetString(self.ctx, self.ctx.h_TypeError, c"keywords must be strings".as_ptr());
                    return false;
                }
                raise_with(self.ctx, self.format, self.ctx.h_TypeError, message, &[Value { o: name }]);
                HPy_Close(self.ctx, name);
                return false;
            }
        }
        // SAFETY: the caller's promise.
        unsafe { self.never_fits(true) }
    }

    /// Arguments that did not fit do so now only if a conversion has changed them.
    ///
    /// # Safety
    /// The parser's format is a C string.
    pub(super) unsafe fn never_fits(&self, fits: bool) -> bool {
        let message = c"the arguments changed while they were parsed";
        // SAFETY: the caller's promise.
        unsafe { fits && raise(self.ctx, self.format, self.ctx.h_TypeError, message) }
    }
}
