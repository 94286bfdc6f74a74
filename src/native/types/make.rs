// src/native/types/make.rs: has CPython make a type, from the slots of the spec and the runtime's own.

use core::ptr;

use super::call;
use super::clear;
use super::members;
use super::metaclass;
use super::plan::Plan;
use super::room::Room;
use super::{allocate, traverse};
use crate::native::array::Array;
use crate::native::lists::{definitions, legacy_slots};
use crate::native::raise::{Owned, Raised, Result};
use crate::*;

/// A type that CPython has made, for `install.rs` to complete.
pub(super) struct Made {
    pub new: Owned,
    pub room: Room,
    /// Whether a member owns an object of the instance.
    pub members_hold_objects: bool,
}

/// Has CPython make the type.
///
/// # Safety
/// The plan is of a description that is valid.
pub(super) unsafe fn new_type(plan: &Plan<'_>) -> Result<Made> {
    // SAFETY: the caller's promise.
    unsafe {
        let room = Room::for_type(plan.spec, &plan.contents, metaclass::extra_room(plan.metaclass));
        let mut members = members::for_type(plan, &room)?;
        let mut slots = slots(plan, &mut members)?;
        let mut cpython = ffi::PyType_Spec {
            name: plan.spec.name,
            basicsize: plan.place.basicsize as c_int,
            itemsize: plan.spec.itemsize,
            flags: plan.flags as _,
            slots: slots.as_mut_ptr(),
        };
        let new = metaclass::new_type(&mut cpython, plan.bases.as_ptr(), plan.metaclass, plan.contents.module)?;
        if (*new.as_ptr().cast::<ffi::PyTypeObject>()).tp_base != plan.bases.best {
            // The plan has offsets for the other base.
            ffi::PyErr_Format(
                ffi::PyExc_SystemError,
                c"hpy-sys: this CPython gives '%s' the layout of another base than '%s'".as_ptr(),
                plan.spec.name,
                (*plan.bases.best).tp_name,
            );
            return Err(Raised);
        }
        Ok(Made { new, room, members_hold_objects: members::hold_objects(&members) })
    }
}

/// CPython's slots: those of the spec, and the runtime's own.
///
/// # Safety
/// The lists of the plan's description are valid.
unsafe fn slots(plan: &Plan<'_>, members: &mut Array<ffi::PyMemberDef>) -> Result<Array<ffi::PyType_Slot>> {
    let (spec, contents) = (plan.spec, &plan.contents);
    let mut slots = Array::new(contents.slots + OWN_SLOTS)?;
    let mut push = |slot, pfunc: *mut c_void| slots.push(ffi::PyType_Slot { slot, pfunc });
    // SAFETY: the caller's promise: the lists of the description are valid, and each kind tells its union's member.
    unsafe {
        for slot in legacy_slots(spec.legacy_slots).filter(|slot| slot.slot != ffi::Py_tp_members) {
            push(slot.slot, slot.pfunc);
        }
        for definition in definitions(spec.defines).filter(|definition| definition.kind == HPyDef_Kind_Slot) {
            let HPySlot { slot, cpy_trampoline, .. } = definition.of.slot;
            match (slot, cpython_slot(slot)) {
                (HPy_tp_traverse | HPy_tp_destroy | HPy_tp_call, _) => {}
                (_, Some(number)) => push(number, pointer(cpy_trampoline)),
                (_, None) => {
                    ffi::PyErr_Format(
                        ffi::PyExc_SystemError,
                        c"Unsupported slot in HPyType_Spec.defines (value: %d).".as_ptr(),
                        slot,
                    );
                    return Err(Raised);
                }
            }
        }
        push(ffi::Py_tp_members, members.as_mut_ptr().cast());
        if !spec.doc.is_null() {
            push(ffi::Py_tp_doc, spec.doc.cast_mut().cast());
        }
        if plan.traverses {
            push(ffi::Py_tp_traverse, traverse::traverse as *mut c_void);
        }
        if plan.clears {
            push(ffi::Py_tp_clear, clear::clear as *mut c_void);
        }
        // As for a Python class: the base's own functions assume its size, and whether it is garbage collected.
        if !contents.legacy_alloc {
            push(ffi::Py_tp_alloc, ffi::PyType_GenericAlloc as *mut c_void);
        }
        if !contents.legacy_free && !contents.legacy_dealloc {
            let is_collected = plan.flags & HPy_TPFLAGS_HAVE_GC != 0;
            let free: ffi::freefunc = if is_collected { ffi::PyObject_GC_Del } else { ffi::PyObject_Free };
            push(ffi::Py_tp_free, free as *mut c_void);
        }
        if contents.call.is_some() {
            let own = contents.tp_call.map_or(call::call_nearest as *mut c_void, |function| function as *mut c_void);
            push(ffi::Py_tp_call, own);
        } else if contents.vectorcall_offset.is_some() {
            push(ffi::Py_tp_call, ffi::PyVectorcall_Call as *mut c_void);
        } else if plan.says_vectorcall_offset() {
            let inherited = (*plan.bases.best).tp_call;
            push(ffi::Py_tp_call, inherited.map_or(ptr::null_mut(), |call| call as *mut c_void));
        }
        let variable = match spec.builtin_shape {
            HPyType_BuiltinShape_Long => &raw mut ffi::PyLong_Type,
            HPyType_BuiltinShape_Tuple => &raw mut ffi::PyTuple_Type,
            _ => ptr::null_mut(),
        };
        let is_variable = !variable.is_null() && ffi::PyType_IsSubtype(plan.bases.best, variable) != 0;
        if is_variable && spec.basicsize > 0 && !contents.has_new {
            push(ffi::Py_tp_new, allocate::new_fixed_size as *mut c_void);
        }
    }
    Ok(slots)
}

/// The most slots that the runtime adds: members, doc, traverse, clear, alloc, free, call, new.
const OWN_SLOTS: usize = 8;

fn pointer(function: HPyCFunction) -> *mut c_void {
    function.map_or(ptr::null_mut(), |function| function as *mut c_void)
}
