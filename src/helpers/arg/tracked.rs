// src/helpers/arg/tracked.rs: the handles of the argument parsers that a tracker closes.

use crate::helpers::units::{arg, is_plain, letters_of};
use crate::raised::Raised;
use crate::*;

/// Makes a tracker if `ht` is not null, calls `parse`, and closes the tracker if that fails.
///
/// # Safety
/// `ht` is null or may be written.
pub(super) unsafe fn tracked(
    ctx: &HPyContext,
    ht: *mut HPyTracker,
    parse: impl FnOnce(Option<HPyTracker>) -> bool,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(ht) = ht.as_mut() else { return parse(None).into() };
        *ht = HPyTracker_New(ctx, 0);
        if ht.is_null() {
            return 0;
        }
        let parsed = parse(Some(*ht));
        if !parsed {
            HPyTracker_Close(ctx, core::mem::replace(ht, HPyTracker::NULL));
        }
        parsed.into()
    }
}

/// The argument as the unit at `at` converts it: for a unit that gives a handle a new one, which the tracker closes.
///
/// # Safety
/// `value` is an open handle, the tracker is open, and `at` is in a C string.
#[inline]
pub(super) unsafe fn keep(
    ctx: &HPyContext,
    tracker: Option<HPyTracker>,
    at: *const c_char,
    value: HPy,
) -> Result<HPy, Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(tracker) = tracker.filter(|_| !is_plain(*at as u8)) else { return Ok(value) };
        match arg::find(letters_of(at)) {
            Some((unit, _)) if arg::is_tracked(unit) => keep_tracked(ctx, tracker, value),
            _ => Ok(value),
        }
    }
}

/// A new handle of an object that `tracker` closes: even where it has no memory for more.
///
/// # Safety
/// `value` is an open handle, and `tracker` is open.
#[inline]
pub(crate) unsafe fn keep_tracked(ctx: &HPyContext, tracker: HPyTracker, value: HPy) -> Result<HPy, Raised> {
    // SAFETY: the caller's promise.
    unsafe {
        let own = HPy_Dup(ctx, value);
        if HPyTracker_Add(ctx, tracker, own) == 0 { Ok(own) } else { Err(Raised) }
    }
}
