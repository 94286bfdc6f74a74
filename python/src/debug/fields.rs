// python/src/debug/fields.rs: what is known of fields and globals: which object a field belongs to, which globals a module names.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::CStr;
use std::sync::{Mutex, PoisonError};

use hpy_sys::host::{has_record, traverse_of};
use hpy_sys::*;
use pyo3_ffi as ffi;

use super::report::{About, mistake};

/// The fields that were stored to.
static FIELDS: Mutex<Fields> = Mutex::new(Fields { owners: BTreeMap::new(), of_owner: BTreeSet::new() });
/// The globals that modules name.
static GLOBALS: Mutex<BTreeSet<usize>> = Mutex::new(BTreeSet::new());

/// The address of each field, with that of the object that it belongs to; and the same the other way about.
struct Fields {
    owners: BTreeMap<usize, usize>,
    of_owner: BTreeSet<(usize, usize)>,
}

impl Fields {
    fn note(&mut self, field: usize, owner: usize) {
        match self.owners.insert(field, owner) {
            Some(before) if before == owner => return,
            // Another object had its memory there.
            Some(before) => self.of_owner.remove(&(before, field)),
            None => false,
        };
        self.of_owner.insert((owner, field));
    }

    fn of(&self, owner: usize) -> impl Iterator<Item = usize> {
        self.of_owner.range((owner, 0)..=(owner, usize::MAX)).map(|(_, field)| *field)
    }
}

/// Notes the globals of a module that is loaded.
///
/// # Safety
/// `globals` is null, or a list that ends with null.
pub unsafe fn note_globals(globals: *const *const HPyGlobal) {
    let mut known = GLOBALS.lock().unwrap_or_else(PoisonError::into_inner);
    let mut next = globals;
    // SAFETY: the caller's promise.
    unsafe {
        while let Some(global) = next.as_ref().filter(|global| !global.is_null()) {
            known.insert(global.addr());
            next = next.add(1);
        }
    }
}

/// Tells if a global is stored to that no module names.
pub fn check_global(function: &str, global: &HPyGlobal) {
    let is_known = GLOBALS.lock().unwrap_or_else(PoisonError::into_inner).contains(&(&raw const *global).addr());
    if !is_known {
        let headline = format!("{function}: the global is not registered");
        let help = "no definition of a module names it, so it is not cleared with the interpreter\n= help: list its address \
                    in the `globals` of the HPyModuleDef";
        mistake(About::Other, &headline, help);
    }
}

/// What a traverse function visited.
struct Visited {
    fields: Vec<usize>,
}

unsafe extern "C" fn visit(field: *mut HPyField, visited: *mut c_void) -> c_int {
    // SAFETY: `check_stored` passes this with its own list.
    unsafe { (*visited.cast::<Visited>()).fields.push(field.addr()) };
    0
}

/// Notes a field that was stored to, and tells if the object's traverse function misses it, or visits what is none.
///
/// # Safety
/// The object is alive, and the field was stored to.
pub unsafe fn check_stored(function: &str, object: HPy, field: *const HPyField) {
    FIELDS.lock().unwrap_or_else(PoisonError::into_inner).note(field.addr(), object._i.addr());
    // SAFETY: the caller's promise. A traverse function only visits.
    unsafe {
        if !has_record(object) {
            return;
        }
        let name = CStr::from_ptr((*ffi::Py_TYPE(object._i)).tp_name).to_string_lossy().into_owned();
        let Some((traverse, data)) = traverse_of(object) else {
            let headline = format!("{function}: the type '{name}' has a field, and no HPy_tp_traverse");
            mistake(About::Other, &headline, NO_TRAVERSE);
            return;
        };
        let mut visited = Visited { fields: Vec::new() };
        traverse(data, visit, (&raw mut visited).cast());
        let is_null = HPyField_IsNull(*field);
        if !is_null && !visited.fields.contains(&field.addr()) {
            let headline = format!("HPy_tp_traverse of '{name}' does not visit a field of the object");
            let offset = field.addr().wrapping_sub(data.addr());
            mistake(About::Other, &headline, &format!("{function} stored to the field at offset {offset}\n{MISSED}"));
        }
        let known = FIELDS.lock().unwrap_or_else(PoisonError::into_inner);
        let other = visited.fields.iter().find(|address| {
            let word = std::ptr::with_exposed_provenance::<HPyField>(**address);
            let is_stored = known.owners.get(address) == Some(&object._i.addr());
            !HPyField_IsNull(*word) && !is_stored && !is_member(object, address.wrapping_sub(object._i.addr()))
        });
        let other = other.copied();
        drop(known);
        if let Some(address) = other {
            let headline = format!("HPy_tp_traverse of '{name}' visits what is no field of the object");
            let offset = address.wrapping_sub(data.addr());
            mistake(About::Other, &headline, &format!("it visits offset {offset}\n{NO_FIELD}"));
        }
    }
}

/// Whether the type of an object has a member that is an object at this offset, or the `__dict__`: Python code stores to these.
///
/// # Safety
/// The object is alive.
unsafe fn is_member(object: HPy, offset: usize) -> bool {
    // SAFETY: the caller's promise: the chain of bases ends with null, and the members of each with one without a name.
    unsafe {
        let mut ty = ffi::Py_TYPE(object._i);
        while !ty.is_null() {
            if (*ty).tp_dictoffset as usize == offset || (*ty).tp_weaklistoffset as usize == offset {
                return true;
            }
            let mut member = (*ty).tp_members;
            while !member.is_null() && !(*member).name.is_null() {
                let is_object = matches!((*member).type_code, HPyMember_OBJECT | HPyMember_OBJECT_EX);
                if is_object && (*member).offset as usize == offset {
                    return true;
                }
                member = member.add(1);
            }
            ty = (*ty).tp_base;
        }
    }
    false
}

/// Tells if a field that is loaded is none of the object.
pub fn check_loaded(function: &str, object: HPy, field: HPyField) {
    let known = FIELDS.lock().unwrap_or_else(PoisonError::into_inner);
    let is_own = known.of(object._i.addr()).any(|address| {
        let word = std::ptr::with_exposed_provenance::<HPyField>(address);
        // SAFETY: a field of an object that is alive can be read.
        unsafe { (*word)._i == field._i }
    });
    drop(known);
    if !is_own {
        let headline = format!("{function}: the field does not belong to the object");
        mistake(About::Other, &headline, COPIED);
    }
}

const NO_TRAVERSE: &str = "= help: give the type HPy_tp_traverse, which visits each field with HPy_VISIT: it is also how \
                           the fields are cleared when the object goes";
const MISSED: &str = "= help: visit each field of the struct with HPy_VISIT: an object in one that is not visited is never \
                      closed, and cycles through it are not found";
const NO_FIELD: &str = "= help: visit only fields that HPyField_Store has written";
const COPIED: &str = "nothing that HPyField_Store wrote into this object has this value\n= help: pass the object whose \
                      struct has the field, and do not copy a field out of its struct";
