// src/loader/raise.rs: the exception that a panic becomes.

#![cfg(feature = "std")]

use crate::*;

/// Whether the thread holds an interpreter: HPy has no such function.
pub(crate) fn has_interpreter() -> bool {
    true
}

/// Whether the interpreter ends threads: HPy has no such function, and only panics unwind here.
pub(crate) fn ends_threads() -> bool {
    true
}

/// Sets `SystemError`.
///
/// # Safety
/// `ctx` is the context of the running call.
pub(crate) unsafe fn set_system_error(ctx: &HPyContext, text: &str) {
    // SAFETY: the caller's promise; this function closes the handles that it opens.
    unsafe {
        // A C string would end at the first NUL. If memory is missing, `MemoryError` is the exception.
        let bytes = HPyBytes_FromStringAndSize(ctx, text.as_ptr().cast(), text.len() as HPy_ssize_t);
        if HPy_IsNull(bytes) {
            return;
        }
        let message = HPyUnicode_FromEncodedObject(ctx, bytes, c"utf-8".as_ptr(), core::ptr::null());
        HPy_Close(ctx, bytes);
        if !HPy_IsNull(message) {
            HPyErr_SetObject(ctx, ctx.h_SystemError, message);
            HPy_Close(ctx, message);
        }
    }
}

/// Calls `sys.unraisablehook`. HPy cannot save a pending exception: it stays, and the panic's message is then only printed.
///
/// # Safety
/// `ctx` is the context of the running call.
pub(crate) unsafe fn write_unraisable(ctx: &HPyContext, text: &str) {
    // SAFETY: the caller's promise.
    unsafe {
        if HPyErr_Occurred(ctx) == 0 {
            set_system_error(ctx, text);
            HPyErr_WriteUnraisable(ctx, HPy_NULL);
        }
    }
}
