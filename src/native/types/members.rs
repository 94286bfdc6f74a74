// src/native/types/members.rs: the members of a new type: the room, HPy's members, the legacy ones.

use core::ptr;

use super::check::Contents;
use super::info::ROOM;
use super::room::Room;
use super::sizes::Sizes;
use crate::native::array::Array;
use crate::native::lists::{definitions, legacy_members, legacy_slots};
use crate::native::raise::Result;
use crate::*;

/// All members that CPython is asked to copy into the type.
pub(super) unsafe fn for_type(
    spec: &HPyType_Spec,
    contents: &Contents,
    room: &Room,
    sizes: &Sizes,
) -> Result<Array<ffi::PyMemberDef>> {
    let mut members = Array::new(room.members() + contents.members + contents.legacy_members + 1)?;
    for _ in 0..room.members() {
        members.push(ffi::PyMemberDef {
            name: ROOM.as_ptr(),
            type_code: HPyMember_BYTE,
            offset: 0,
            flags: ffi::Py_READONLY,
            doc: ptr::null(),
        });
    }
    // SAFETY: the caller's promise: the lists of the description are valid, and each kind tells its union's member.
    unsafe {
        for definition in definitions(spec.defines).filter(|definition| definition.kind == HPyDef_Kind_Member) {
            let HPyMember { name, type_, offset, readonly, doc } = definition.of.member;
            members.push(ffi::PyMemberDef {
                name,
                type_code: type_,
                offset: offset + sizes.head as HPy_ssize_t,
                flags: if readonly == 0 { 0 } else { ffi::Py_READONLY },
                doc,
            });
        }
        for slot in legacy_slots(spec.legacy_slots).filter(|slot| slot.slot == ffi::Py_tp_members) {
            legacy_members(slot).for_each(|member| members.push(*member));
        }
    }
    if let Some(offset) = sizes.call_offset {
        members.push(ffi::PyMemberDef {
            name: c"__vectorcalloffset__".as_ptr(),
            type_code: HPyMember_HPYSSIZET,
            offset: offset as HPy_ssize_t,
            flags: ffi::Py_READONLY,
            doc: ptr::null(),
        });
    }
    Ok(members)
}

/// Whether one of the members is released with the instance, as CPython does it.
pub(super) fn hold_objects(members: &Array<ffi::PyMemberDef>) -> bool {
    let holds =
        |member: &ffi::PyMemberDef| member.type_code == HPyMember_OBJECT_EX && member.flags & ffi::Py_READONLY == 0;
    members.as_slice().iter().any(holds)
}
