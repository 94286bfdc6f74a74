// src/native/types/check.rs: what a type's description contains, and the descriptions that are refused.

use crate::native::layout::is_shape;
use crate::native::lists::{definitions, legacy_members, legacy_slots, parameters};
use crate::native::raise::{Raised, Result, type_error, value_error};
use crate::*;

/// What the definitions of a type amount to.
#[derive(Default)]
pub(super) struct Contents {
    pub methods: usize,
    pub getsets: usize,
    pub members: usize,
    pub legacy_members: usize,
    pub slots: usize,
    pub traverse: HPyCFunction,
    pub traverse_plain: HPyCFunction,
    pub destroy: HPyCFunction,
    pub call: HPyCFunction,
    pub new: HPyCFunction,
    pub init: HPyCFunction,
    pub has_new: bool,
    pub has_vectorcall_offset: bool,
    pub legacy_dealloc: bool,
    pub legacy_traverse: bool,
}

impl Contents {
    /// Counts the definitions of `spec`.
    pub(super) unsafe fn read(spec: &HPyType_Spec) -> Result<Contents> {
        let mut contents = Contents::default();
        // SAFETY: the caller's promise: the lists of the description are valid, and each kind tells its union's member.
        unsafe {
            for definition in definitions(spec.defines) {
                match definition.kind {
                    HPyDef_Kind_Slot => contents.read_slot(&definition.of.slot),
                    HPyDef_Kind_Meth => contents.methods += 1,
                    HPyDef_Kind_GetSet => contents.getsets += 1,
                    HPyDef_Kind_Member => contents.read_member(definition.of.member.name),
                    _ => return Err(value_error(c"Unsupported kind of HPyDef")),
                }
            }
            for slot in legacy_slots(spec.legacy_slots) {
                contents.slots += 1;
                match slot.slot {
                    ffi::Py_tp_dealloc => contents.legacy_dealloc = true,
                    ffi::Py_tp_traverse => contents.legacy_traverse = true,
                    ffi::Py_tp_new => contents.has_new = true,
                    ffi::Py_tp_members => {
                        for member in legacy_members(slot) {
                            contents.read_member(member.name);
                            contents.legacy_members += 1;
                        }
                    }
                    _ => {}
                }
            }
        }
        contents.members -= contents.legacy_members;
        Ok(contents)
    }

    fn read_slot(&mut self, slot: &HPySlot) {
        match slot.slot {
            HPy_tp_traverse => (self.traverse, self.traverse_plain) = (slot.impl_, slot.cpy_trampoline),
            HPy_tp_destroy => self.destroy = slot.cpy_trampoline,
            HPy_tp_call => self.call = slot.cpy_trampoline,
            HPy_tp_new => {
                (self.has_new, self.new) = (true, slot.impl_);
                self.slots += 1;
            }
            HPy_tp_init => {
                self.init = slot.impl_;
                self.slots += 1;
            }
            _ => self.slots += 1,
        }
    }

    unsafe fn read_member(&mut self, name: *const c_char) {
        self.members += 1;
        // SAFETY: a member has a name.
        let name = unsafe { core::ffi::CStr::from_ptr(name) };
        self.has_vectorcall_offset |= name == c"__vectorcalloffset__";
    }

