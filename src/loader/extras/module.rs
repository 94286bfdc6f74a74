// src/loader/extras/module.rs: the extras about modules through loaders that have none.

use core::ffi::CStr;
use core::ptr;

use crate::loader::call::*;
use crate::*;

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyModule_AddObjectRef(ctx: &HPyContext, module: HPy, name: *const c_char, value: HPy) -> c_int {
    const TEXT: &CStr = c"HPyModule_AddObjectRef() must be called with an exception raised if value is HPy_NULL";
    // SAFETY: the caller's promise.
    unsafe {
        if HPy_IsNull(value) {
            if HPyErr_Occurred(ctx) == 0 {
                HPyErr_SetString(ctx, ctx.h_SystemError, TEXT.as_ptr());
            }
            return -1;
        }
        match is_module(ctx, module) {
            true => HPy_SetAttr_s(ctx, module, name, value),
            false => -1,
        }
    }
}

/// Whether an object is a module, or `TypeError` is set.
///
/// # Safety
/// The handle is open.
unsafe fn is_module(ctx: &HPyContext, h: HPy) -> bool {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        let types = HPyImport_ImportModule(ctx, c"types".as_ptr());
        let class = with(ctx, types, HPy_NULL, |types| HPy_GetAttr_s(ctx, types, c"ModuleType".as_ptr()));
        with(ctx, class, false, |class| {
            let is_it = HPy_TypeCheck(ctx, h, class) != 0;
            if !is_it {
                HPyErr_SetString(ctx, ctx.h_TypeError, c"the first argument must be a module".as_ptr());
            }
            is_it
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyModule_AddIntConstant(
    ctx: &HPyContext,
    module: HPy,
    name: *const c_char,
    value: c_long,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { with(ctx, HPyLong_FromLong(ctx, value), -1, |value| HPyModule_AddObjectRef(ctx, module, name, value)) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyModule_AddStringConstant(
    ctx: &HPyContext,
    module: HPy,
    name: *const c_char,
    value: *const c_char,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        with(ctx, HPyUnicode_FromString(ctx, value), -1, |value| HPyModule_AddObjectRef(ctx, module, name, value))
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyModule_New(ctx: &HPyContext, name: *const c_char) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        with(ctx, HPyUnicode_FromString(ctx, name), HPy_NULL, |name| call_of(ctx, c"types", c"ModuleType", &[name]))
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyCapsule_Import(ctx: &HPyContext, name: *const c_char) -> *mut c_void {
    // SAFETY: the caller's promise; each object is closed when the next is there.
    unsafe {
        let mut parts = CStr::from_ptr(name).to_bytes().split(|&byte| byte == b'.');
        let text =
            |part: &[u8]| HPyUnicode_DecodeUTF8(ctx, part.as_ptr().cast(), part.len() as HPy_ssize_t, ptr::null());
        let first = parts.next().unwrap_or_default();
        let mut object = with(ctx, text(first), HPy_NULL, |first| call_builtin(ctx, c"__import__", &[first]));
        for part in parts {
            object = with(ctx, object, HPy_NULL, |object| {
                with(ctx, text(part), HPy_NULL, |part| HPy_GetAttr(ctx, object, part))
            });
        }
        with(ctx, object, ptr::null_mut(), |capsule| {
            if HPyCapsule_IsValid(ctx, capsule, name) == 0 {
                HPyErr_Format!(ctx, ctx.h_AttributeError, "HPyCapsule_Import \"%s\" is not valid", name);
                return ptr::null_mut();
            }
            HPyCapsule_GetPointer(ctx, capsule, name)
        })
    }
}
