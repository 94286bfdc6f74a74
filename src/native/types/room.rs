// src/native/types/room.rs: the room in a type object that holds its definitions and the runtime's record of it.
//
//     PyHeapTypeObject | struct of the metaclass | name | PyMethodDef ... | PyGetSetDef ... | TypeInfo | members ...
//                      '-------------------- the room: members that were asked for ------------------' ^ tp_members

use core::sync::atomic::{AtomicPtr, Ordering};

use super::contents::Contents;
use super::operation::Type;
use super::record::{FARTHEST, ROOM, TypeInfo};
use crate::native::raise::{Raised, Result, system_error};
use crate::*;

/// The sizes of the parts of one type's room.
pub(super) struct Room {
    /// The bytes of the metaclass's struct, if the room holds it.
    metaclass: usize,
    /// The bytes of the name with its terminator, where CPython keeps no copy.
    name: usize,
    methods: usize,
    getsets: usize,
}

impl Room {
    /// # Safety
    /// `spec` is a valid description with a name.
    pub(super) unsafe fn for_type(spec: &HPyType_Spec, contents: &Contents, metaclass: usize) -> Room {
        // SAFETY: the caller's promise: the description has a name.
        let name = unsafe { core::ffi::CStr::from_ptr(spec.name) }.count_bytes() + 1;
        Room {
            metaclass,
            name: if cfg!(cpython_type_keeps_name_pointer) { name.next_multiple_of(size_of::<usize>()) } else { 0 },
            methods: contents.methods,
            // The runtime adds a `__dict__`.
            getsets: contents.getsets + usize::from(spec.flags & HPy_TPFLAGS_MANAGED_DICT != 0),
        }
    }

    /// The number of members with as much room.
    pub(super) fn members(&self) -> usize {
        TypeInfo::members_for(self.metaclass + self.definitions())
    }

    fn definitions(&self) -> usize {
        self.name + self.methods * size_of::<ffi::PyMethodDef>() + self.getsets * size_of::<ffi::PyGetSetDef>()
    }

    /// Writes the room of the new type except the definitions, and returns the place of these.
    ///
    /// # Safety
    /// The type was made with the members of this room, for this description.
    pub(super) unsafe fn write(&self, new: Type, spec: &HPyType_Spec, info: TypeInfo) -> Result<Definitions> {
        // SAFETY: `check` makes sure that the type has the members in its own memory.
        unsafe {
            self.check(new)?;
            let members = (*new).tp_members.add(self.members());
            let record = members.cast::<TypeInfo>().sub(1);
            let mut next = record.cast::<u8>().sub(self.definitions());
            record.write(info);
            (*(&raw mut (*new).tp_members).cast::<AtomicPtr<ffi::PyMemberDef>>()).store(members, Ordering::Release);
            if self.name > 0 {
                let name = core::ffi::CStr::from_ptr(spec.name).to_bytes_with_nul();
                next.copy_from_nonoverlapping(name.as_ptr(), name.len());
                // CPython reads only the part after the last dot from the given pointer.
                (*new).tp_name = next.cast();
                next = next.add(self.name);
            }
            if ffi::PyDict_DelItemString((*new).tp_dict, ROOM.as_ptr()) < 0 {
                return Err(Raised);
            }
            Ok(Definitions {
                methods: next.cast(),
                getsets: next.add(self.methods * size_of::<ffi::PyMethodDef>()).cast(),
            })
        }
    }

    /// Makes sure that CPython has put the members where this file expects them.
    ///
    /// # Safety
    /// `new` is a type.
    unsafe fn check(&self, new: Type) -> Result<()> {
        // SAFETY: `new` is a type.
        let distance = unsafe { ((*new).tp_members as usize).wrapping_sub(new as usize) };
        if distance < size_of::<ffi::PyHeapTypeObject>()
            || distance + self.members() * size_of::<ffi::PyMemberDef>() > FARTHEST
        {
            // SAFETY: whoever makes a type holds the interpreter.
            return Err(unsafe { system_error(c"hpy-sys: this CPython does not keep a type's members in the type") });
        }
        Ok(())
    }
}

/// The room's arrays for CPython's definitions of the spec's methods and getsets.
pub(super) struct Definitions {
    pub methods: *mut ffi::PyMethodDef,
    pub getsets: *mut ffi::PyGetSetDef,
}

/// The convention of a HPy method, and CPython's flag for its kind: 0, or that of a class method, a static one, or one in the place
/// of a slot.
pub(crate) fn convention(meth: &HPyMeth) -> (HPyFunc_Signature, c_int) {
    const KINDS: [(c_int, c_int); 3] =
        [(HPyMeth_CLASS, ffi::METH_CLASS), (HPyMeth_STATIC, ffi::METH_STATIC), (HPyMeth_COEXIST, ffi::METH_COEXIST)];
    for (kind, flag) in KINDS {
        if meth.signature & kind as HPyFunc_Signature != 0 {
            return (meth.signature & !(kind as HPyFunc_Signature), flag);
        }
    }
    (meth.signature, 0)
}

/// A HPy method as CPython's.
///
/// # Safety
/// The name of `meth` is a C string, and the thread holds the interpreter.
pub(crate) unsafe fn method(meth: &HPyMeth) -> Result<ffi::PyMethodDef> {
    let (signature, kind) = convention(meth);
    let flags = match signature {
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
    Ok(ffi::PyMethodDef { ml_name: meth.name, ml_meth, ml_flags: flags | kind, ml_doc: meth.doc })
}
