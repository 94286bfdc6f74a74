// src/made_definitions.rs: how the definition macros make their definitions.
//
// `direct` is the second function of a definition. In the native ABI it is the runtime's fast path: a function of a
// module that takes no arguments, as CPython calls it fastest; a constructor without a tuple; the implementation of
// `HPy_tp_init` and `HPy_tp_traverse`. In the loader ABIs it is the implementation as a C function.

use crate::*;

impl HPyDef {
    /// A slot; [`HPyDef_SLOT!`] passes the function that belongs to it.
    #[doc(hidden)]
    pub const fn slot(slot: HPySlot_Slot, direct: HPyCFunction, cpy_trampoline: *const ()) -> HPyDef {
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
    #[doc(hidden)]
    pub const fn meth(
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
    #[doc(hidden)]
    pub const fn getset(
        name: *const c_char,
        get: Option<(Getter, HPyCFunction)>,
        set: Option<(Setter, HPyCFunction)>,
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
    #[doc(hidden)]
    pub const fn new(cpy_trampoline: VectorCall, direct: HPyCFunction) -> HPyCallFunction {
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
    #[doc(hidden)]
    pub const fn new(cpy_trampoline: CapsuleDestructor, direct: HPyCFunction) -> HPyCapsule_Destructor {
        HPyCapsule_Destructor { cpy_trampoline: Some(cpy_trampoline), impl_: direct }
    }
}

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
