// src/native/types/members.rs: the members of a new type: the room, HPy's members, the legacy ones.

use core::ffi::CStr;
use core::ptr;

use super::plan::Plan;
use super::python_class::holds_object;
use super::record::ROOM;
use super::room::Room;
use crate::native::array::Array;
use crate::native::lists::{definitions, legacy_members, legacy_slots};
use crate::native::raise::Result;
use crate::*;

/// All members that CPython copies into the type.
///
/// # Safety
/// The plan is of a description that is valid.
pub(super) unsafe fn for_type(plan: &Plan<'_>, room: &Room) -> Result<Array<ffi::PyMemberDef>> {
    let (spec, contents, place) = (plan.spec, &plan.contents, &plan.place);
    let mut members = Array::new(room.members() + contents.members + contents.legacy_members + OWN_MEMBERS)?;
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
                offset: offset + place.payload as HPy_ssize_t,
                flags: if readonly == 0 { 0 } else { ffi::Py_READONLY },
                doc,
            });
        }
        for slot in legacy_slots(spec.legacy_slots).filter(|slot| slot.slot == ffi::Py_tp_members) {
            legacy_members(slot).for_each(|member| members.push(*member));
        }
    }
    let word = if plan.says_vectorcall_offset() { place.call } else { 0 };
    let own: [(&CStr, usize); OWN_MEMBERS] = [
        (c"__vectorcalloffset__", word),
        (c"__dictoffset__", place.dict),
        (c"__weaklistoffset__", place.weak_references),
    ];
    for (name, offset) in own.into_iter().filter(|(_, offset)| *offset != 0) {
        members.push(ffi::PyMemberDef {
            name: name.as_ptr(),
            type_code: HPyMember_HPYSSIZET,
            offset: offset as HPy_ssize_t,
            flags: ffi::Py_READONLY,
            doc: ptr::null(),
        });
    }
    Ok(members)
}

/// The most members that the runtime adds.
const OWN_MEMBERS: usize = 3;

/// Whether one of the members owns an object, which CPython releases with the instance.
pub(super) fn hold_objects(members: &Array<ffi::PyMemberDef>) -> bool {
    members.as_slice().iter().any(holds_object)
}
