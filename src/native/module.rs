// src/native/module.rs: turns a HPy module definition into a CPython one, once for the process.

use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::array::Array;
use super::lists::{definitions, legacy_methods};
use super::module_state::{Definition, State};
use super::raise::{Raised, Result, system_error, value_error};
use super::types::room::method;
use crate::*;

/// The CPython definition of a module, made at the first import. [`HPy_MODINIT!`] defines one.
#[doc(hidden)]
#[repr(transparent)]
pub struct ModuleInit {
    definition: AtomicPtr<Definition>,
}

impl ModuleInit {
    #[doc(hidden)]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> ModuleInit {
        ModuleInit { definition: AtomicPtr::new(ptr::null_mut()) }
    }

    /// The result of `PyInit_name`: the definition, from which CPython makes the module and runs its exec slots.
    ///
    /// # Safety
    /// CPython imports the module of `definition`, and the definition is always the same.
    #[doc(hidden)]
    pub unsafe fn init(&self, definition: &HPyModuleDef) -> *mut cpy_PyObject {
        // SAFETY: CPython imports a module.
        if unsafe { super::undeclared::check_digits() }.is_err() {
            return ptr::null_mut();
        }
        super::context::fill();
        super::recursion::find_main_stack();
        super::types::trashcan::learn_limit();
        let mut made = self.definition.load(Ordering::Acquire);
        if made.is_null() {
            // SAFETY: the caller's promise.
            match unsafe { to_cpython(definition) } {
                Ok(new) => made = self.keep(new),
                Err(Raised) => return ptr::null_mut(),
            }
        }
        // SAFETY: CPython accepts a definition that it has seen before.
        unsafe { ffi::PyModuleDef_Init(made.cast()) }
    }

    /// Publishes the definition for the process, or drops it and returns that of a faster interpreter.
    fn keep(&self, new: Array<Definition>) -> *mut Definition {
        let new = new.leak();
        match self.definition.compare_exchange(ptr::null_mut(), new, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => new,
            Err(other) => other,
        }
    }
}

/// The definitions of a module, counted.
struct Contents {
    methods: usize,
    slots: usize,
    create: HPyCFunction,
    /// Whether there are definitions beside a create slot.
    others: bool,
}

/// # Safety
/// The lists of `definition` are valid, and the thread holds the interpreter.
unsafe fn to_cpython(definition: &HPyModuleDef) -> Result<Array<Definition>> {
    // SAFETY: the caller's promise: the lists of the definition are valid.
    unsafe {
        super::complete::check(c"HPyModuleDef", definition.defines)?;
        let contents = read(definition)?;
        check(definition, &contents)?;
        let state = State::read(definition)?;
        let legacy = legacy_methods(definition.legacy_methods);
        let mut methods = Array::new(contents.methods + legacy.len())?;
        let mut slots = Array::new(contents.slots + 1)?;
        if contents.create.is_none() {
            slots.push(ffi::PyModuleDef_Slot { slot: ffi::Py_mod_exec, value: enter as *mut c_void });
        }
        for definition in definitions(definition.defines) {
            match definition.kind {
                HPyDef_Kind_Meth => {
                    let method = function(&definition.of.meth, methods.as_slice())?;
                    methods.push(method);
                }
                HPyDef_Kind_Slot => slot(&definition.of.slot).into_iter().for_each(|slot| slots.push(slot)),
                _ => {}
            }
        }
        legacy.iter().for_each(|method| methods.push(*method));
        let mut cpython = ffi::PyModuleDef {
            m_base: ffi::PyModuleDef_HEAD_INIT,
            m_name: ptr::null(),
            m_doc: definition.doc,
            m_size: state.size,
            m_methods: if contents.create.is_some() { ptr::null_mut() } else { methods.leak() },
            m_slots: slots.leak(),
            m_traverse: None,
            m_clear: None,
            m_free: None,
        };
        if contents.create.is_none() {
            state.install(&mut cpython);
        }
        let mut made = Array::new(1)?;
        made.push(Definition { cpython, globals: definition.globals, hpy: definition, state });
        Ok(made)
    }
}

