// src/helpers/arg/place.rs: the arguments of a call with keywords in the order of the parameters, for Rust.

use super::keywords::{Keywords, text_of};
use super::parse::{wrong_dict, wrong_names};
use super::spec::ArgSpec;
use crate::abi::borrowed;
use crate::raised::Raised;
use crate::*;

/// Puts the positional arguments where their parameters are, or tells that there are too many for those that may be positional.
///
/// # Safety
/// There are `nargs` open handles at `args`.
#[inline(always)]
pub(super) unsafe fn place_positional(positional: usize, args: *const HPy, nargs: usize, values: &mut [HPy]) -> bool {
    if nargs > positional {
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
    let is_called =
        |name: &&'static str| name.len() - 1 == text.len() && !text.is_empty() && name.as_bytes().starts_with(text);
    let parameter = spec.texts.iter().position(is_called)?;
    HPy_IsNull(values[parameter]).then_some(parameter)
}

/// Whether no required parameter lacks a value.
#[inline(always)]
pub(super) fn is_complete(required: usize, values: &[HPy]) -> bool {
    values.iter().take(required).all(|&value| !HPy_IsNull(value))
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
        place_positional(spec.positional, args, nargs, values)
            && place_borrowed(spec, kwnames, args.wrapping_add(nargs), values)
            && is_complete(spec.required, values)
            || values_or_error(ctx, spec, args, nargs, kwnames, values)
    }
}

/// Puts the values of names that can be read at once where their parameters are, and tells whether that is all.
///
/// # Safety
/// `kwnames` is an open handle, and a value for each name follows at `by_name`.
#[inline(always)]
unsafe fn place_borrowed(spec: &ArgSpec, kwnames: HPy, by_name: *const HPy, values: &mut [HPy]) -> bool {
    if HPy_IsNull(kwnames) {
        return true;
    }
    // SAFETY: the caller's promise: there are as many values as names.
    unsafe {
        let Some(names) = borrowed::texts_of_tuple(kwnames) else { return false };
        for (index, name) in names.enumerate() {
            let parameter = name.and_then(|text| free_parameter(spec, text, values));
            let Some(parameter) = parameter else { return false };
            values[parameter] = *by_name.add(index);
        }
        true
    }
}

/// What [`values_from_names`] does where its short way does not lead to the end: apart, so that it is short.
///
/// # Safety
/// There are `nargs` open handles at `args`; `kwnames` is an open handle, and a value for each name follows them.
#[inline(never)]
unsafe fn values_or_error(
    ctx: &HPyContext,
    spec: &ArgSpec,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
    values: &mut [HPy],
) -> bool {
    values.fill(HPy_NULL);
    // SAFETY: the caller's promise.
    unsafe {
        let placed = match place_positional(spec.positional, args, nargs, values) {
            true => place_names(ctx, spec, kwnames, args.wrapping_add(nargs), values),
            false => Ok(false),
        };
        match placed {
            Ok(fits) => fits && is_complete(spec.required, values) || wrong_names(ctx, spec, args, nargs, kwnames),
            Err(Raised) => false,
        }
    }
}

/// Puts the values where the parameters of their names are, and tells whether all have one.
///
/// # Safety
/// `kwnames` is an open handle, and a value for each name follows at `by_name`.
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
        if spec.tracked.is_some() && tracker.is_none() {
            return wrong_dict(ctx, spec, args, nargs, kw, true);
        }
        let placed = match place_positional(spec.positional, args, nargs, values) {
            true => place_items(ctx, spec, kw, tracker, values),
            false => Ok(false),
        };
        match placed {
            Ok(fits) => fits && is_complete(spec.required, values) || wrong_dict(ctx, spec, args, nargs, kw, false),
            Err(Raised) => false,
        }
    }
}

/// Puts the values of a dictionary where their parameters are, and tells whether all have one.
///
/// # Safety
/// `kw` is an open handle, and the tracker is open.
unsafe fn place_items(
    ctx: &HPyContext,
    spec: &ArgSpec,
    kw: HPy,
    tracker: Option<HPyTracker>,
    values: &mut [HPy],
) -> Result<bool, Raised> {
    // SAFETY: the caller's promise. Nothing here runs code that could change the dictionary.
    unsafe {
        if let Some(items) = borrowed::items_of_dict(kw) {
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
///
/// # Safety
/// `value` is a handle of the caller's own, which becomes the tracker's if there is one; the tracker is open.
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
#[inline(never)]
pub unsafe fn release(ctx: &HPyContext, values: &[HPy], nargs: usize) {
    for &value in values.iter().skip(nargs) {
        // SAFETY: the caller's promise.
        unsafe { HPy_Close(ctx, value) }
    }
}
