// src/native/module_state.rs: the state of a module: its memory, the fields in it, and the way from a class to it.

use core::ffi::CStr;
use core::ptr;

use super::lists::definitions;
use super::raise::{Raised, Result, system_error};
use super::types::clear_field;
use super::types::record::TraverseStruct;
use crate::*;

/// The state of the modules of a definition.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub size: HPy_ssize_t,
    /// `HPy_mod_traverse`
    traverse: Option<TraverseStruct>,
    /// `HPy_mod_destroy`
    destroy: Option<unsafe extern "C" fn(*mut c_void)>,
}

/// CPython's definition, and what the runtime knows of it. Each of this runtime has the function [`free`].
#[repr(C)]
pub(super) struct Definition {
    pub cpython: ffi::PyModuleDef,
    pub globals: *const *const HPyGlobal,
    pub hpy: *const HPyModuleDef,
    pub state: State,
}

impl State {
    /// Reads the state of `definition`, and refuses one that contradicts itself.
    ///
    /// # Safety
    /// The lists of `definition` are valid, and the thread holds the interpreter.
    pub unsafe fn read(definition: &HPyModuleDef) -> Result<State> {
        let mut state = State { size: definition.size, traverse: None, destroy: None };
        // SAFETY: the caller's promise: each kind tells its union's member, and each slot the type of its function.
        unsafe {
            for definition in definitions(definition.defines).filter(|definition| definition.kind == HPyDef_Kind_Slot) {
                let HPySlot { slot, impl_, cpy_trampoline, .. } = definition.of.slot;
                match slot {
                    HPy_mod_traverse if state.traverse.is_some() => return Err(twice(c"HPy_mod_traverse")),
                    HPy_mod_destroy if state.destroy.is_some() => return Err(twice(c"HPy_mod_destroy")),
                    HPy_mod_traverse => state.traverse = core::mem::transmute::<HPyCFunction, Option<_>>(impl_),
                    HPy_mod_destroy => {
                        let destroy = impl_.or(cpy_trampoline);
                        state.destroy = core::mem::transmute::<HPyCFunction, Option<_>>(destroy);
                    }
                    _ => {}
                }
            }
            if state.size == 0 && (state.traverse.is_some() || state.destroy.is_some()) {
                return Err(system_error(
                    c"HPy_mod_traverse and HPy_mod_destroy are for the state of a module, and HPyModuleDef.size is 0: set it to the size of the struct",
                ));
            }
        }
        Ok(state)
    }

    /// `m_traverse`, `m_clear` and `m_free` of CPython's definition.
    pub fn install(&self, cpython: &mut ffi::PyModuleDef) {
        if self.traverse.is_some() {
            cpython.m_traverse = Some(traverse);
            cpython.m_clear = Some(clear);
        }
        cpython.m_free = Some(free);
    }
}

/// # Safety
/// The thread holds the interpreter.
unsafe fn twice(slot: &CStr) -> Raised {
    // SAFETY: the caller's promise.
    unsafe {
        let format = c"Multiple definitions of the %s slot in HPyModuleDef.defines.".as_ptr();
        ffi::PyErr_Format(ffi::PyExc_SystemError, format, slot.as_ptr());
    }
    Raised
}

/// The definition of a module that this runtime has made.
///
/// # Safety
/// `module` is a module.
unsafe fn definition_of<'a>(module: *mut cpy_PyObject) -> Option<&'a Definition> {
    // SAFETY: the caller's promise. A definition with the function is one of this file.
    unsafe {
        let cpython = ffi::PyModule_GetDef(module).as_ref()?;
        let own: ffi::freefunc = free;
        cpython.m_free.filter(|found| ptr::fn_addr_eq(*found, own))?;
        Some(&*ptr::from_ref(cpython).cast())
    }
}

/// The `HPy_mod_traverse` of an object that is a module, and its state.
///
/// # Safety
/// `object` is alive.
#[cfg(feature = "host")]
pub(super) unsafe fn traverse_of(object: *mut cpy_PyObject) -> Option<(Option<TraverseStruct>, *mut c_void)> {
    // SAFETY: the caller's promise.
    unsafe {
        if ffi::PyModule_Check(object) == 0 {
            return None;
        }
        let definition = definition_of(object)?;
        let state = ffi::PyModule_GetState(object);
        (!state.is_null()).then_some((definition.state.traverse, state))
    }
}

