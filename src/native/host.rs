// src/native/host.rs: what this project's loader needs of the native runtime to host modules of the loader ABIs.
//
// A definition of a loader ABI is one of the native ABI, whose only second function is that of `HPy_tp_call`: the layouts
// agree. Its trampolines are functions for CPython, and its implementations take the context that the loader handed to the module.

use super::types::hosted;
use crate::*;

/// The context of the native ABI, for a loader that calls its functions.
#[inline(always)]
pub fn native_context() -> &'static HPyContext {
    super::context()
}

/// [`HPyType_FromSpec`] for a module of a loader ABI. The runtime calls the module's constructors and initialisers with
/// `context` and no trampoline between; with null it goes through the trampolines alone.
///
/// # Safety
/// As for [`HPyType_FromSpec`]. The implementations in `spec` take `context`, whose handles are the native ABI's.
pub unsafe fn type_from_spec(
    spec: *const HPyType_Spec,
    params: *const HPyType_SpecParam,
    context: *const HPyContext,
) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { hosted(spec, params, context) }
}

/// Whether a definition has a slot that makes the module itself.
///
/// # Safety
/// The lists of `definition` are valid.
pub unsafe fn creates_module(definition: &HPyModuleDef) -> bool {
    // SAFETY: the caller's promise: each kind tells its union's member.
    unsafe {
        super::lists::definitions(definition.defines)
            .any(|definition| definition.kind == HPyDef_Kind_Slot && definition.of.slot.slot == HPy_mod_create)
    }
}

impl HostTable {
    /// The table of the native runtime.
    pub const NATIVE: HostTable = HostTable {
        size: size_of::<HostTable>(),
        call: call_limited,
        type_call,
        builtins: super::h_Builtins,
        struct_of,
        charge,
    };
}

/// # Safety
/// The thread holds the interpreter.
unsafe extern "C" fn charge(calls: c_int) -> c_int {
    // SAFETY: the caller's promise.
    if unsafe { super::recursion::charge(calls) } { 0 } else { -1 }
}

/// # Safety
/// A module calls it with an instance of a type with the shape.
unsafe extern "C" fn struct_of(_ctx: &HPyContext, h: HPy) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { h._i.cast::<u8>().add(super::types::record::TypeInfo::of_opaque(h._i)).cast() }
}

/// # Safety
/// A trampoline calls it with what CPython passed, and with its implementation, which takes `ctx`.
unsafe extern "C" fn call_limited(
    ctx: &HPyContext,
    object: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
    implementation: HPyCFunction,
) -> *mut cpy_PyObject {
    type Real = unsafe extern "C" fn(&HPyContext, HPy, *const HPy, usize, HPy) -> HPy;
    // SAFETY: the caller's promise: an implementation of the convention HPyFunc_KEYWORDS.
    unsafe {
        #[cfg(not(cpython_vectorcall_follows_call))]
        if super::types::python_class::sets_call(object) {
            return super::types::call::call_type(object, args, nargsf, kwnames);
        }
        let Some(entered) = super::recursion::enter() else { return core::ptr::null_mut() };
        let real = core::mem::transmute::<HPyCFunction, Real>(implementation);
        let nargs = ffi::PyVectorcall_NARGS(nargsf as _) as usize;
        let call = || real(ctx, HPy { _i: object }, args.cast(), nargs, HPy { _i: kwnames });
        let result = super::recursion::charged(call);
        super::recursion::leave(entered);
        result.unwrap_or(HPy_NULL)._i
    }
}

/// # Safety
/// CPython calls the `tp_call` of a definition with these arguments; the functions are the definition's.
unsafe extern "C" fn type_call(
    object: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
    own: cpy_vectorcallfunc,
    direct: cpy_vectorcallfunc,
) -> *mut cpy_PyObject {
    let (Some(own), Some(direct)) = (own, direct) else { return core::ptr::null_mut() };
    // SAFETY: the caller's promise.
    let call = || unsafe { super::types::call::call(object, args, kw, own, direct) };
    super::recursion::charged(call).unwrap_or(core::ptr::null_mut())
}
