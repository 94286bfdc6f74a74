// src/loader/extras/object.rs: the extras about any object through loaders that have none.

use crate::loader::call::*;
use crate::*;

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_IsInstance(ctx: &HPyContext, obj: HPy, cls: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { truth(ctx, call_builtin(ctx, c"isinstance", &[obj, cls])) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_IsSubclass(ctx: &HPyContext, derived: HPy, cls: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { truth(ctx, call_builtin(ctx, c"issubclass", &[derived, cls])) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_GetOptionalAttr(ctx: &HPyContext, obj: HPy, name: HPy, result: *mut HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { found(ctx, HPy_GetAttr(ctx, obj, name), ctx.h_AttributeError, result) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_GetOptionalAttr_s(ctx: &HPyContext, obj: HPy, name: *const c_char, result: *mut HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { found(ctx, HPy_GetAttr_s(ctx, obj, name), ctx.h_AttributeError, result) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_GetOptionalItem(ctx: &HPyContext, obj: HPy, key: HPy, result: *mut HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { found(ctx, HPy_GetItem(ctx, obj, key), ctx.h_KeyError, result) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_Not(ctx: &HPyContext, obj: HPy) -> c_int {
    // SAFETY: the caller's promise.
    match unsafe { HPy_IsTrue(ctx, obj) } {
        -1 => -1,
        is_true => (is_true == 0) as c_int,
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_Format(ctx: &HPyContext, obj: HPy, format_spec: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        match HPy_IsNull(format_spec) {
            true => call_builtin(ctx, c"format", &[obj]),
            false => call_builtin(ctx, c"format", &[obj, format_spec]),
        }
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_LengthHint(ctx: &HPyContext, obj: HPy, default_value: HPy_ssize_t) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe {
        with(ctx, HPyLong_FromSsize_t(ctx, default_value), -1, |default| {
            number(ctx, call_of(ctx, c"operator", c"length_hint", &[obj, default]))
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_GenericGetAttr(ctx: &HPyContext, obj: HPy, name: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { call_of_type(ctx, ctx.h_BaseObjectType, c"__getattribute__", &[obj, name]) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_FSPath(ctx: &HPyContext, path: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { call_of(ctx, c"os", c"fspath", &[path]) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_CallNoArgs(ctx: &HPyContext, callable: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPy_Call(ctx, callable, core::ptr::null(), 0, HPy_NULL) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_CallOneArg(ctx: &HPyContext, callable: HPy, arg: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPy_Call(ctx, callable, &arg, 1, HPy_NULL) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_CallMethodNoArgs(ctx: &HPyContext, obj: HPy, name: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPy_CallMethod(ctx, name, &obj, 1, HPy_NULL) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_CallMethodOneArg(ctx: &HPyContext, obj: HPy, name: HPy, arg: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPy_CallMethod(ctx, name, [obj, arg].as_ptr(), 2, HPy_NULL) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_CallMethod_s(
    ctx: &HPyContext,
    name: *const c_char,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        with(ctx, HPyUnicode_InternFromString(ctx, name), HPy_NULL, |name| {
            HPy_CallMethod(ctx, name, args, nargs, kwnames)
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyMemoryView_FromObject(ctx: &HPyContext, obj: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { call_builtin(ctx, c"memoryview", &[obj]) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_CheckBuffer(ctx: &HPyContext, obj: HPy) -> c_int {
    // SAFETY: the caller's promise. A view of every object that has a buffer can be made, but of one that refuses it.
    unsafe {
        let view = HPyMemoryView_FromObject(ctx, obj);
        let has_buffer = !HPy_IsNull(view) || HPyErr_ExceptionMatches(ctx, ctx.h_TypeError) == 0;
        HPyErr_Clear(ctx);
        HPy_Close(ctx, view);
        has_buffer as c_int
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_TypeIs(ctx: &HPyContext, obj: HPy, of: HPy) -> c_int {
    // SAFETY: the caller's promise; the type is closed here.
    unsafe {
        let own = HPy_Type(ctx, obj);
        let is = HPy_Is(ctx, own, of);
        HPy_Close(ctx, own);
        is
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPy_GenericAlias(ctx: &HPyContext, origin: HPy, args: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { call_of(ctx, c"types", c"GenericAlias", &[origin, args]) }
}