/// Calls `HPy_mod_traverse` with a visitor of fields.
///
/// # Safety
/// `module` is a module of a definition of this file, and `visit` takes fields, and `arg`.
unsafe fn each_field(module: *mut cpy_PyObject, visit: HPyFunc_visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the caller's promise: the state is what the author's function takes.
    unsafe {
        let definition = &*ffi::PyModule_GetDef(module).cast::<Definition>();
        let state = ffi::PyModule_GetState(module);
        match definition.state.traverse {
            Some(fields) if !state.is_null() => fields(state, visit, arg),
            _ => 0,
        }
    }
}

/// `m_traverse`.
///
/// # Safety
/// The garbage collector calls it for a module of a definition of this file.
unsafe extern "C" fn traverse(module: *mut cpy_PyObject, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
    type Visitor = (ffi::visitproc, *mut c_void);
    /// # Safety
    /// A traverse function calls it with a field that refers to something, and with the visitor below.
    unsafe extern "C" fn visit_field(field: *mut HPyField, visitor: *mut c_void) -> c_int {
        // SAFETY: the caller's promise.
        unsafe {
            let (visit, arg) = *visitor.cast::<Visitor>();
            visit((*field)._i, arg)
        }
    }
    let mut visitor: Visitor = (visit, arg);
    // SAFETY: the caller's promise.
    unsafe { each_field(module, visit_field, (&raw mut visitor).cast()) }
}

/// `m_clear`.
///
/// # Safety
/// The garbage collector calls it for a module of a definition of this file.
unsafe extern "C" fn clear(module: *mut cpy_PyObject) -> c_int {
    // SAFETY: the caller's promise. A field that a traverse function visits owns its reference.
    unsafe { each_field(module, clear_field, ptr::null_mut()) }
}

/// `m_free`: clears the fields, and has the author release the rest. CPython frees the memory after it. A module whose
/// execution never began has no state.
///
/// # Safety
/// CPython calls it for a module of a definition of this file that goes.
unsafe extern "C" fn free(module: *mut c_void) {
    let module = module.cast::<cpy_PyObject>();
    // SAFETY: the caller's promise.
    unsafe {
        clear(module);
        let state = ffi::PyModule_GetState(module);
        let definition = &*ffi::PyModule_GetDef(module).cast::<Definition>();
        if let Some(destroy) = definition.state.destroy.filter(|_| !state.is_null()) {
            destroy(state);
        }
    }
}

/// The module of `definition` that defines a class of the method resolution order of `ty`, borrowed.
///
/// # Safety
/// `ty` is a type, and the thread holds the interpreter.
unsafe fn module_of(ty: *mut ffi::PyTypeObject, definition: *const HPyModuleDef) -> Result<*mut cpy_PyObject> {
    // SAFETY: the caller's promise: the order is a tuple of types, and the first is the type itself.
    unsafe {
        let order = (*ty).tp_mro;
        let count = if order.is_null() { 0 } else { ffi::PyTuple_GET_SIZE(order) };
        for index in 0..count {
            let class = ffi::PyTuple_GET_ITEM(order, index).cast::<ffi::PyTypeObject>();
            if ffi::PyType_HasFeature(class, ffi::Py_TPFLAGS_HEAPTYPE) == 0 {
                continue;
            }
            let module = (*class.cast::<ffi::PyHeapTypeObject>()).ht_module;
            if !module.is_null() && definition_of(module).is_some_and(|found| ptr::eq(found.hpy, definition)) {
                return Ok(module);
            }
        }
        ffi::PyErr_Format(
            ffi::PyExc_TypeError,
            c"no class above '%s' was made with HPyType_SpecParam_Module for a module of this definition".as_ptr(),
            (*ty).tp_name,
        );
        Err(Raised)
    }
}

#[doc = table_doc!("HPyType_GetModuleByDef")]
pub unsafe fn HPyType_GetModuleByDef(_ctx: &HPyContext, r#type: HPy, definition: *const HPyModuleDef) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        match module_of(r#type._i.cast(), definition) {
            Ok(module) => {
                ffi::Py_INCREF(module);
                HPy { _i: module }
            }
            Err(Raised) => HPy_NULL,
        }
    }
}

#[doc = table_doc!("HPy_GetModuleState")]
pub unsafe fn HPy_GetModuleState(_ctx: &HPyContext, h: HPy, definition: *const HPyModuleDef) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe {
        match module_of(ffi::Py_TYPE(h._i), definition) {
            Ok(module) => ffi::PyModule_GetState(module),
            Err(Raised) => ptr::null_mut(),
        }
    }
}
