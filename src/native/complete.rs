// src/native/complete.rs: refuses definitions that lack a name or a function, which CPython would call or read.

use core::ffi::CStr;

use super::lists::definitions;
use super::raise::{Raised, Result};
use super::types::room::convention;
use crate::*;

/// Refuses the definitions of a list that lack something. `owner` is the struct that has the list.
///
/// # Safety
/// `defines` is null, or a list that ends with null. The thread holds the interpreter.
pub(super) unsafe fn check(owner: &CStr, defines: *const *const HPyDef) -> Result<()> {
    // SAFETY: the caller's promise: each kind tells its union's member.
    unsafe {
        for definition in definitions(defines) {
            match definition.kind {
                HPyDef_Kind_Meth => {
                    let HPyMeth { name, cpy_trampoline, .. } = definition.of.meth;
                    let (signature, _) = convention(&definition.of.meth);
                    named(owner, c"HPyMeth", name)?;
                    // An unknown convention is refused where the method is made.
                    let is_known = matches!(signature, HPyFunc_NOARGS | HPyFunc_O | HPyFunc_VARARGS | HPyFunc_KEYWORDS);
                    if is_known && cpy_trampoline.is_none() {
                        let message = c"%s.defines: the HPyMeth '%s' has no function".as_ptr();
                        ffi::PyErr_Format(ffi::PyExc_SystemError, message, owner.as_ptr(), name);
                        return Err(Raised);
                    }
                }
                HPyDef_Kind_Slot if !has_function(&definition.of.slot) => {
                    let message = c"%s.defines: the slot (value: %d) has no function".as_ptr();
                    let slot = definition.of.slot.slot;
                    ffi::PyErr_Format(ffi::PyExc_SystemError, message, owner.as_ptr(), slot as c_int);
                    return Err(Raised);
                }
                HPyDef_Kind_Member => named(owner, c"HPyMember", definition.of.member.name)?,
                HPyDef_Kind_GetSet => named(owner, c"HPyGetSet", definition.of.getset.name)?,
                _ => {}
            }
        }
    }
    Ok(())
}

fn has_function(slot: &HPySlot) -> bool {
    match slot.slot {
        // Their function is a number.
        HPy_mod_multiple_interpreters | HPy_mod_gil => true,
        // The runtime calls the implementation.
        HPy_tp_traverse | HPy_tp_destroy => slot.impl_.or(slot.cpy_trampoline).is_some(),
        _ => slot.cpy_trampoline.is_some(),
    }
}

/// # Safety
/// The thread holds the interpreter.
unsafe fn named(owner: &CStr, kind: &CStr, name: *const c_char) -> Result<()> {
    if !name.is_null() {
        return Ok(());
    }
    let message = c"%s.defines: a %s has no name".as_ptr();
    // SAFETY: the caller's promise.
    unsafe { ffi::PyErr_Format(ffi::PyExc_SystemError, message, owner.as_ptr(), kind.as_ptr()) };
    Err(Raised)
}
