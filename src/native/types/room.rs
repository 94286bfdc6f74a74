// src/native/types/room.rs: the room in a type object that holds its definitions and the runtime's record of it.
//
//     PyHeapTypeObject | struct of the metaclass | name | PyMethodDef ... | PyGetSetDef ... | TypeInfo | members ...
//                      '-------------------- the room: members that were asked for ------------------' ^ tp_members

use super::check::Contents;
use super::info::{FARTHEST, ROOM, TypeInfo};
use crate::native::lists::definitions;
use crate::native::raise::{Raised, Result, made, system_error};
use crate::*;

/// What goes into the room of one type.
pub(super) struct Room {
    /// The bytes of the metaclass's struct, where it lies in the room.
    metaclass: usize,
    /// The bytes of the name with its end, where CPython does not keep a copy.
    name: usize,
    methods: usize,
    getsets: usize,
}

impl Room {
    pub(super) unsafe fn for_type(spec: &HPyType_Spec, contents: &Contents, metaclass: usize) -> Room {
        // SAFETY: the caller's promise: the description has a name.
        let name = unsafe { core::ffi::CStr::from_ptr(spec.name) }.count_bytes() + 1;
        Room {
            metaclass,
            name: if cfg!(cpython_type_keeps_name_pointer) { name.next_multiple_of(size_of::<usize>()) } else { 0 },
            methods: contents.methods,
            getsets: contents.getsets,
        }
    }

    /// How many members take up as much as the room.
    pub(super) fn members(&self) -> usize {
        TypeInfo::members_for(self.metaclass + self.definitions())
    }

    fn definitions(&self) -> usize {
        self.name + self.methods * size_of::<ffi::PyMethodDef>() + self.getsets * size_of::<ffi::PyGetSetDef>()
    }

    /// Fills the room of the new type: nobody else has seen it yet.
    pub(super) unsafe fn settle(
        &self,
        made: *mut ffi::PyTypeObject,
        spec: &HPyType_Spec,
        info: TypeInfo,
    ) -> Result<()> {
        // SAFETY: the type has the members that were asked for, in its own memory, which `check` makes sure of.
        unsafe {
            self.check(made)?;
            let members = (*made).tp_members.add(self.members());
            (*made).tp_members = members;
            let record = members.cast::<TypeInfo>().sub(1);
            let mut next = record.cast::<u8>().sub(self.definitions());
            record.write(info);
            if self.name > 0 {
                let name = core::ffi::CStr::from_ptr(spec.name).to_bytes_with_nul();
                next.copy_from_nonoverlapping(name.as_ptr(), name.len());
                // CPython took the part after the last dot from the given pointer for nothing else.
                (*made).tp_name = next.cast();
                next = next.add(self.name);
            }
            let dict = made_dict(made);
            if ffi::PyDict_DelItemString(dict, ROOM.as_ptr()) < 0 {
                return Err(Raised);
            }
            self.add_methods(made, dict, spec, next.cast())?;
            self.add_getsets(made, dict, spec, next.add(self.methods * size_of::<ffi::PyMethodDef>()).cast())?;
            ffi::PyType_Modified(made);
        }
        Ok(())
    }

    /// Whether CPython has put the members where this file expects them.
    unsafe fn check(&self, made: *mut ffi::PyTypeObject) -> Result<()> {
        // SAFETY: `made` is a type.
        let distance = unsafe { ((*made).tp_members as usize).wrapping_sub(made as usize) };
        if distance < size_of::<ffi::PyHeapTypeObject>()
            || distance + self.members() * size_of::<ffi::PyMemberDef>() > FARTHEST
        {
            // SAFETY: whoever makes a type holds the interpreter.
            return Err(unsafe { system_error(c"hpy-sys: this CPython does not keep a type's members in the type") });
        }
        Ok(())
    }

    unsafe fn add_methods(
        &self,
        made: *mut ffi::PyTypeObject,
        dict: *mut cpy_PyObject,
        spec: &HPyType_Spec,
        mut next: *mut ffi::PyMethodDef,
    ) -> Result<()> {
        // SAFETY: there is room for all methods of the description.
        unsafe {
            for definition in definitions(spec.defines).filter(|definition| definition.kind == HPyDef_Kind_Meth) {
                next.write(method(&definition.of.meth)?);
                add(dict, (*next).ml_name, ffi::PyDescr_NewMethod(made, next))?;
                next = next.add(1);
            }
        }
        Ok(())
    }

    unsafe fn add_getsets(
        &self,
        made: *mut ffi::PyTypeObject,
        dict: *mut cpy_PyObject,
        spec: &HPyType_Spec,
        mut next: *mut ffi::PyGetSetDef,
    ) -> Result<()> {
        // SAFETY: there is room for all getsets of the description.
        unsafe {
            for definition in definitions(spec.defines).filter(|definition| definition.kind == HPyDef_Kind_GetSet) {
                let HPyGetSet { name, getter_cpy_trampoline: get, setter_cpy_trampoline: set, doc, closure, .. } =
                    definition.of.getset;
                next.write(ffi::PyGetSetDef { name, get, set, doc, closure });
                add(dict, name, ffi::PyDescr_NewGetSet(made, next))?;
                next = next.add(1);
            }
        }
        Ok(())
    }
}

/// The dictionary of a new type.
unsafe fn made_dict(made: *mut ffi::PyTypeObject) -> *mut cpy_PyObject {
    // SAFETY: a type that was made at run time has its dictionary in this field.
    unsafe { (*made).tp_dict }
}

/// Puts a descriptor into a type's dictionary.
unsafe fn add(dict: *mut cpy_PyObject, name: *const c_char, descriptor: *mut cpy_PyObject) -> Result<()> {
    // SAFETY: the descriptor is a new reference or null.
    unsafe {
        let descriptor = made(descriptor)?;
        if ffi::PyDict_SetItemString(dict, name, descriptor.as_ptr()) < 0 { Err(Raised) } else { Ok(()) }
    }
}

/// A HPy method as CPython's.
pub(crate) unsafe fn method(meth: &HPyMeth) -> Result<ffi::PyMethodDef> {
    let flags = match meth.signature {
        HPyFunc_NOARGS => ffi::METH_NOARGS,
        HPyFunc_O => ffi::METH_O,
        HPyFunc_VARARGS => ffi::METH_FASTCALL,
        HPyFunc_KEYWORDS => ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
        _ => {
            // SAFETY: whoever makes a type or a module holds the interpreter.
            return Err(unsafe { crate::native::raise::value_error(c"Unsupported HPyMeth signature") });
        }
    };
    // SAFETY: a pointer-sized function of the type that the flags tell.
    let ml_meth = unsafe { core::mem::transmute::<HPyCFunction, ffi::PyMethodDefPointer>(meth.cpy_trampoline) };
    Ok(ffi::PyMethodDef { ml_name: meth.name, ml_meth, ml_flags: flags, ml_doc: meth.doc })
}
