// src/native/types/contents.rs: counts and sorts the definitions of a type, and refuses wrong specs.

use super::call;
use super::dealloc_direct::Deallocs;
use crate::native::complete;
use crate::native::layout::is_shape;
use crate::native::lists::{definitions, legacy_members, legacy_slots};
use crate::native::raise::{Raised, Result, system_error, type_error, value_error};
use crate::*;

/// The definitions of a type, counted, and the functions that the record keeps.
pub(super) struct Contents {
    pub methods: usize,
    pub getsets: usize,
    pub members: usize,
    pub legacy_members: usize,
    pub slots: usize,
    pub traverse: HPyCFunction,
    pub direct_traverse: HPyCFunction,
    pub destroy: HPyCFunction,
    pub deallocs: Deallocs,
    pub call: HPyCFunction,
    pub unlimited_call: HPyCFunction,
    pub new: HPyCFunction,
    pub init: HPyCFunction,
    /// `tp_call` of the definition of `HPy_tp_call`.
    pub tp_call: HPyCFunction,
    pub has_new: bool,
    pub has_descr_get: bool,
    /// The offset in a member `__vectorcalloffset__`, counted from the struct.
    pub vectorcall_offset: Option<HPy_ssize_t>,
    pub has_dict_offset: bool,
    pub has_weaklist_offset: bool,
    pub legacy_dealloc: bool,
    pub legacy_traverse: bool,
    pub legacy_clear: bool,
    pub legacy_alloc: bool,
    pub legacy_free: bool,
    /// The context that the implementations of a hosted module take, or null in the native ABI.
    pub context: *const HPyContext,
    /// The module that defines the type, or null.
    pub module: *mut cpy_PyObject,
}

