// src/helpers/arg/keywords.rs: which keyword argument of a call belongs to which parameter.

use core::slice;

use super::parse::{wrong_dict, wrong_names};
use super::spec::ArgSpec;
use crate::raised::Raised;
use crate::*;

#[cfg(feature = "cpython")]
use crate::cpython::{borrowed_item, known_length};

/// An ABI of opaque handles borrows nothing.
#[cfg(not(feature = "cpython"))]
unsafe fn borrowed_item(_: HPy, _: HPy_ssize_t) -> Option<HPy> {
    None
}

/// An ABI of opaque handles knows no lengths.
#[cfg(not(feature = "cpython"))]
unsafe fn known_length(_: HPy) -> Option<HPy_ssize_t> {
    None
}

/// The keyword arguments of a call.
pub(crate) struct Keywords {
    /// The names: a tuple of the caller's, a list of one's own, or `HPy_NULL` if there are none.
    names: HPy,
    /// How many there are.
    pub(crate) count: usize,
    /// Where the values are.
    values: Values,
}

enum Values {
    /// In an array, in the order of the names.
    Array(*const HPy),
    /// In a dictionary.
    Dict(HPy),
}

impl Keywords {
    /// Those of a call with the convention `HPyFunc_KEYWORDS`; an error is `HPy_Length`'s.
    pub(crate) unsafe fn of_names(ctx: &HPyContext, kwnames: HPy, values: *const HPy) -> Result<Keywords, Raised> {
        let count = match HPy_IsNull(kwnames) {
            true => 0,
            // SAFETY: the caller passes an open handle.
            false => unsafe { known_length(kwnames).unwrap_or_else(|| HPy_Length(ctx, kwnames)) },
        };
        let count = usize::try_from(count).map_err(|_| Raised)?;
        Ok(Keywords { names: kwnames, count, values: Values::Array(values) })
    }

    /// Those of a call with the conventions `HPyFunc_NEWFUNC` and `HPyFunc_INITPROC`.
    pub(crate) unsafe fn of_dict(ctx: &HPyContext, kw: HPy) -> Result<Keywords, Raised> {
        if HPy_IsNull(kw) {
            return Ok(Keywords { names: HPy_NULL, count: 0, values: Values::Dict(HPy_NULL) });
        }
        // SAFETY: the caller passes an open handle; the list is one's own, and is closed by `close`.
        unsafe {
            let names = HPyDict_Keys(ctx, kw);
            if HPy_IsNull(names) {
                return Err(Raised);
            }
            match usize::try_from(HPy_Length(ctx, names)) {
                Ok(count) => Ok(Keywords { names, count, values: Values::Dict(kw) }),
                Err(_) => {
                    HPy_Close(ctx, names);
                    Err(Raised)
                }
            }
        }
    }

    /// Whether [`value`](Keywords::value) gives handles of one's own.
    pub(crate) fn are_owned(&self) -> bool {
        matches!(self.values, Values::Dict(_))
    }

    /// The name `index`, a handle of one's own.
    pub(crate) unsafe fn name(&self, ctx: &HPyContext, index: usize) -> Result<HPy, Raised> {
        // SAFETY: the index is below the count.
        let name = unsafe { HPy_GetItem_i(ctx, self.names, index as HPy_ssize_t) };
        if HPy_IsNull(name) { Err(Raised) } else { Ok(name) }
    }

    /// What `read` makes of the text of the name `index`; nothing if no parameter can have it, as it is not encodable.
    unsafe fn text<R>(
        &self,
        ctx: &HPyContext,
        index: usize,
        read: impl FnOnce(&[u8]) -> Option<R>,
    ) -> Result<Option<R>, Raised> {
        // SAFETY: the text lives as long as the handle of the name is open.
        unsafe {
            let borrowed = borrowed_item(self.names, index as HPy_ssize_t);
            let name = borrowed.map_or_else(|| self.name(ctx, index), Ok)?;
            let mut size = 0;
            let text = HPyUnicode_AsUTF8AndSize(ctx, name, &mut size);
            let is_text = !text.is_null();
            let result = if is_text { read(slice::from_raw_parts(text.cast(), size as usize)) } else { None };
            if borrowed.is_none() {
                HPy_Close(ctx, name);
            }
            if is_text {
                return Ok(result);
            }
            if HPyErr_ExceptionMatches(ctx, ctx.h_UnicodeEncodeError) == 0 {
                return Err(Raised);
            }
            HPyErr_Clear(ctx);
            Ok(None)
        }
    }

    /// Which of the keyword arguments has the name of a parameter.
    pub(crate) unsafe fn find(&self, ctx: &HPyContext, parameter: *const c_char) -> Result<Option<usize>, Raised> {
        for index in 0..self.count {
            // SAFETY: the index is below the count, and the parameter's name is a C string.
            unsafe {
                let found = self.text(ctx, index, |text| is_name(parameter, text).then_some(index))?;
                if found.is_some() {
                    return Ok(found);
                }
            }
        }
        Ok(None)
    }

    /// Which of the parameters `from` .. `to` the keyword argument `index` is for.
    pub(crate) unsafe fn parameter(
        &self,
        ctx: &HPyContext,
        index: usize,
        names: *const *const c_char,
        from: usize,
        to: usize,
    ) -> Result<Option<usize>, Raised> {
        // SAFETY: the index is below the count, and there are `to` names, all of them C strings.
        unsafe { self.text(ctx, index, |text| (from..to).find(|&parameter| is_name(*names.add(parameter), text))) }
    }

