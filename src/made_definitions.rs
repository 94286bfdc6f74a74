// src/made_definitions.rs: how the definition macros make their definitions.
//
// `direct` is the second function of a definition. In the native ABI it is the runtime's fast path: a function of a
// module that takes no arguments, as CPython calls it fastest; a constructor without a tuple; the implementation of
// `HPy_tp_init` and `HPy_tp_traverse`. In the loader ABIs it is the implementation as a C function.

use crate::*;

impl HPyDef {
    /// A slot; [`HPyDef_SLOT!`] passes the function that belongs to it.
    ///
    /// # Safety
    /// `direct` and `cpy_trampoline` are functions of the convention of `slot`, or what CPython takes as its value.
    #[doc(hidden)]
    pub const unsafe fn slot(slot: HPySlot_Slot, direct: HPyCFunction, cpy_trampoline: *const ()) -> HPyDef {
        let cpy_trampoline = function(cpy_trampoline);
        let slot = HPySlot {
            slot,
            // In the native ABI the runtime calls no other implementation than this one.
            impl_: if cfg!(not(feature = "cpython")) || slot == HPy_tp_traverse { direct } else { None },
            cpy_trampoline,
            #[cfg(feature = "cpython")]
            second: SecondFunction::new(direct, cpy_trampoline),
        };
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
        direct: HPyCFunction,
        cpy_trampoline: *const (),
        doc: *const c_char,
    ) -> HPyDef {
        let cpy_trampoline = function(cpy_trampoline);
        let meth = HPyMeth {
            name,
            impl_: if cfg!(feature = "cpython") { None } else { direct },
            cpy_trampoline,
            signature,
            doc,
            #[cfg(feature = "cpython")]
            second: SecondFunction::new(direct, cpy_trampoline),
        };
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
            Some((get, direct)) => (Some(get), direct),
            None => (None, None),
        };
        let (setter_cpy_trampoline, setter_impl) = match set {
            Some((set, direct)) => (Some(set), direct),
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
    pub const unsafe fn new(cpy_trampoline: VectorCall, direct: HPyCFunction) -> HPyCallFunction {
        // In the native ABI `direct` is a `tp_call`, which single objects have not.
        let impl_ = if cfg!(feature = "cpython") { None } else { direct };
        HPyCallFunction { cpy_trampoline: Some(cpy_trampoline), impl_ }
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
    pub const unsafe fn new(cpy_trampoline: CapsuleDestructor, direct: HPyCFunction) -> HPyCapsule_Destructor {
        HPyCapsule_Destructor { cpy_trampoline: Some(cpy_trampoline), impl_: direct }
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

/// What CPython calls to read an attribute, and the second function.
pub type GetFunctions = Option<(Getter, HPyCFunction)>;
/// What CPython calls to write an attribute, and the second function.
pub type SetFunctions = Option<(Setter, HPyCFunction)>;
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
