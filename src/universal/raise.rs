// src/universal/raise.rs: the exception that a panic becomes.

#![cfg(feature = "std")]

use crate::*;

/// Sets `SystemError`.
///
/// # Safety
/// `ctx` is the context of the running call.
pub(crate) unsafe fn set_system_error(ctx: &HPyContext, text: &str) {
    // A message of C ends with a NUL, and has none before.
    let text = std::ffi::CString::new(text.replace('\0', "\\0")).unwrap_or_default();
    // SAFETY: the caller's promise; the text lives until the call ends.
    unsafe { HPyErr_SetString(ctx, ctx.h_SystemError, text.as_ptr()) };
}

/// Tells `sys.unraisablehook`. HPy has no way to put an exception aside that is set already: this one takes its place.
///
/// # Safety
/// `ctx` is the context of the running call.
pub(crate) unsafe fn write_unraisable(ctx: &HPyContext, text: &str) {
    // SAFETY: the caller's promise.
    unsafe {
        set_system_error(ctx, text);
        HPyErr_WriteUnraisable(ctx, HPy_NULL);
    }
}
