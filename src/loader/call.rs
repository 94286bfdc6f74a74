// src/loader/call.rs: what functions that a loader lacks are made of: calls of functions and methods of Python.

use core::ffi::CStr;

use crate::*;

/// Calls `callable`, and closes it. `HPy_NULL`, with an exception set, gives itself.
///
/// # Safety
/// The handles are open.
pub(super) unsafe fn call(ctx: &HPyContext, callable: HPy, args: &[HPy]) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        if HPy_IsNull(callable) {
            return HPy_NULL;
        }
        let result = HPy_Call(ctx, callable, args.as_ptr(), args.len(), HPy_NULL);
        HPy_Close(ctx, callable);
        result
    }
}

/// Something of the module `builtins`.
///
/// # Safety
/// The thread holds the interpreter.
pub(super) unsafe fn builtin(ctx: &HPyContext, name: &CStr) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPy_GetItem_s(ctx, ctx.h_Builtins(), name.as_ptr()) }
}

/// Calls a function or class of the module `builtins`.
///
/// # Safety
/// The handles are open.
pub(super) unsafe fn call_builtin(ctx: &HPyContext, name: &CStr, args: &[HPy]) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { call(ctx, builtin(ctx, name), args) }
}

/// Calls a function of a module.
///
/// # Safety
/// The handles are open.
pub(super) unsafe fn call_of(ctx: &HPyContext, module: &CStr, name: &CStr, args: &[HPy]) -> HPy {
    // SAFETY: the caller's promise; the module is closed here.
    unsafe {
        let module = HPyImport_ImportModule(ctx, module.as_ptr());
        if HPy_IsNull(module) {
            return HPy_NULL;
        }
        let function = HPy_GetAttr_s(ctx, module, name.as_ptr());
        HPy_Close(ctx, module);
        call(ctx, function, args)
    }
}

/// Calls a method that a type has itself, for `args[0]`: that of a subclass is not called.
///
/// # Safety
/// The handles are open.
pub(super) unsafe fn call_of_type(ctx: &HPyContext, ty: HPy, name: &CStr, args: &[HPy]) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { call(ctx, HPy_GetAttr_s(ctx, ty, name.as_ptr()), args) }
}

/// [`call_of_type`] for a type of the module `builtins`.
///
/// # Safety
/// The handles are open.
pub(super) unsafe fn call_of_builtin_type(ctx: &HPyContext, ty: &CStr, name: &CStr, args: &[HPy]) -> HPy {
    // SAFETY: the caller's promise; the type is closed here.
    unsafe {
        let ty = builtin(ctx, ty);
        if HPy_IsNull(ty) {
            return HPy_NULL;
        }
        let result = call_of_type(ctx, ty, name, args);
        HPy_Close(ctx, ty);
        result
    }
}

/// Whether the type of an object has a method: 1 or 0. CPython looks for those of slots there, and not in the object.
///
/// # Safety
/// The handle is open.
pub(super) unsafe fn type_has(ctx: &HPyContext, h: HPy, method: &CStr) -> c_int {
    // SAFETY: the caller's promise; the type is closed here.
    unsafe { with(ctx, HPy_Type(ctx, h), 0, |of| HPy_HasAttr_s(ctx, of, method.as_ptr())) }
}

/// 0 for a result, which is closed, and -1 for none.
///
/// # Safety
/// The handle is open or null.
pub(super) unsafe fn done(ctx: &HPyContext, result: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPy_Close(ctx, result) };
    if HPy_IsNull(result) { -1 } else { 0 }
}

/// Whether a result, which is closed, is true: 1 or 0, and -1 for none.
///
/// # Safety
/// The handle is open or null.
pub(super) unsafe fn truth(ctx: &HPyContext, result: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let is_true = if HPy_IsNull(result) { -1 } else { HPy_IsTrue(ctx, result) };
        HPy_Close(ctx, result);
        is_true
    }
}

/// The number that a result is, which is closed, and -1 for none.
///
/// # Safety
/// The handle is open or null.
pub(super) unsafe fn number(ctx: &HPyContext, result: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe {
        let number = if HPy_IsNull(result) { -1 } else { HPyLong_AsSsize_t(ctx, result) };
        HPy_Close(ctx, result);
        number
    }
}

/// Writes a value that was looked for: 1 if it is there, 0 if the exception is that of a missing one, which is cleared, or -1.
///
/// # Safety
/// The handles are open or null, and `result` may be written.
pub(super) unsafe fn found(ctx: &HPyContext, value: HPy, missing: HPy, result: *mut HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        *result = value;
        if !HPy_IsNull(value) {
            return 1;
        }
        if HPyErr_ExceptionMatches(ctx, missing) == 0 {
            return -1;
        }
        HPyErr_Clear(ctx);
        0
    }
}

/// Whether an argument is what it has to be; else `SystemError` is set, as by CPython.
///
/// # Safety
/// The thread holds the interpreter.
pub(super) unsafe fn takes(ctx: &HPyContext, is_right: bool) -> bool {
    if !is_right {
        // SAFETY: the caller's promise.
        unsafe { HPyErr_SetString(ctx, ctx.h_SystemError, c"bad argument to internal function".as_ptr()) };
    }
    is_right
}

/// `None` in place of `HPy_NULL`.
pub(super) fn or_none(ctx: &HPyContext, h: HPy) -> HPy {
    if HPy_IsNull(h) { ctx.h_None } else { h }
}

/// Runs `then` with a new handle, which is closed afterwards; `HPy_NULL`, with an exception set, gives `failed`.
///
/// # Safety
/// The handle is open or null.
pub(super) unsafe fn with<T>(ctx: &HPyContext, h: HPy, failed: T, then: impl FnOnce(HPy) -> T) -> T {
    if HPy_IsNull(h) {
        return failed;
    }
    let result = then(h);
    // SAFETY: the caller's promise.
    unsafe { HPy_Close(ctx, h) };
    result
}