    /// Refuses what HPy refuses, in HPy's order.
    pub(super) unsafe fn check(&self, spec: &HPyType_Spec) -> Result<()> {
        let legacy = spec.builtin_shape == HPyType_BuiltinShape_Legacy;
        // SAFETY: whoever makes a type holds the interpreter.
        unsafe {
            if !legacy && !spec.legacy_slots.is_null() {
                return Err(type_error(
                    c"cannot specify .legacy_slots without setting .builtin_shape=HPyType_BuiltinShape_Legacy",
                ));
            }
            if self.legacy_dealloc && (self.traverse.is_some() || self.destroy.is_some()) {
                return Err(type_error(c"legacy tp_dealloc is incompatible with HPy_tp_traverse or HPy_tp_destroy."));
            }
            if spec.flags & HPy_TPFLAGS_HAVE_GC != 0 && self.traverse.is_none() && !self.legacy_traverse {
                return Err(value_error(
                    c"You must provide an HPy_tp_traverse slot if you specify HPy_TPFLAGS_HAVE_GC",
                ));
            }
            if !is_shape(spec.builtin_shape) {
                ffi::PyErr_Format(ffi::PyExc_ValueError, c"invalid shape: %d".as_ptr(), spec.builtin_shape);
                return Err(Raised);
            }
            if spec.basicsize < 0 || spec.itemsize < 0 {
                ffi::PyErr_Format(
                    ffi::PyExc_ValueError,
                    c"a type has neither a negative basicsize (%d) nor a negative itemsize (%d)".as_ptr(),
                    spec.basicsize,
                    spec.itemsize,
                );
                return Err(Raised);
            }
            if self.call.is_some() && spec.itemsize != 0 {
                return Err(type_error(c"Cannot use HPy call protocol with var objects"));
            }
            if self.call.is_some() && legacy && spec.basicsize == 0 {
                return Err(type_error(
                    c"Cannot use HPy call protocol with legacy types that inherit the struct. Either set the basicsize to a non-zero value or use legacy slot 'Py_tp_call'.",
                ));
            }
            if self.members > 0 && spec.basicsize == 0 && self.call.is_none() {
                return Err(type_error(c"Type claims to have basicsize==0 but defines members"));
            }
            if self.call.is_some() && self.has_vectorcall_offset {
                return Err(type_error(
                    c"Cannot have HPy_tp_call and explicit member'__vectorcalloffset__'. Specify just one of them.",
                ));
            }
        }
        Ok(())
    }
}

/// The bases and the metaclass among a type's parameters.
pub(super) struct Parameters {
    /// The only or first `HPyType_SpecParam_Base`.
    pub bases: usize,
    pub bases_tuple: *mut cpy_PyObject,
    pub metaclass: *mut ffi::PyTypeObject,
}

impl Parameters {
    /// Reads the parameters of the type `name`, and refuses what HPy refuses.
    pub(super) unsafe fn read(name: *const c_char, params: *const HPyType_SpecParam) -> Result<Parameters> {
        let mut read = Parameters { bases: 0, bases_tuple: core::ptr::null_mut(), metaclass: core::ptr::null_mut() };
        // SAFETY: the caller's promise: the parameters hold open handles.
        unsafe {
            for parameter in parameters(params) {
                match parameter.kind {
                    HPyType_SpecParam_Base => read.bases += 1,
                    HPyType_SpecParam_BasesTuple if read.bases_tuple.is_null() => {
                        read.bases_tuple = parameter.object._i
                    }
                    HPyType_SpecParam_BasesTuple => {
                        return Err(type_error(c"multiple specifications of HPyType_SpecParam_BasesTuple"));
                    }
                    HPyType_SpecParam_Metaclass => {}
                    _ => {
                        ffi::PyErr_Format(
                            ffi::PyExc_TypeError,
                            c"unknown HPyType_SpecParam specification for '%s'".as_ptr(),
                            name,
                        );
                        return Err(Raised);
                    }
                }
            }
            if read.bases > 0 && !read.bases_tuple.is_null() {
                return Err(type_error(c"cannot specify both HPyType_SpecParam_Base and HPytype_SpecParam_BasesTuple"));
            }
        }
        Ok(read)
    }

    /// Reads the metaclass, which HPy checks after the description.
    pub(super) unsafe fn read_metaclass(&mut self, params: *const HPyType_SpecParam) -> Result<()> {
        // SAFETY: the caller's promise: the parameters hold open handles.
        unsafe {
            for parameter in parameters(params).filter(|parameter| parameter.kind == HPyType_SpecParam_Metaclass) {
                if !self.metaclass.is_null() {
                    return Err(value_error(c"metaclass was specified multiple times"));
                }
                if ffi::PyType_Check(parameter.object._i) == 0 {
                    ffi::PyErr_Format(
                        ffi::PyExc_TypeError,
                        c"Metaclass '%R' is not a subclass of 'type'.".as_ptr(),
                        parameter.object._i,
                    );
                    return Err(Raised);
                }
                self.metaclass = parameter.object._i.cast();
            }
        }
        Ok(())
    }
}
