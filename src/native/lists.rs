// src/native/lists.rs: iterators over the terminated lists in specs of types and modules.

use crate::*;

/// The definitions of a list that ends with null.
///
/// # Safety
/// `defines` is null or a list that ends with null, which outlives the result.
pub(crate) unsafe fn definitions<'a>(defines: *const *const HPyDef) -> impl Iterator<Item = &'a HPyDef> {
    let mut next = defines;
    core::iter::from_fn(move || {
        // SAFETY: the caller's promise: null, or a list that ends with null.
        unsafe {
            let definition = next.as_ref()?.as_ref()?;
            next = next.add(1);
            Some(definition)
        }
    })
}

/// The legacy slots of a type, up to the one with the number 0.
///
/// # Safety
/// `slots` is null or a list that ends with the number 0, which outlives the result.
pub(crate) unsafe fn legacy_slots<'a>(slots: *mut c_void) -> impl Iterator<Item = &'a ffi::PyType_Slot> {
    let mut next = slots.cast::<ffi::PyType_Slot>();
    core::iter::from_fn(move || {
        // SAFETY: the caller's promise: null, or a list that ends with 0.
        unsafe {
            let slot = next.as_ref().filter(|slot| slot.slot != 0)?;
            next = next.add(1);
            Some(slot)
        }
    })
}

/// The legacy members that a slot holds, up to one without a name.
///
/// # Safety
/// `slot` is a `Py_tp_members`, whose list ends with a member without a name and outlives the result.
pub(crate) unsafe fn legacy_members<'a>(slot: &ffi::PyType_Slot) -> impl Iterator<Item = &'a ffi::PyMemberDef> {
    let mut next = slot.pfunc.cast::<ffi::PyMemberDef>();
    core::iter::from_fn(move || {
        // SAFETY: the caller's promise: a slot Py_tp_members.
        unsafe {
            let member = next.as_ref().filter(|member| !member.name.is_null())?;
            next = next.add(1);
            Some(member)
        }
    })
}

/// The parameters of a list that ends with the kind 0.
///
/// # Safety
/// `params` is null or a list that ends with the kind 0, which outlives the result.
pub(crate) unsafe fn parameters<'a>(params: *const HPyType_SpecParam) -> impl Iterator<Item = &'a HPyType_SpecParam> {
    let mut next = params;
    core::iter::from_fn(move || {
        // SAFETY: the caller's promise: null, or a list that ends with the kind 0.
        unsafe {
            let parameter = next.as_ref().filter(|parameter| parameter.kind != 0)?;
            next = next.add(1);
            Some(parameter)
        }
    })
}

/// The legacy methods, up to one without a name.
///
/// # Safety
/// `methods` is null or a list that ends with a method without a name, which outlives the result.
pub(crate) unsafe fn legacy_methods<'a>(methods: *mut cpy_PyMethodDef) -> &'a [ffi::PyMethodDef] {
    if methods.is_null() {
        return &[];
    }
    // SAFETY: the caller's promise: a list that ends with one without a name.
    unsafe {
        let mut count = 0;
        while !(*methods.add(count)).ml_name.is_null() {
            count += 1;
        }
        core::slice::from_raw_parts(methods, count)
    }
}
