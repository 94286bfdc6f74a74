// python/src/plain.rs: the functions of the plain context that are more than a call of the native ABI's.

use hpy_sys::host::{item, type_from_spec};
use hpy_sys::*;

use crate::context::{Context, Crossing, call_real, native};
use crate::raise::fatal;

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
    unsafe {
        if !call_real(sig, func, args, &mut Same(ctx)) && !call_without_context(sig, func, args) {
            fatal(&format!("hpy.universal: a trampoline has an unknown calling convention: {sig}"));
        }
    }
}

/// The crossing of a context whose handles are the objects themselves.
struct Same<'a>(&'a Context);

impl Crossing for Same<'_> {
    #[inline(always)]
    fn context(&self) -> &Context {
        self.0
    }
    #[inline(always)]
    fn handle(&mut self, object: HPy) -> HPy {
        object
    }
    #[inline(always)]
    unsafe fn handles(&mut self, objects: *const HPy, _count: usize) -> *const HPy {
        objects
    }
    #[inline(always)]
    unsafe fn buffer(&mut self, buffer: *mut HPy_buffer, _is_request: bool) -> *mut HPy_buffer {
        buffer
    }
    #[inline(always)]
    fn result(&mut self, handle: HPy) -> HPy {
        handle
    }
    #[inline(always)]
    fn status(&mut self, _has_failed: Option<bool>) -> bool {
        false
    }
    #[inline(always)]
    fn done(&mut self) {}
}

/// Calls an implementation that takes no context: that of a capsule's destructor. The runtime calls those of traverse and
/// destroy slots itself, without their trampolines.
///
/// # Safety
/// As of [`ctx_CallRealFunctionFromTrampoline`].
pub unsafe fn call_without_context(sig: HPyFunc_Signature, func: HPyCFunction, args: *mut c_void) -> bool {
    if sig != HPyFunc_CAPSULE_DESTRUCTOR {
        return false;
    }
    let capsule = args.cast::<pyo3_ffi::PyObject>();
    // SAFETY: the trampoline of a destructor passes the capsule itself.
    unsafe {
        let destroy = core::mem::transmute::<
            HPyCFunction,
            unsafe extern "C-unwind" fn(*const c_char, *mut c_void, *mut c_void),
        >(func);
        let name = pyo3_ffi::PyCapsule_GetName(capsule);
        let pointer = pyo3_ffi::PyCapsule_GetPointer(capsule, name);
        destroy(name, pointer, pyo3_ffi::PyCapsule_GetContext(capsule));
    }
    true
}
