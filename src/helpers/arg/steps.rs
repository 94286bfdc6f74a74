// src/helpers/arg/steps.rs: what the argument parsers of Rust are made of: each step becomes part of the caller.

use super::error::raise;
use super::nested::Items;
use super::parse::wrong_positional;
use super::place::{values_from_dict, values_from_names};
use super::spec::{ArgSpec, UnitPlace};
use super::tracked::keep_tracked;
use super::units::ArgUnit;
use crate::helpers::units::arg;
use crate::raised::Raised;
use crate::*;

/// The arguments of a call in the order of the parameters.
#[derive(Clone, Copy)]
pub struct Ordered<'a> {
    /// Where they are; one that is left out is not there, or `HPy_NULL`.
    pub values: *const HPy,
    /// How many there are.
    pub count: usize,
    /// The tracker that keeps the handles which units give, if there is one.
    pub tracker: Option<&'a HPyTracker>,
    /// How many of the values the caller's array has: the tracker has the others already.
    pub borrowed: usize,
}

impl<'a> Ordered<'a> {
    /// The arguments of a call with the convention `HPyFunc_VARARGS`. A unit that gives a handle gives the caller's;
    /// the tracker keeps items.
    #[inline(always)]
    pub const fn positional(values: *const HPy, count: usize, tracker: Option<&'a HPyTracker>) -> Ordered<'a> {
        Ordered { values, count, tracker, borrowed: 0 }
    }
}

/// Makes the tracker, if one is wanted.
///
/// # Safety
/// `ctx` is the context of the running call.
#[inline(always)]
pub unsafe fn begin(ctx: &HPyContext, tracker: &mut Option<&mut HPyTracker>) -> bool {
    match tracker {
        None => true,
        Some(tracker) => {
            // SAFETY: the caller's promise.
            **tracker = unsafe { HPyTracker_New(ctx, 0) };
            !tracker.is_null()
        }
    }
}

/// Closes the tracker after a failure.
///
/// # Safety
/// The tracker comes from [`begin`].
#[inline(always)]
pub unsafe fn end(ctx: &HPyContext, tracker: Option<&mut HPyTracker>, parsed: bool) -> bool {
    if !parsed {
        if let Some(tracker) = tracker {
            // SAFETY: the caller's promise.
            unsafe { abandon(ctx, tracker) };
        }
    }
    parsed
}

/// # Safety
/// The tracker is open.
#[cold]
#[inline(never)]
unsafe fn abandon(ctx: &HPyContext, tracker: &mut HPyTracker) {
    if !tracker.is_null() {
        // SAFETY: the tracker is not used again.
        unsafe { HPyTracker_Close(ctx, core::mem::replace(tracker, HPyTracker::NULL)) };
    }
}

/// Whether a call has as many arguments as the format wants, which is one comparison.
#[inline(always)]
fn fits(spec: &ArgSpec, nargs: usize) -> bool {
    nargs.wrapping_sub(spec.required) <= spec.positional - spec.required
}

/// Whether a call has as many arguments as the format wants, or else an exception is set.
///
/// # Safety
/// There are `nargs` open handles at `args`.
#[inline(always)]
pub unsafe fn count_fits(ctx: &HPyContext, spec: &ArgSpec, args: *const HPy, nargs: usize) -> bool {
    let fits = fits(spec, nargs);
    if !fits {
        // SAFETY: the caller's promise.
        unsafe { wrong_positional(ctx, spec, args, nargs) };
    }
    fits
}

/// The arguments in the order of the parameters: where they are if all are positional, or in `storage`.
///
/// # Safety
/// The arguments are those of a call with the convention `HPyFunc_KEYWORDS`, and `storage` is `HPy_NULL` for each unit.
#[inline(always)]
pub unsafe fn order_names<'a>(
    ctx: &HPyContext,
    spec: &ArgSpec,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
    tracker: Option<&'a HPyTracker>,
    storage: &mut [HPy],
) -> Option<Ordered<'a>> {
    // SAFETY: the caller's promise.
    unsafe {
        if HPy_IsNull(kwnames) && fits(spec, nargs) {
            return Some(Ordered { values: args, count: nargs, tracker, borrowed: nargs });
        }
        if !values_from_names(ctx, spec, args, nargs, kwnames, storage) {
            return None;
        }
        Some(Ordered { values: storage.as_ptr(), count: storage.len(), tracker, borrowed: usize::MAX })
    }
}