/// A function of a module. A function without arguments takes an array where CPython calls that faster. Its error message finds
/// the name by the function's address, so the second of two definitions with one function is an ordinary one.
///
/// # Safety
/// `meth` is a definition of a [`HPyDef_METH!`], and the thread holds the interpreter.
unsafe fn function(meth: &HPyMeth, others: &[ffi::PyMethodDef]) -> Result<ffi::PyMethodDef> {
    // SAFETY: the caller's promise; the second function is one that takes an array.
    unsafe {
        let mut made = method(meth)?;
        if made.ml_flags & (ffi::METH_CLASS | ffi::METH_STATIC | ffi::METH_COEXIST) != 0 {
            return Err(value_error(c"a function of a module is no class method, static method, or one beside a slot"));
        }
        let second = meth.second.of(meth.cpy_trampoline);
        if meth.signature == HPyFunc_NOARGS && second.is_some() {
            let array = core::mem::transmute::<HPyCFunction, ffi::PyMethodDefPointer>(second);
            if !others.iter().any(|other| address(other.ml_meth) == address(array)) {
                (made.ml_meth, made.ml_flags) = (array, ffi::METH_FASTCALL);
            }
        }
        Ok(made)
    }
}

fn address(function: ffi::PyMethodDefPointer) -> *const () {
    // SAFETY: a pointer to a function, or null.
    unsafe { core::mem::transmute::<ffi::PyMethodDefPointer, *const ()>(function) }
}

/// Raises CPython's error for arguments of a function without any. The function's name comes from the module's definition; the
/// module's own name may be missing, deleted by Python code or by the end of the interpreter.
///
/// # Safety
/// `module` is a module made of a definition of this file, and `called` one of its functions.
#[cfg(any(cpython_noargs_is_slow, feature = "c-library"))]
#[cold]
pub(crate) unsafe fn takes_no_arguments(
    module: *mut cpy_PyObject,
    nargs: HPy_ssize_t,
    called: HPyCFunction,
) -> *mut cpy_PyObject {
    // SAFETY: the methods of a definition end with one without a name.
    unsafe {
        let mut method = (*ffi::PyModule_GetDef(module)).m_methods;
        let calls = |method: *mut ffi::PyMethodDef| {
            address((*method).ml_meth) == called.map_or(ptr::null(), |called| called as *const ())
        };
        while !(*method).ml_name.is_null() && !calls(method) {
            method = method.add(1);
        }
        let (message, name) = (c"%s() takes no arguments (%zd given)".as_ptr(), (*method).ml_name);
        let name = if name.is_null() { c"function".as_ptr() } else { name };
        let module_name = ffi::PyModule_GetName(module);
        if module_name.is_null() {
            ffi::PyErr_Clear();
            return ffi::PyErr_Format(ffi::PyExc_TypeError, message, name, nargs);
        }
        let message = c"%s.%s() takes no arguments (%zd given)".as_ptr();
        ffi::PyErr_Format(ffi::PyExc_TypeError, message, module_name, name, nargs)
    }
}

/// The first exec slot of a module. CPython may have called `PyInit_name` in another interpreter.
///
/// # Safety
/// CPython calls it as an exec slot of a module made of a definition of this file.
unsafe extern "C" fn enter(module: *mut cpy_PyObject) -> c_int {
    // SAFETY: CPython passes a module that it has made from a definition of this file.
    match unsafe { super::globals::share((*ffi::PyModule_GetDef(module).cast::<Definition>()).globals) } {
        Ok(()) => 0,
        Err(Raised) => -1,
    }
}

