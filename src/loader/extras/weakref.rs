// src/loader/extras/weakref.rs: the extras about weak references through loaders that have none.

use crate::loader::call::*;
use crate::*;

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyWeakref_NewRef(ctx: &HPyContext, obj: HPy, callback: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { call_of(ctx, c"weakref", c"ref", &[obj, or_none(ctx, callback)]) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyWeakref_NewProxy(ctx: &HPyContext, obj: HPy, callback: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { call_of(ctx, c"weakref", c"proxy", &[obj, or_none(ctx, callback)]) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyWeakref_Check(ctx: &HPyContext, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { (is_one_of(ctx, h, &[c"ReferenceType", c"ProxyType", c"CallableProxyType"])) as c_int }
}

/// Whether an object is an instance of one of these classes of the module `weakref`. A proxy pretends to be of another class,
/// which `isinstance` believes.
///
/// # Safety
/// The handle is open.
unsafe fn is_one_of(ctx: &HPyContext, h: HPy, classes: &[&core::ffi::CStr]) -> bool {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        let module = HPyImport_ImportModule(ctx, c"weakref".as_ptr());
        let found = with(ctx, module, false, |module| {
            classes.iter().any(|class| {
                let class = HPy_GetAttr_s(ctx, module, class.as_ptr());
                with(ctx, class, false, |class| HPy_TypeCheck(ctx, h, class) != 0)
            })
        });
        HPyErr_Clear(ctx);
        found
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyWeakref_GetRef(ctx: &HPyContext, reference: HPy, result: *mut HPy) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        *result = HPy_NULL;
        if is_one_of(ctx, reference, &[c"ReferenceType"]) {
            let object = HPy_Call(ctx, reference, core::ptr::null(), 0, HPy_NULL);
            if HPy_IsNull(object) {
                return -1;
            }
            if HPy_Is(ctx, object, ctx.h_None) != 0 {
                HPy_Close(ctx, object);
                return 0;
            }
            *result = object;
            return 1;
        }
        if !is_one_of(ctx, reference, &[c"ProxyType", c"CallableProxyType"]) {
            HPyErr_SetString(ctx, ctx.h_TypeError, c"expected a weakref".as_ptr());
            return -1;
        }
        // A proxy does all that its object does, and a method of the object knows the object.
        let method = HPy_GetAttr_s(ctx, reference, c"__repr__".as_ptr());
        if HPy_IsNull(method) {
            let is_gone = HPyErr_ExceptionMatches(ctx, ctx.h_ReferenceError) != 0;
            HPyErr_Clear(ctx);
            return if is_gone { 0 } else { -1 };
        }
        *result = HPy_GetAttr_s(ctx, method, c"__self__".as_ptr());
        HPy_Close(ctx, method);
        if HPy_IsNull(*result) { -1 } else { 1 }
    }
}
