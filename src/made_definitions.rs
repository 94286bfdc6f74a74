// src/made_definitions.rs: how the definition macros make their definitions.
//
// `direct` are the functions of a definition beside the one that CPython calls.

use crate::*;

/// The functions of a definition beside its trampoline.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Direct {
    /// The implementation as a C function. In the native ABI only `HPy_tp_traverse` has one, which the runtime calls.
    pub(crate) implementation: HPyCFunction,
    /// The runtime's fast path: a function of a module that takes no arguments, as CPython calls it fastest; a constructor
    /// without a tuple; the implementation of `HPy_tp_init`; the `tp_dealloc` of `HPy_tp_traverse` and `HPy_tp_destroy`; and
    /// the `tp_call` of `HPy_tp_call`, which the loader ABIs have too.
    pub(crate) second: HPyCFunction,
    /// The `tp_dealloc` of `HPy_tp_traverse` for a type with `HPy_tp_destroy`.
    pub(crate) third: HPyCFunction,
}

impl Direct {
    /// None of them.
    pub const NONE: Direct = Direct { implementation: None, second: None, third: None };

    /// The implementation alone.
    #[cfg(not(feature = "cpython"))]
    pub(crate) const fn implementation(implementation: HPyCFunction) -> Direct {
        Direct { implementation, ..Direct::NONE }
    }

    /// The runtime's fast path alone.
    #[cfg(feature = "cpython")]
    pub(crate) const fn second(second: HPyCFunction) -> Direct {
        Direct { second, ..Direct::NONE }
    }
}

impl HPyDef {
    /// A slot; [`HPyDef_SLOT!`] passes the function that belongs to it.
    ///
    /// # Safety
    /// `direct` and `cpy_trampoline` are functions of the convention of `slot`, or what CPython takes as its value.
    #[doc(hidden)]
    pub const unsafe fn slot(slot: HPySlot_Slot, direct: Direct, cpy_trampoline: *const ()) -> HPyDef {
        let cpy_trampoline = function(cpy_trampoline);
        let second = SecondFunction::new(direct.second, cpy_trampoline);
        let slot = HPySlot { slot, impl_: direct.implementation, cpy_trampoline, second, third: direct.third };
        HPyDef { kind: HPyDef_Kind_Slot, of: HPyDef_Of { slot } }
    }

    /// A method; [`HPyDef_METH!`] passes the function that belongs to the convention.
    ///
    /// # Safety
    /// `direct` and `cpy_trampoline` are functions of the convention `signature`, or null; `name` and `doc` are C strings that live as
    /// long as the extension, and `doc` may be null.
    #[doc(hidden)]
    pub const unsafe fn meth(
        name: *const c_char,
        signature: HPyFunc_Signature,
        direct: Direct,
        cpy_trampoline: *const (),
        doc: *const c_char,
    ) -> HPyDef {
        let cpy_trampoline = function(cpy_trampoline);
        let second = SecondFunction::new(direct.second, cpy_trampoline);
        let meth = HPyMeth { name, impl_: direct.implementation, cpy_trampoline, signature, doc, second };
        HPyDef { kind: HPyDef_Kind_Meth, of: HPyDef_Of { meth } }
    }

    /// A member.
    #[doc(hidden)]
    pub const fn member(
        name: *const c_char,
        type_: HPyMember_FieldType,
        offset: HPy_ssize_t,
        readonly: c_int,
        doc: *const c_char,
    ) -> HPyDef {
        let member = HPyMember { name, type_, offset, readonly, doc };
        HPyDef { kind: HPyDef_Kind_Member, of: HPyDef_Of { member } }
    }

    /// A getset; of a getter and a setter there is what CPython calls, and the second function.
    ///
    /// # Safety
    /// The functions are those of the conventions; `name` and `doc` are C strings that live as long as the extension, and `doc`
    /// may be null.
    #[doc(hidden)]
    pub const unsafe fn getset(
        name: *const c_char,
        get: GetFunctions,
        set: SetFunctions,
        doc: *const c_char,
        closure: *mut c_void,
    ) -> HPyDef {
        let (getter_cpy_trampoline, getter_impl) = match get {
            Some((get, direct)) => (Some(get), direct.implementation),
            None => (None, None),
        };
        let (setter_cpy_trampoline, setter_impl) = match set {
            Some((set, direct)) => (Some(set), direct.implementation),
            None => (None, None),
        };
        let getset =
            HPyGetSet { name, getter_impl, setter_impl, getter_cpy_trampoline, setter_cpy_trampoline, doc, closure };
        HPyDef { kind: HPyDef_Kind_GetSet, of: HPyDef_Of { getset } }
    }
}