    /// The value `index`.
    pub(crate) unsafe fn value(&self, ctx: &HPyContext, index: usize) -> Result<HPy, Raised> {
        match self.values {
            // SAFETY: there are as many values as names.
            Values::Array(values) => Ok(unsafe { *values.add(index) }),
            // SAFETY: the name is one's own.
            Values::Dict(dict) => unsafe {
                let name = self.name(ctx, index)?;
                let value = HPy_GetItem(ctx, dict, name);
                HPy_Close(ctx, name);
                if HPy_IsNull(value) { Err(Raised) } else { Ok(value) }
            },
        }
    }

    /// Closes what is one's own.
    pub(crate) unsafe fn close(self, ctx: &HPyContext) {
        if self.are_owned() {
            // SAFETY: the list is not used again.
            unsafe { HPy_Close(ctx, self.names) }
        }
    }
}

/// Whether the name of a parameter is `text`; a parameter with an empty name has none.
unsafe fn is_name(parameter: *const c_char, text: &[u8]) -> bool {
    // SAFETY: the name is a C string, and the loop goes no further than its terminator.
    unsafe {
        for (at, &letter) in text.iter().enumerate() {
            let expected = *parameter.add(at) as u8;
            if expected == 0 || expected != letter {
                return false;
            }
        }
        !text.is_empty() && *parameter.add(text.len()) == 0
    }
}

/// How the arguments of a call and the parameters go together.
enum Match {
    /// Each argument has a parameter of its own, and no required parameter lacks one.
    Fits,
    /// They do not.
    Differs,
    /// It could not be found out.
    Raised,
}

impl From<Raised> for Match {
    fn from(_: Raised) -> Match {
        Match::Raised
    }
}

/// Puts all arguments where their parameters are.
unsafe fn assign(
    ctx: &HPyContext,
    spec: &ArgSpec,
    args: *const HPy,
    nargs: usize,
    keywords: &Keywords,
    tracker: Option<HPyTracker>,
    values: &mut [HPy],
) -> Result<Match, Raised> {
    // SAFETY: the caller passes `nargs` arguments, and the specification's own names.
    unsafe {
        for (index, value) in values.iter_mut().enumerate().take(nargs) {
            *value = *args.add(index);
        }
        for index in 0..keywords.count {
            match keywords.parameter(ctx, index, spec.names, nargs, values.len())? {
                Some(parameter) if HPy_IsNull(values[parameter]) => {
                    let value = keywords.value(ctx, index)?;
                    match tracker {
                        // Even if this fails, the tracker has the value.
                        Some(tracker) if HPyTracker_Add(ctx, tracker, value) != 0 => return Err(Raised),
                        _ => values[parameter] = value,
                    }
                }
                _ => return Ok(Match::Differs),
            }
        }
        let complete = values.iter().take(spec.required).all(|&value| !HPy_IsNull(value));
        Ok(if complete { Match::Fits } else { Match::Differs })
    }
}

/// Fills `values` with the arguments of a call with keywords, in the order of the parameters; what is missing stays
/// `HPy_NULL`. The handles are the caller's.
///
/// # Safety
/// The arguments are those of a call with the convention `HPyFunc_KEYWORDS`; `values` are as many as units, and
/// `HPy_NULL`.
#[inline(never)]
pub unsafe fn values_from_names(
    ctx: &HPyContext,
    spec: &ArgSpec,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
    values: &mut [HPy],
) -> bool {
    // SAFETY: the caller's promise: the values of keyword arguments follow the others.
    unsafe {
        let fits = match Keywords::of_names(ctx, kwnames, args.wrapping_add(nargs)) {
            Ok(_) if nargs > spec.positional => Match::Differs,
            Ok(keywords) => assign(ctx, spec, args, nargs, &keywords, None, values).unwrap_or(Match::Raised),
            Err(raised) => raised.into(),
        };
        match fits {
            Match::Fits => true,
            Match::Differs => wrong_names(ctx, spec, args, nargs, kwnames),
            Match::Raised => false,
        }
    }
}

/// As [`values_from_names`], with the keyword arguments in a dictionary. The handles of their values are new: they go
/// to the tracker, or without one are to be [released](release), also after a failure.
///
/// # Safety
/// The arguments are those of a call with the convention `HPyFunc_INITPROC`; `values` are as many as units, and
/// `HPy_NULL`.
#[inline(never)]
pub unsafe fn values_from_dict(
    ctx: &HPyContext,
    spec: &ArgSpec,
    args: *const HPy,
    nargs: usize,
    kw: HPy,
    tracker: Option<HPyTracker>,
    values: &mut [HPy],
) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        if spec.gives_handles && tracker.is_none() {
            return wrong_dict(ctx, spec, args, nargs, kw, true);
        }
        let fits = match Keywords::of_dict(ctx, kw) {
            Ok(keywords) => {
                let fits = match nargs > spec.positional {
                    true => Match::Differs,
                    false => assign(ctx, spec, args, nargs, &keywords, tracker, values).unwrap_or(Match::Raised),
                };
                keywords.close(ctx);
                fits
            }
            Err(raised) => raised.into(),
        };
        match fits {
            Match::Fits => true,
            Match::Differs => wrong_dict(ctx, spec, args, nargs, kw, false),
            Match::Raised => false,
        }
    }
}

/// Closes the values that came from a dictionary: all but the first `nargs`.
///
/// # Safety
/// The values come from `values_from_dict` without a tracker, and are not used again.
#[inline]
pub unsafe fn release(ctx: &HPyContext, values: &[HPy], nargs: usize) {
    for &value in values.iter().skip(nargs) {
        // SAFETY: the caller's promise.
        unsafe { HPy_Close(ctx, value) }
    }
}