impl Contents {
    /// Counts the definitions of `spec`.
    ///
    /// # Safety
    /// The lists of `spec` are valid.
    pub(super) unsafe fn read(spec: &HPyType_Spec, context: *const HPyContext) -> Result<Contents> {
        // SAFETY: no function, no definition, no offset: zeroes are a value of each field.
        let mut contents = Contents { context, ..unsafe { core::mem::zeroed() } };
        // SAFETY: the caller's promise: the lists of the description are valid, and each kind tells its union's member.
        unsafe {
            if spec.name.is_null() {
                return Err(system_error(c"HPyType_Spec.name is NULL"));
            }
            complete::check(c"HPyType_Spec", spec.defines)?;
            for definition in definitions(spec.defines) {
                match definition.kind {
                    HPyDef_Kind_Slot => contents.read_slot(&definition.of.slot),
                    HPyDef_Kind_Meth => contents.methods += 1,
                    HPyDef_Kind_GetSet => contents.getsets += 1,
                    HPyDef_Kind_Member => contents.read_member(definition.of.member.name, definition.of.member.offset),
                    _ => return Err(value_error(c"Unsupported kind of HPyDef")),
                }
            }
            for slot in legacy_slots(spec.legacy_slots) {
                contents.slots += 1;
                match slot.slot {
                    ffi::Py_tp_dealloc => contents.legacy_dealloc = true,
                    ffi::Py_tp_traverse => contents.legacy_traverse = true,
                    ffi::Py_tp_clear => contents.legacy_clear = true,
                    ffi::Py_tp_alloc => contents.legacy_alloc = true,
                    ffi::Py_tp_free => contents.legacy_free = true,
                    ffi::Py_tp_new => contents.has_new = true,
                    ffi::Py_tp_descr_get => contents.has_descr_get = true,
                    ffi::Py_tp_members => {
                        for member in legacy_members(slot) {
                            contents.read_member(member.name, member.offset);
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
            HPy_tp_traverse => {
                let direct = slot.second.of(slot.cpy_trampoline).and(slot.cpy_trampoline);
                (self.traverse, self.direct_traverse) = (slot.impl_, direct);
                self.deallocs.fields = slot.second.of(slot.cpy_trampoline);
                self.deallocs.fields_and_struct = slot.third();
            }
            HPy_tp_destroy => {
                self.destroy = slot.impl_.or(slot.cpy_trampoline);
                self.deallocs.struct_alone = slot.second.of(slot.cpy_trampoline);
            }
            HPy_tp_call => {
                self.tp_call = slot.second.of(slot.cpy_trampoline);
                let has_limit = self.tp_call.is_some();
                *(if has_limit { &mut self.call } else { &mut self.unlimited_call }) = slot.cpy_trampoline;
                if !has_limit {
                    self.call = call::limited();
                }
            }
            HPy_tp_new => {
                (self.has_new, self.new) = (true, self.direct(slot));
                self.slots += 1;
            }
            HPy_tp_init => {
                self.init = self.direct(slot);
                self.slots += 1;
            }
            HPy_tp_descr_get => {
                self.has_descr_get = true;
                self.slots += 1;
            }
            _ => self.slots += 1,
        }
    }

    /// What the runtime calls without the slot's trampoline: the second function, or the implementation of a hosted module.
    fn direct(&self, slot: &HPySlot) -> HPyCFunction {
        if self.context.is_null() { slot.second.of(slot.cpy_trampoline) } else { slot.impl_ }
    }

    /// # Safety
    /// `name` is a C string.
    unsafe fn read_member(&mut self, name: *const c_char, offset: HPy_ssize_t) {
        self.members += 1;
        // SAFETY: a member has a name.
        match unsafe { core::ffi::CStr::from_ptr(name) }.to_bytes() {
            b"__vectorcalloffset__" => self.vectorcall_offset = Some(offset),
            b"__dictoffset__" => self.has_dict_offset = true,
            b"__weaklistoffset__" => self.has_weaklist_offset = true,
            _ => {}
        }
    }

    /// Refuses the specs that HPy refuses, in HPy's order.
    ///
    /// # Safety
    /// `spec` is the description that this was read from, and the thread holds the interpreter.
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
            let is_managed = spec.flags & MANAGED != 0;
            if is_managed && (self.legacy_traverse || self.legacy_clear || self.legacy_dealloc) {
                return Err(type_error(
                    c"HPy_TPFLAGS_MANAGED_DICT and HPy_TPFLAGS_MANAGED_WEAKREF go without Py_tp_traverse, Py_tp_clear and Py_tp_dealloc: the runtime's functions know what is managed",
                ));
            }
            if (spec.flags & HPy_TPFLAGS_MANAGED_DICT != 0 && self.has_dict_offset)
                || (spec.flags & HPy_TPFLAGS_MANAGED_WEAKREF != 0 && self.has_weaklist_offset)
            {
                return Err(type_error(
                    c"a type has either HPy_TPFLAGS_MANAGED_DICT or a member '__dictoffset__', and either HPy_TPFLAGS_MANAGED_WEAKREF or a member '__weaklistoffset__'",
                ));
            }
            if spec.flags & HPy_TPFLAGS_HAVE_GC != 0 && self.traverse.is_none() && !self.legacy_traverse && !is_managed
            {
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
            if self.members > 0 && spec.basicsize == 0 {
                return Err(type_error(c"Type claims to have basicsize==0 but defines members"));
            }
            if self.call.is_some() && self.vectorcall_offset.is_some() {
                return Err(type_error(
                    c"Cannot have HPy_tp_call and explicit member'__vectorcalloffset__'. Specify just one of them.",
                ));
            }
            if spec.flags & !KNOWN_FLAGS != 0 {
                ffi::PyErr_Format(
                    ffi::PyExc_ValueError,
                    c"type '%s' has flags that only CPython sets: 0x%lx".as_ptr(),
                    spec.name,
                    spec.flags & !KNOWN_FLAGS,
                );
                return Err(Raised);
            }
            if spec.flags & HPy_TPFLAGS_HAVE_VECTORCALL != 0 && self.call.is_none() && self.vectorcall_offset.is_none()
            {
                return Err(type_error(
                    c"HPy_TPFLAGS_HAVE_VECTORCALL needs HPy_tp_call or a member '__vectorcalloffset__'",
                ));
            }
            if spec.flags & METHOD_DESCRIPTOR != 0 && !self.has_descr_get {
                return Err(type_error(c"a type with CPython's Py_TPFLAGS_METHOD_DESCRIPTOR has HPy_tp_descr_get"));
            }
            if spec.flags & HPy_TPFLAGS_DISALLOW_INSTANTIATION != 0 && self.has_new {
                return Err(type_error(c"a type that cannot be instantiated has no HPy_tp_new"));
            }
        }
        Ok(())
    }
}

/// The flags of what CPython keeps beside the struct of an instance.
pub(super) const MANAGED: c_ulong = HPy_TPFLAGS_MANAGED_DICT | HPy_TPFLAGS_MANAGED_WEAKREF;

/// CPython's `Py_TPFLAGS_METHOD_DESCRIPTOR`.
const METHOD_DESCRIPTOR: c_ulong = 1 << 17;

/// The flags that a spec may have: HPy's, and those of CPython that need no room in the type: `SEQUENCE`, `MAPPING`,
/// `HEAPTYPE`, `METHOD_DESCRIPTOR`.
const KNOWN_FLAGS: c_ulong = HPy_TPFLAGS_DEFAULT
    | HPy_TPFLAGS_BASETYPE
    | HPy_TPFLAGS_HAVE_VECTORCALL
    | HPy_TPFLAGS_HAVE_GC
    | HPy_TPFLAGS_IMMUTABLETYPE
    | 1 << 5
    | 1 << 6
    | HPy_TPFLAGS_MANAGED_WEAKREF
    | HPy_TPFLAGS_MANAGED_DICT
    | HPy_TPFLAGS_DISALLOW_INSTANTIATION
    | 1 << 9
    | METHOD_DESCRIPTOR;
