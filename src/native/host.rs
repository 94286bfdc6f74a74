// src/native/host.rs: what this project's loader needs of the native runtime to host modules of the loader ABIs.
//
// A definition of a loader ABI is one of the native ABI, whose only second function is that of `HPy_tp_call`: the layouts
// agree. Its trampolines are functions for CPython, and its implementations take the context that the loader handed to the module.

pub use super::recursion::{Deep, limited};
use super::types::hosted;
pub use super::types::record::TraverseStruct;
use super::types::record::TypeInfo;
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

/// An item of a list or tuple, borrowed, if it is in place.
///
/// # Safety
/// `obj` is an open handle, or `HPy_NULL`. The result is valid for as long as nothing changes the object.
#[inline(always)]
pub unsafe fn item(obj: HPy, idx: HPy_ssize_t) -> Option<HPy> {
    // SAFETY: the caller's promise.
    unsafe { super::borrowed::item(obj, idx) }
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
        tuple_items,
        text,
        dict_next,
        name,
        dict_size,
        dict_value,
        struct_offset,
        extras: no_extras,
    };
}

/// A loader whose contexts have extras replaces it.
extern "C" fn no_extras() -> *const c_void {
    core::ptr::null()
}

/// # Safety
/// `h` is an open handle, and `size` may be written.
unsafe extern "C" fn tuple_items(h: HPy, size: *mut HPy_ssize_t) -> *const HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(items) = super::borrowed::items_of_tuple(h) else { return core::ptr::null() };
        *size = items.len() as HPy_ssize_t;
        items.as_ptr()
    }
}

/// # Safety
/// `h` is an open handle, and `size` may be written.
unsafe extern "C" fn text(h: HPy, size: *mut HPy_ssize_t) -> *const c_char {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(text) = super::borrowed::text(h) else { return core::ptr::null() };
        *size = text.len() as HPy_ssize_t;
        text.as_ptr().cast()
    }
}

/// # Safety
/// `names` is an open handle; `size` and `count` may be written.
unsafe extern "C" fn name(
    names: HPy,
    index: HPy_ssize_t,
    size: *mut HPy_ssize_t,
    count: *mut HPy_ssize_t,
) -> *const c_char {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(items) = super::borrowed::items_of_tuple(names) else { return core::ptr::null() };
        *count = items.len() as HPy_ssize_t;
        items.get(index as usize).map_or(core::ptr::null(), |&item| text(item, size))
    }
}

/// # Safety
/// `h` is an open handle, `position` is 0 or what the last call left there, and the others may be written.
unsafe extern "C" fn dict_next(h: HPy, position: *mut HPy_ssize_t, key: *mut HPy, value: *mut HPy) -> c_int {
    // SAFETY: the caller's promise: a handle is a pointer to an object.
    unsafe {
        match super::borrowed::is_dict(h) {
            true => ffi::PyDict_Next(h._i, position, key.cast(), value.cast()),
            false => -1,
        }
    }
}

/// # Safety
/// `h` is an open handle.
unsafe extern "C" fn dict_size(h: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { super::borrowed::length_of_dict(h).unwrap_or(-1) }
}

/// # Safety
/// `h` is an open handle of a dictionary, and there are `size` bytes at `name`.
unsafe extern "C" fn dict_value(h: HPy, name: *const c_char, size: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let name = core::slice::from_raw_parts(name.cast::<u8>(), size as usize);
        super::borrowed::value_of_dict(h, name).unwrap_or(HPy_NULL)
    }
}

/// # Safety
/// Any shape is fine.
unsafe extern "C" fn struct_offset(shape: HPyType_BuiltinShape) -> HPy_ssize_t {
    super::layout::payload_offset(shape) as HPy_ssize_t
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
    type Real = unsafe extern "C-unwind" fn(&HPyContext, HPy, *const HPy, usize, HPy) -> HPy;
    // SAFETY: the caller's promise: an implementation of the convention HPyFunc_KEYWORDS.
    unsafe {
        let real = core::mem::transmute::<HPyCFunction, Real>(implementation);
        within_limit(object, args, nargsf, kwnames, |nargs| {
            real(ctx, HPy { _i: object }, args.cast(), nargs, HPy { _i: kwnames })
        })
    }
}

