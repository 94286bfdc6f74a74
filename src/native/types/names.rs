// src/native/types/names.rs: adds the methods and getsets of a new type to its dictionary; the first of a name stays.

use super::operation::Type;
#[cfg(cpython_set_dict_leaves_values)]
use super::python_class::clear_dict;
use super::room::{Definitions, method};
use crate::native::dict::set_default;
use crate::native::lists::{definitions, legacy_members, legacy_slots};
use crate::native::raise::{Owned, Raised, Result, made};
use crate::*;

/// Adds the descriptors of all methods and getsets of the spec. CPython has added those of slots and members.
///
/// Of several definitions with one name the first stays, as in `PyType_FromSpec`: slots come before methods, these before
/// members, and getsets last.
///
/// # Safety
/// CPython made `new` for the spec, and `places` has room for each definition.
pub(super) unsafe fn add(new: Type, spec: &HPyType_Spec, places: Definitions) -> Result<()> {
    let Definitions { methods: mut next_method, getsets: mut next_getset } = places;
    // SAFETY: the caller's promise. A heap type has its dictionary in this field.
    unsafe {
        let dict = (*new).tp_dict;
        for definition in definitions(spec.defines).filter(|definition| definition.kind == HPyDef_Kind_Meth) {
            next_method.write(method(&definition.of.meth)?);
            let name = made(ffi::PyUnicode_InternFromString((*next_method).ml_name))?;
            check_slot(new, (*next_method).ml_name, &name)?;
            let descriptor = made(descriptor(new, next_method))?;
            let is_first = !is_method_before(spec, definition);
            let coexists = (*next_method).ml_flags & ffi::METH_COEXIST != 0;
            if is_first && (coexists || is_member(spec, (*next_method).ml_name)) {
                if ffi::PyDict_SetItem(dict, name.as_ptr(), descriptor.as_ptr()) < 0 {
                    return Err(Raised);
                }
            } else {
                set_default(dict, &name, &descriptor)?;
            }
            next_method = next_method.add(1);
        }
        for definition in definitions(spec.defines).filter(|definition| definition.kind == HPyDef_Kind_GetSet) {
            let HPyGetSet { name, getter_cpy_trampoline: get, setter_cpy_trampoline: set, doc, closure, .. } =
                definition.of.getset;
            next_getset.write(ffi::PyGetSetDef { name, get, set, doc, closure });
            let descriptor = made(ffi::PyDescr_NewGetSet(new, next_getset))?;
            let name = made(ffi::PyUnicode_InternFromString(name))?;
            set_default(dict, &name, &descriptor)?;
            next_getset = next_getset.add(1);
        }
        if spec.flags & HPy_TPFLAGS_MANAGED_DICT != 0 {
            next_getset.write(ffi::PyGetSetDef {
                name: c"__dict__".as_ptr(),
                get: Some(ffi::PyObject_GenericGetDict),
                set: Some(set_dict),
                doc: core::ptr::null(),
                closure: core::ptr::null_mut(),
            });
            let descriptor = made(ffi::PyDescr_NewGetSet(new, next_getset))?;
            set_default(dict, &made(ffi::PyUnicode_InternFromString(c"__dict__".as_ptr()))?, &descriptor)?;
        }
    }
    Ok(())
}

#[cfg(not(cpython_set_dict_leaves_values))]
use ffi::PyObject_GenericSetDict as set_dict;

/// Sets the dictionary of an instance, without the values in the instance, which would hide it.
///
/// # Safety
/// CPython calls it as the setter of `__dict__`.
#[cfg(cpython_set_dict_leaves_values)]
unsafe extern "C" fn set_dict(object: *mut ffi::PyObject, dict: *mut ffi::PyObject, closure: *mut c_void) -> c_int {
    // SAFETY: CPython passes an instance of the type that has the setter, which has a dictionary, and an object or null.
    unsafe {
        if !dict.is_null() && ffi::PyDict_Check(dict) != 0 {
            clear_dict(object);
        }
        ffi::PyObject_GenericSetDict(object, dict, closure)
    }
}

/// What the dictionary of a type has for a method.
///
/// # Safety
/// `new` is a type, and `method` lives as long as it.
unsafe fn descriptor(new: Type, method: *mut ffi::PyMethodDef) -> *mut ffi::PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        match (*method).ml_flags & (ffi::METH_CLASS | ffi::METH_STATIC) {
            0 => ffi::PyDescr_NewMethod(new, method),
            ffi::METH_CLASS => ffi::PyDescr_NewClassMethod(new, method),
            _ => {
                let function = ffi::PyCFunction_NewEx(method, new.cast(), core::ptr::null_mut());
                if function.is_null() {
                    return function;
                }
                let descriptor = ffi::PyStaticMethod_New(function);
                ffi::Py_DECREF(function);
                descriptor
            }
        }
    }
}

/// Refuses a method that belongs to a slot which the spec lacks: Python would call the slot of a base, or none.
///
/// # Safety
/// `new` is a new type, and `text` a C string.
unsafe fn check_slot(new: Type, text: *const c_char, name: &Owned) -> Result<()> {
    // SAFETY: the caller's promise: a new type, and the name of a method.
    unsafe {
        let Some(slot) = slot_of_method(core::ffi::CStr::from_ptr(text)) else { return Ok(()) };
        match ffi::PyDict_Contains((*new).tp_dict, name.as_ptr()) {
            0 => ffi::PyErr_Format(
                ffi::PyExc_TypeError,
                c"the method '%s' of '%s' belongs to a slot: define %s".as_ptr(),
                text,
                (*new).tp_name,
                slot.as_ptr(),
            ),
            1 => return Ok(()),
            _ => return Err(Raised),
        };
    }
    Err(Raised)
}

/// # Safety
/// Both are C strings.
unsafe fn same(one: *const c_char, other: *const c_char) -> bool {
    // SAFETY: the caller's promise: two C strings.
    unsafe { core::ffi::CStr::from_ptr(one) == core::ffi::CStr::from_ptr(other) }
}

/// Whether the spec has a member of this name, whose descriptor CPython has added.
///
/// # Safety
/// The lists of `spec` are valid, and `name` is a C string.
unsafe fn is_member(spec: &HPyType_Spec, name: *const c_char) -> bool {
    // SAFETY: the caller's promise: a valid description.
    unsafe {
        let is_own =
            |definition: &HPyDef| definition.kind == HPyDef_Kind_Member && same(definition.of.member.name, name);
        definitions(spec.defines).any(is_own)
            || legacy_slots(spec.legacy_slots)
                .filter(|slot| slot.slot == ffi::Py_tp_members)
                .any(|slot| legacy_members(slot).any(|member| same(member.name, name)))
    }
}

/// Whether a method of the same name comes before `this`.
///
/// # Safety
/// The lists of `spec` are valid, and `this` is a method among them.
unsafe fn is_method_before(spec: &HPyType_Spec, this: &HPyDef) -> bool {
    // SAFETY: the caller's promise: a valid description with this method.
    unsafe {
        definitions(spec.defines)
            .take_while(|definition| !core::ptr::eq(*definition, this))
            .any(|definition| definition.kind == HPyDef_Kind_Meth && same(definition.of.meth.name, this.of.meth.name))
    }
}