impl HPyCallFunction {
    /// A call function; [`HPyDef_CALL_FUNCTION!`] passes the functions.
    ///
    /// # Safety
    /// The functions are those of the convention `HPyFunc_CALL`.
    #[doc(hidden)]
    pub const unsafe fn new(cpy_trampoline: VectorCall, direct: Direct) -> HPyCallFunction {
        HPyCallFunction { cpy_trampoline: Some(cpy_trampoline), impl_: direct.implementation }
    }
}

impl HPyCapsule_Destructor {
    /// One without a function, which [`HPyCapsule_New`] refuses.
    #[doc(hidden)]
    pub const NONE: HPyCapsule_Destructor = HPyCapsule_Destructor { cpy_trampoline: None, impl_: None };

    /// A destructor; [`HPyCapsule_DESTRUCTOR!`] passes the functions.
    ///
    /// # Safety
    /// The functions are those of the convention `HPyFunc_CAPSULE_DESTRUCTOR`.
    #[doc(hidden)]
    pub const unsafe fn new(cpy_trampoline: CapsuleDestructor, direct: Direct) -> HPyCapsule_Destructor {
        HPyCapsule_Destructor { cpy_trampoline: Some(cpy_trampoline), impl_: direct.implementation }
    }
}

impl HPyModuleDef {
    /// With a docstring.
    ///
    /// # Safety
    /// `doc` is a C string that lives as long as the extension.
    #[doc(hidden)]
    pub const unsafe fn with_doc(self, doc: *const c_char) -> HPyModuleDef {
        HPyModuleDef { doc, ..self }
    }

    /// With a size of its state.
    #[doc(hidden)]
    pub const fn with_size(self, size: HPy_ssize_t) -> HPyModuleDef {
        HPyModuleDef { size, ..self }
    }

    /// With methods of CPython's.
    ///
    /// # Safety
    /// `methods` is a list that lives as long as the extension and ends with one that is zero.
    #[doc(hidden)]
    pub const unsafe fn with_legacy_methods(self, methods: *mut cpy_PyMethodDef) -> HPyModuleDef {
        HPyModuleDef { legacy_methods: methods, ..self }
    }

    /// With definitions.
    ///
    /// # Safety
    /// `defines` is a list that lives as long as the extension and ends with null.
    #[doc(hidden)]
    pub const unsafe fn with_defines(self, defines: *const *const HPyDef) -> HPyModuleDef {
        HPyModuleDef { defines, ..self }
    }

    /// With globals.
    ///
    /// # Safety
    /// `globals` is a list that lives as long as the extension and ends with null.
    #[doc(hidden)]
    pub const unsafe fn with_globals(self, globals: *const *const HPyGlobal) -> HPyModuleDef {
        HPyModuleDef { globals, ..self }
    }
}

/// What CPython calls to read an attribute, and the functions beside it.
pub type GetFunctions = Option<(Getter, Direct)>;
/// What CPython calls to write an attribute, and the functions beside it.
pub type SetFunctions = Option<(Setter, Direct)>;
type Getter = unsafe extern "C" fn(*mut cpy_PyObject, *mut c_void) -> *mut cpy_PyObject;
type Setter = unsafe extern "C" fn(*mut cpy_PyObject, *mut cpy_PyObject, *mut c_void) -> c_int;
type CapsuleDestructor = unsafe extern "C" fn(*mut cpy_PyObject);
type VectorCall =
    unsafe extern "C" fn(*mut cpy_PyObject, *const *mut cpy_PyObject, usize, *mut cpy_PyObject) -> *mut cpy_PyObject;

/// A function without its type, or none for null.
pub(crate) const fn function(pointer: *const ()) -> HPyCFunction {
    // SAFETY: Option<fn> has the layout of a pointer, and whoever calls the function knows its type.
    unsafe { core::mem::transmute::<*const (), HPyCFunction>(pointer) }
}
