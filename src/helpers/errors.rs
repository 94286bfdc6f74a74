// src/helpers/errors.rs: exceptions from C's errno.

use crate::*;

/// Raises an exception of the class `h_type` from C's `errno`.
///
/// `h_type` is normally `ctx.h_OSError`, which picks a subclass by itself; the handle stays the caller's. Always
/// returns `HPy_NULL`, so that a function can return it; if `errno` says that a signal came and its Python handler
/// raises, that exception is set instead.
///
/// # Safety
/// `h_type` is an open handle.
///
/// # Source
/// HPy: `HPyErr_SetFromErrno`.
#[inline]
pub unsafe fn HPyErr_SetFromErrno(ctx: &HPyContext, h_type: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyErr_SetFromErrnoWithFilenameObjects(ctx, h_type, HPy_NULL, HPy_NULL) }
}

/// Raises an exception of the class `h_type` from C's `errno`, about the file `filename`.
///
/// As [`HPyErr_SetFromErrno`]; `filename` becomes the exception's attribute of that name, and stays the caller's.
///
/// # Safety
/// `h_type` is an open handle, and `filename` one or `HPy_NULL`.
///
/// # Source
/// HPy: `HPyErr_SetFromErrnoWithFilenameObject`.
#[inline]
pub unsafe fn HPyErr_SetFromErrnoWithFilenameObject(ctx: &HPyContext, h_type: HPy, filename: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyErr_SetFromErrnoWithFilenameObjects(ctx, h_type, filename, HPy_NULL) }
}
