// src/native/types/install.rs: completes a type that CPython has made; no other file writes to one.
//
// Without a global lock another thread may find the type through `__subclasses__` of its base. So the record comes first, and
// the functions that read the record without checking its mark come last.

use super::construct;
use super::doc;
use super::levels;
use super::make::{self, Made};
use super::operation::Type;
use super::plan::Plan;
use super::record::TypeInfo;
use super::{allocate, dealloc, names, traverse};
use crate::native::raise::{Owned, Result};
use crate::*;

/// Makes and completes the type of a plan.
///
/// # Safety
/// The plan is of a description that is valid.
pub(super) unsafe fn complete(plan: &Plan<'_>) -> Result<Owned> {
    // SAFETY: the caller's promise.
    unsafe {
        let made = make::new_type(plan)?;
        install(plan, &made)?;
        Ok(made.new)
    }
}

/// Completes the type.
///
/// # Safety
/// The type was made for the plan.
unsafe fn install(plan: &Plan<'_>, made: &Made) -> Result<()> {
    let new = made.new.as_ptr().cast::<ffi::PyTypeObject>();
    // SAFETY: the caller's promise.
    unsafe {
        let mut info = plan.record();
        if plan.contents.traverse.is_none() && made.members_hold_objects {
            info.facts |= TypeInfo::RELEASES_MEMBERS;
        }
        if dealloc::is_struct_only(new, &info) {
            info.facts |= TypeInfo::STRUCT_ONLY;
        }
        if let Some(above) = TypeInfo::of((*new).tp_base) {
            info.notes = above.notes;
        }
        if levels::hands_on(new) {
            info.notes.prepare()?;
            info.facts |= TypeInfo::HANDS_ON;
        }
        let vectorcall = construct::vectorcall(new, &mut info);
        let tp_traverse = traverse::direct_trampoline(&info, plan.contents.direct_traverse);
        let tp_dealloc = info.has(TypeInfo::DEALLOCATES).then(|| plan.contents.deallocs.choose(new, &info));
        let tp_alloc = allocate::function(new, &info);

        let definitions = made.room.write(new, plan.spec, info)?;
        names::add(new, plan.spec, definitions)?;
        doc::keep_signature(new, plan.spec)?;
        #[cfg(not(cpython_disallow_instantiation_flag))]
        if plan.spec.flags & HPy_TPFLAGS_DISALLOW_INSTANTIATION != 0 {
            (*new).tp_new = None;
        }
        store(new, |ty| &raw mut (*ty).tp_traverse, tp_traverse);
        store(new, |ty| &raw mut (*ty).tp_alloc, tp_alloc);
        store(new, |ty| &raw mut (*ty).tp_dealloc, tp_dealloc);
        store(new, |ty| &raw mut (*ty).tp_vectorcall, vectorcall);
        ffi::PyType_Modified(new);
    }
    Ok(())
}

/// Stores a function of the type if there is one, with release ordering.
///
/// # Safety
/// `new` is a type, and `field` gives the place of a function pointer in it.
unsafe fn store<T: Copy>(new: Type, field: unsafe fn(Type) -> *mut Option<T>, function: Option<T>) {
    const { assert!(size_of::<Option<T>>() == size_of::<*mut ()>()) };
    if function.is_some() {
        // SAFETY: the caller's promise: a function pointer of a type.
        unsafe {
            let place = field(new).cast::<core::sync::atomic::AtomicPtr<()>>();
            let function = core::mem::transmute_copy::<Option<T>, *mut ()>(&function);
            (*place).store(function, core::sync::atomic::Ordering::Release);
        }
    }
}
