// src/loader/extras/error.rs: the extras about exceptions through loaders that have none.

use core::ffi::CStr;

use crate::loader::call::*;
use crate::*;

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyErr_SetRaisedException(ctx: &HPyContext, exc: HPy) {
    // SAFETY: the caller's promise.
    unsafe {
        HPyErr_Clear(ctx);
        if !HPy_IsNull(exc) {
            let class = HPy_Type(ctx, exc);
            HPyErr_SetObject(ctx, class, exc);
            HPy_Close(ctx, class);
        }
    }
}

/// An attribute of an exception, or `HPy_NULL` for `None`.
///
/// # Safety
/// The handle is open.
unsafe fn attribute(ctx: &HPyContext, exc: HPy, name: &CStr) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let value = HPy_GetAttr_s(ctx, exc, name.as_ptr());
        if HPy_Is(ctx, value, ctx.h_None) != 0 {
            HPy_Close(ctx, value);
            return HPy_NULL;
        }
        value
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyException_GetCause(ctx: &HPyContext, exc: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { attribute(ctx, exc, c"__cause__") }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyException_SetCause(ctx: &HPyContext, exc: HPy, cause: HPy) {
    // SAFETY: the caller's promise.
    unsafe {
        HPy_SetAttr_s(ctx, exc, c"__cause__".as_ptr(), or_none(ctx, cause));
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyException_GetContext(ctx: &HPyContext, exc: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { attribute(ctx, exc, c"__context__") }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyException_SetContext(ctx: &HPyContext, exc: HPy, context: HPy) {
    // SAFETY: the caller's promise.
    unsafe {
        HPy_SetAttr_s(ctx, exc, c"__context__".as_ptr(), or_none(ctx, context));
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyException_GetTraceback(ctx: &HPyContext, exc: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { attribute(ctx, exc, c"__traceback__") }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyException_SetTraceback(ctx: &HPyContext, exc: HPy, traceback: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPy_SetAttr_s(ctx, exc, c"__traceback__".as_ptr(), traceback) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyErr_GetHandledException(ctx: &HPyContext) -> HPy {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        let parts = call_of(ctx, c"sys", c"exc_info", &[]);
        let exception = with(ctx, parts, HPy_NULL, |parts| HPy_GetItem_i(ctx, parts, 1));
        if HPy_Is(ctx, exception, ctx.h_None) != 0 {
            HPy_Close(ctx, exception);
            return HPy_NULL;
        }
        exception
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyErr_SetNone(ctx: &HPyContext, exc: HPy) {
    // SAFETY: the caller's promise. CPython's own passes no value, and the exception gets no argument.
    unsafe {
        let instance = HPy_CallNoArgs(ctx, exc);
        if !HPy_IsNull(instance) {
            HPyErr_SetObject(ctx, exc, instance);
            HPy_Close(ctx, instance);
        }
    }
}
