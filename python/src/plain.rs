// python/src/plain.rs: the functions of the plain context that are more than a call of the native ABI's.

use hpy_sys::host::{item, type_from_spec};
use hpy_sys::*;

use crate::context::{Context, Crossing, call_real, native};

/// A type whose constructors the runtime calls with the module's context.
///
/// # Safety
/// As of [`HPyType_FromSpec`].
pub unsafe extern "C-unwind" fn ctx_Type_FromSpec(
    ctx: &Context,
    spec: *const HPyType_Spec,
    params: *const HPyType_SpecParam,
) -> HPy {
    // SAFETY: the module's promise. Its implementations take this context, whose handles are the native ABI's.
    unsafe { type_from_spec(spec, params, (&raw const *ctx).cast()) }
}

/// An item in place, without the frame that a call needs.
///
/// # Safety
/// As of [`HPy_GetItem_i`].
pub unsafe extern "C-unwind" fn ctx_GetItem_i(_: &Context, obj: HPy, idx: HPy_ssize_t) -> HPy {
    // SAFETY: the module's promise, passed on.
    unsafe {
        match item(obj, idx) {
            Some(item) => HPy_Dup(native(), item),
            None => item_by_call(obj, idx),
        }
    }
}

/// # Safety
/// As of [`HPy_GetItem_i`].
#[inline(never)]
unsafe extern "C-unwind" fn item_by_call(obj: HPy, idx: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPy_GetItem_i(native(), obj, idx) }
}

/// Calls an implementation: the handles are the objects themselves.
///
/// # Safety
/// A trampoline of the convention `sig` calls it, with its packed arguments.
pub unsafe extern "C-unwind" fn ctx_CallRealFunctionFromTrampoline(
    ctx: &Context,
    sig: HPyFunc_Signature,
    func: HPyCFunction,
    args: *mut c_void,
) {
    // SAFETY: the module's promise.
    unsafe { call_real(sig, func, args, &mut Same(ctx)) }
}

/// A call of the plain context, which needs nothing more.
struct Same<'a>(&'a Context);

impl Crossing for Same<'_> {
    #[inline(always)]
    fn context(&self) -> &Context {
        self.0
    }
}