/// Makes a call that the vectorcall protocol asks for, within CPython's limit of recursion; `call` gets the number of
/// positional arguments.
///
/// # Safety
/// CPython passes the arguments.
#[inline(always)]
pub unsafe fn within_limit(
    object: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
    call: impl FnOnce(usize) -> HPy,
) -> *mut cpy_PyObject {
    // Some versions have no use for them.
    let _ = (object, args, kwnames);
    // SAFETY: the caller's promise.
    unsafe {
        #[cfg(not(cpython_vectorcall_follows_call))]
        if super::types::python_class::sets_call(object) {
            return super::types::call::call_type(object, args, nargsf, kwnames);
        }
        let nargs = ffi::PyVectorcall_NARGS(nargsf as _) as usize;
        limited(|| super::recursion::charged(|| call(nargs))).flatten().unwrap_or(HPy_NULL)._i
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

/// The implementations of a list of definitions, each with its address, and its name or its slot.
///
/// # Safety
/// `defines` is null, or a list that ends with null.
pub unsafe fn each_implementation(
    defines: *const *const HPyDef,
    mut each: impl FnMut(usize, core::result::Result<*const c_char, HPySlot_Slot>),
) {
    let mut tell = |function: HPyCFunction, name| {
        if let Some(function) = function {
            each(function as usize, name);
        }
    };
    // SAFETY: the caller's promise: each kind tells its union's member.
    unsafe {
        for definition in super::lists::definitions(defines) {
            match definition.kind {
                HPyDef_Kind_Slot => tell(definition.of.slot.impl_, Err(definition.of.slot.slot)),
                HPyDef_Kind_Meth => tell(definition.of.meth.impl_, Ok(definition.of.meth.name)),
                HPyDef_Kind_GetSet => {
                    let HPyGetSet { name, getter_impl, setter_impl, .. } = definition.of.getset;
                    tell(getter_impl, Ok(name));
                    tell(setter_impl, Ok(name));
                }
                _ => {}
            }
        }
    }
}

/// The lists of a module's definition: its definitions, and its globals.
pub fn lists_of(definition: &HPyModuleDef) -> (*const *const HPyDef, *const *const HPyGlobal) {
    (definition.defines, definition.globals)
}

/// The function of a type's own `HPy_tp_traverse` that takes the struct, and the struct of an instance; or those of a module with
/// state.
///
/// # Safety
/// `object` is alive.
pub unsafe fn traverse_of(object: HPy) -> Option<(TraverseStruct, *mut c_void)> {
    // SAFETY: the caller's promise.
    unsafe {
        if let Some((traverse, state)) = super::module_state::traverse_of(object._i) {
            return Some((traverse?, state));
        }
        let info = TypeInfo::nearest(ffi::Py_TYPE(object._i), |info| info.traverse.is_some())?;
        Some((info.traverse?, info.payload(object._i)))
    }
}

/// Whether a HPy runtime made the type of an object, or one above it, or the object is a module with state.
///
/// # Safety
/// `object` is alive.
pub unsafe fn has_record(object: HPy) -> bool {
    // SAFETY: the caller's promise.
    unsafe { TypeInfo::of(ffi::Py_TYPE(object._i)).is_some() || super::module_state::traverse_of(object._i).is_some() }
}

/// Whether the definition of a module says that it needs no global lock.
pub fn needs_no_lock(definition: &HPyModuleDef) -> bool {
    // SAFETY: the lists of a definition end with null, and each kind tells its union's member.
    unsafe {
        super::lists::definitions(definition.defines).any(|definition| {
            let is_slot = definition.kind == HPyDef_Kind_Slot && definition.of.slot.slot == HPy_mod_gil;
            is_slot
                && definition.of.slot.cpy_trampoline.map_or(0, |value| value as usize) == HPy_MOD_GIL_NOT_USED as usize
        })
    }
}

/// The memory of a builder, which tells it from others while it lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    pub start: usize,
    pub capacity: HPy_ssize_t,
}

/// What debug mode asks of builders of both types.
pub trait Growing {
    /// One without memory.
    const EMPTY: Self;
    /// The memory, if there is any.
    fn memory(&self) -> Option<Memory>;
}

impl Growing for HPyBytesBuilder {
    const EMPTY: HPyBytesBuilder = HPyBytesBuilder::empty(0);

    fn memory(&self) -> Option<Memory> {
        memory(self._data.cast(), self._capacity)
    }
}

impl Growing for HPyStrBuilder {
    const EMPTY: HPyStrBuilder = HPyStrBuilder::empty(0);

    fn memory(&self) -> Option<Memory> {
        memory(self._data, self._capacity)
    }
}

fn memory(data: *mut c_void, capacity: HPy_ssize_t) -> Option<Memory> {
    (!data.is_null()).then(|| Memory { start: data.addr(), capacity })
}
