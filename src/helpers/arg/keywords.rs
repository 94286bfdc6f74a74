// src/helpers/arg/keywords.rs: which keyword argument of a call belongs to which parameter.

use core::slice;

use super::parse::{wrong_dict, wrong_names};
use super::spec::ArgSpec;
use crate::raised::Raised;
use crate::*;

#[cfg(feature = "cpython")]
use crate::cpython::{borrowed_item, borrowed_items, borrowed_items_of_tuple, known_length};

/// An ABI of opaque handles borrows nothing.
#[cfg(not(feature = "cpython"))]
unsafe fn borrowed_item(_: HPy, _: HPy_ssize_t) -> Option<HPy> {
    None
}

/// An ABI of opaque handles borrows nothing.
#[cfg(not(feature = "cpython"))]
unsafe fn borrowed_items(_: HPy) -> Option<core::iter::Empty<(HPy, HPy)>> {
    None
}

/// An ABI of opaque handles borrows nothing.
#[cfg(not(feature = "cpython"))]
unsafe fn borrowed_items_of_tuple<'a>(_: HPy) -> Option<&'a [HPy]> {
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
            let result = text_of(ctx, name).map(|text| text.and_then(read));
            if borrowed.is_none() {
                HPy_Close(ctx, name);
            }
            result
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

/// The text of a name, for as long as the name lives; none if no parameter can have it, as it is not encodable.
#[inline(always)]
unsafe fn text_of<'a>(ctx: &HPyContext, name: HPy) -> Result<Option<&'a [u8]>, Raised> {
    // SAFETY: the caller passes an open handle.
    unsafe {
        let mut size = 0;
        let text = HPyUnicode_AsUTF8AndSize(ctx, name, &mut size);
        if text.is_null() { no_text(ctx) } else { Ok(Some(slice::from_raw_parts(text.cast(), size as usize))) }
    }
}

#[cold]
#[inline(never)]
unsafe fn no_text<'a>(ctx: &HPyContext) -> Result<Option<&'a [u8]>, Raised> {
    // SAFETY: the caller's promise: an exception is set.
    unsafe {
        if HPyErr_ExceptionMatches(ctx, ctx.h_UnicodeEncodeError) == 0 {
            return Err(Raised);
        }
        HPyErr_Clear(ctx);
        Ok(None)
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

/// Puts the positional arguments where their parameters are, or tells that there are too many.
#[inline(always)]
unsafe fn place_positional(spec: &ArgSpec, args: *const HPy, nargs: usize, values: &mut [HPy]) -> bool {
    if nargs > spec.positional {
        return false;
    }
    for (index, value) in values.iter_mut().enumerate() {
        if index < nargs {
            // SAFETY: the caller passes `nargs` arguments.
            *value = unsafe { *args.add(index) };
        }
    }
    true
}

/// The parameter called `text`, if it has no value yet.
#[inline(always)]
fn free_parameter(spec: &ArgSpec, text: &[u8], values: &[HPy]) -> Option<usize> {
    let is_called = |name: &&str| name.len() - 1 == text.len() && !text.is_empty() && name.as_bytes().starts_with(text);
    let parameter = spec.texts.iter().position(|name| is_called(name))?;
    HPy_IsNull(values[parameter]).then_some(parameter)
}

/// Whether no required parameter lacks a value.
#[inline(always)]
fn is_complete(spec: &ArgSpec, values: &[HPy]) -> bool {
    values.iter().take(spec.required).all(|&value| !HPy_IsNull(value))
}

/// Fills `values` with the arguments of a call with keywords, in the order of the parameters; what is missing stays
/// `HPy_NULL`. The handles are the caller's.
///
/// This becomes part of the caller, whose specification is a constant: what is left is one comparison for each name.
///
/// # Safety
/// The arguments are those of a call with the convention `HPyFunc_KEYWORDS`; `values` are as many as units, and
/// `HPy_NULL`.
#[inline(always)]
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
        let mut fits = place_positional(spec, args, nargs, values);
        let placed = match borrowed_items_of_tuple(kwnames) {
            Some(names) => {
                for (index, &name) in names.iter().enumerate() {
                    let Ok(text) = text_of(ctx, name) else { return false };
                    match text.and_then(|text| free_parameter(spec, text, values)).filter(|_| fits) {
                        Some(parameter) => values[parameter] = *args.add(nargs + index),
                        None => {
                            fits = false;
                            break;
                        }
                    }
                }
                Ok(fits)
            }
            None => place_names(ctx, spec, kwnames, args.wrapping_add(nargs), values).map(|placed| placed && fits),
        };
        match placed {
            Ok(fits) => fits && is_complete(spec, values) || wrong_names(ctx, spec, args, nargs, kwnames),
            Err(Raised) => false,
        }
    }
}

/// Puts the values of names that are in no tuple, or cannot be borrowed, where their parameters are, and tells whether
/// all have one.
#[inline(never)]
unsafe fn place_names(
    ctx: &HPyContext,
    spec: &ArgSpec,
    kwnames: HPy,
    by_name: *const HPy,
    values: &mut [HPy],
) -> Result<bool, Raised> {
    // SAFETY: the caller's promise: there are as many values as names.
    unsafe {
        let keywords = Keywords::of_names(ctx, kwnames, by_name)?;
        for index in 0..keywords.count {
            let parameter = keywords.text(ctx, index, |text| free_parameter(spec, text, values))?;
            let Some(parameter) = parameter else { return Ok(false) };
            values[parameter] = keywords.value(ctx, index)?;
        }
        Ok(true)
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
        let placed = match place_positional(spec, args, nargs, values) {
            true => place_items(ctx, spec, kw, tracker, values),
            false => Ok(false),
        };
        match placed {
            Ok(fits) => fits && is_complete(spec, values) || wrong_dict(ctx, spec, args, nargs, kw, false),
            Err(Raised) => false,
        }
    }
}

/// Puts the values of a dictionary where their parameters are, and tells whether all have one.
unsafe fn place_items(
    ctx: &HPyContext,
    spec: &ArgSpec,
    kw: HPy,
    tracker: Option<HPyTracker>,
    values: &mut [HPy],
) -> Result<bool, Raised> {
    // SAFETY: the caller's promise. Nothing here runs code that could change the dictionary.
    unsafe {
        if let Some(items) = borrowed_items(kw) {
            for (name, value) in items {
                let text = text_of(ctx, name)?;
                let Some(parameter) = text.and_then(|text| free_parameter(spec, text, values)) else {
                    return Ok(false);
                };
                values[parameter] = tracked(ctx, HPy_Dup(ctx, value), tracker)?;
            }
            return Ok(true);
        }
        let keywords = Keywords::of_dict(ctx, kw)?;
        let mut place = || {
            for index in 0..keywords.count {
                let parameter = keywords.text(ctx, index, |text| free_parameter(spec, text, values))?;
                let Some(parameter) = parameter else { return Ok(false) };
                values[parameter] = tracked(ctx, keywords.value(ctx, index)?, tracker)?;
            }
            Ok(true)
        };
        let placed = place();
        keywords.close(ctx);
        placed
    }
}

/// Gives a handle to the tracker, if there is one: even if this fails, the tracker has it.
unsafe fn tracked(ctx: &HPyContext, value: HPy, tracker: Option<HPyTracker>) -> Result<HPy, Raised> {
    match tracker {
        // SAFETY: the caller's promise.
        Some(tracker) if unsafe { HPyTracker_Add(ctx, tracker, value) } != 0 => Err(Raised),
        _ => Ok(value),
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