/// Counts the definitions. As in HPy, those that a module cannot have are ignored.
///
/// # Safety
/// The lists of `definition` are valid, and the thread holds the interpreter.
unsafe fn read(definition: &HPyModuleDef) -> Result<Contents> {
    let mut contents = Contents { methods: 0, slots: 0, create: None, others: false };
    // SAFETY: the caller's promise: each kind tells its union's member.
    unsafe {
        for definition in definitions(definition.defines) {
            match definition.kind {
                HPyDef_Kind_Meth => {
                    contents.methods += 1;
                    contents.others = true;
                }
                HPyDef_Kind_Slot => {
                    let HPySlot { slot, cpy_trampoline, .. } = definition.of.slot;
                    contents.slots += 1;
                    match slot {
                        HPy_mod_create if contents.create.is_some() => {
                            return Err(system_error(
                                c"Multiple definitions of the HPy_mod_create slot in HPyModuleDef.defines.",
                            ));
                        }
                        HPy_mod_create => contents.create = cpy_trampoline,
                        HPy_mod_exec | HPy_mod_traverse | HPy_mod_destroy => contents.others = true,
                        HPy_mod_multiple_interpreters | HPy_mod_gil => {}
                        _ => {
                            ffi::PyErr_Format(
                                ffi::PyExc_SystemError,
                                c"Unsupported slot in HPyModuleDef.defines (value: %d).".as_ptr(),
                                slot,
                            );
                            return Err(Raised);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    Ok(contents)
}

/// Refuses the definitions that HPy refuses.
///
/// # Safety
/// The thread holds the interpreter.
unsafe fn check(definition: &HPyModuleDef, contents: &Contents) -> Result<()> {
    // SAFETY: the caller imports a module, and holds the interpreter.
    unsafe {
        if definition.size < 0 {
            return Err(system_error(c"HPy does not permit HPyModuleDef.size < 0"));
        }
        if contents.create.is_none() {
            return Ok(());
        }
        if contents.others {
            return Err(system_error(
                c"HPyModuleDef defines a HPy_mod_create slot and some other slots or methods. This is not allowed because what the HPy_mod_create slot returns is no module that they could be added to.",
            ));
        }
        let is_plain = definition.doc.is_null() && definition.legacy_methods.is_null() && definition.globals.is_null();
        if !is_plain || definition.size != 0 {
            return Err(system_error(
                c"HPyModuleDef defines a HPy_mod_create slot and some of the other fields are not set to their default value. This is not allowed because what the HPy_mod_create slot returns is no module that they could be added to.",
            ));
        }
    }
    Ok(())
}

/// The CPython slot of a HPy slot, or `None` where this CPython has no such slot.
fn slot(slot: &HPySlot) -> Option<ffi::PyModuleDef_Slot> {
    let number = match slot.slot {
        HPy_mod_create => ffi::Py_mod_create,
        HPy_mod_exec => ffi::Py_mod_exec,
        #[cfg(cpython_multiple_interpreters_slot)]
        HPy_mod_multiple_interpreters => ffi::Py_mod_multiple_interpreters,
        #[cfg(cpython_gil_slot)]
        HPy_mod_gil => ffi::Py_mod_gil,
        _ => return None,
    };
    let value = slot.cpy_trampoline.map_or(ptr::null_mut(), |function| function as *mut c_void);
    Some(ffi::PyModuleDef_Slot { slot: number, value })
}

/// Makes the library an extension module: `HPy_MODINIT!(name, DEFINITION)`, with a `static` [`HPyModuleDef`](struct@crate::HPyModuleDef).
///
/// The name is the last part of the module's name, which may be a keyword: `async`, or `r#async`. One library may have
/// several modules.
///
/// CPython asks for the function of a module whose name is not ASCII by its Punycode name, with `_` for `-` (PEP 489). It
/// is given as well: `HPy_MODINIT!(größe = "gre_6ka8i", DEFINITION)`. If it is not right, the error says what is.
///
/// Source: HPy `HPy_MODINIT`; CPython `PyInit_name`, `PyModuleDef_Init`.
#[macro_export]
macro_rules! HPy_MODINIT {
    ($name:ident = $encoded:literal, $definition:expr $(,)?) => {
        const _: () = $crate::__private::check_module_name($crate::__hpy_module_name!($name), $encoded);
        $crate::HPy_MODINIT!(@export "PyInitU_", $encoded, $definition);
    };
    ($name:tt, $definition:expr $(,)?) => {
        const _: () = $crate::__private::check_module_name($crate::__hpy_module_name!($name), "");
        $crate::HPy_MODINIT!(@export "PyInit_", $crate::__hpy_module_name!($name), $definition);
    };
    (@export $prefix:literal, $name:expr, $definition:expr) => {
        const _: () = {
            /// # Safety
            /// CPython calls it for each import, with the interpreter held.
            #[unsafe(export_name = $crate::__private::core::concat!($prefix, $name))]
            unsafe extern "C" fn init() -> *mut $crate::cpy_PyObject {
                static __HPY_MODULE: $crate::ModuleInit = $crate::ModuleInit::new();
                let definition: &'static $crate::HPyModuleDef = &$definition;
                // SAFETY: CPython calls this once for each import, with the interpreter held.
                unsafe { __HPY_MODULE.init(definition) }
            }
        };
    };
}