/// As [`order_names`], for keyword arguments in a dictionary; without a tracker, `storage` is to be released.
///
/// # Safety
/// The arguments are those of a call with the convention `HPyFunc_INITPROC`, and `storage` is `HPy_NULL` for each unit.
#[inline(always)]
pub unsafe fn order_dict<'a>(
    ctx: &HPyContext,
    spec: &ArgSpec,
    args: *const HPy,
    nargs: usize,
    kw: HPy,
    tracker: Option<&'a HPyTracker>,
    storage: &mut [HPy],
) -> Option<Ordered<'a>> {
    // SAFETY: the caller's promise.
    unsafe {
        if HPy_IsNull(kw) && fits(spec, nargs) && !(spec.tracked.is_some() && tracker.is_none()) {
            return Some(Ordered { values: args, count: nargs, tracker, borrowed: nargs });
        }
        if !values_from_dict(ctx, spec, args, nargs, kw, tracker.copied(), storage) {
            return None;
        }
        Some(Ordered { values: storage.as_ptr(), count: storage.len(), tracker, borrowed: nargs })
    }
}

/// Tells that a unit in parentheses has no tracker: it returns false, with an exception set.
///
/// # Safety
/// `ctx` is the context of the running call.
#[cold]
#[inline(never)]
unsafe fn lacks_tracker(ctx: &HPyContext, spec: &ArgSpec) -> bool {
    // SAFETY: the caller's promise.
    unsafe { raise(ctx, spec.format(), ctx.h_SystemError, c"cannot parse the items of an argument without a tracker") }
}

/// Converts the argument or item of the unit `index`, which may be left out unless it is required: then the output stays as it is. After it come
/// the `rest` of the arguments; if one of them fails, this one is given back.
///
/// # Safety
/// Those that are required are among the arguments; the constants are those of the format's unit `index`.
#[inline(always)]
pub unsafe fn unit<const UNIT: char, const PLACE: usize, const ITEMS: usize, T: ArgUnit<UNIT>>(
    ctx: &HPyContext,
    spec: &ArgSpec,
    arguments: &Ordered<'_>,
    items: &Items<ITEMS>,
    index: usize,
    output: &mut T,
    rest: impl FnOnce() -> bool,
) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let UnitPlace { is_required, parameter, opened, depth, .. } = UnitPlace::unpacked(UNIT, PLACE);
        let mut value = HPy_NULL;
        if depth == opened {
            let place = arguments.values.add(parameter);
            if !is_required && (parameter >= arguments.count || HPy_IsNull(*place)) {
                return rest();
            }
            value = *place;
        }
        if depth > 0 {
            if depth > opened {
                value = items.get(index);
                if !is_required && HPy_IsNull(value) {
                    return rest();
                }
            }
            if arg::is_borrowed(UNIT as u8) && arguments.tracker.is_none() {
                return lacks_tracker(ctx, spec);
            }
            for which in 0..opened {
                if !items.take_apart(ctx, spec, value, index, which, arguments.tracker.copied()) {
                    return false;
                }
                value = items.get(index);
            }
        } else if let (true, Some(&tracker)) =
            (arg::is_tracked(UNIT as u8) && parameter < arguments.borrowed, arguments.tracker)
        {
            match keep_tracked(ctx, tracker, value) {
                Ok(own) => value = own,
                Err(Raised) => return false,
            }
        }
        if !output.convert(ctx, spec.format(), value) {
            return false;
        }
        let parsed = rest();
        if arg::is_undone(UNIT as u8) && !parsed {
            output.undo(ctx);
        }
        parsed
    }
}
