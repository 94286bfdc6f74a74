// python/src/debug/fields.rs: what is known of fields and globals: which object a field belongs to, which globals a module names.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::CStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hpy_sys::host::{has_record, traverse_of};
use hpy_sys::*;
use pyo3_ffi as ffi;

use super::call::Call;
use super::report::{About, mistake};

/// The fields that were stored to.
static FIELDS: Mutex<Fields> = Mutex::new(Fields { stored: BTreeMap::new(), owned: BTreeMap::new() });
/// The globals that modules name.
static GLOBALS: Mutex<BTreeSet<usize>> = Mutex::new(BTreeSet::new());

/// What was stored, as addresses: nothing here says that an object or its memory is still there.
struct Fields {
    /// The owner and the object in each field.
    stored: BTreeMap<usize, (usize, usize)>,
    /// The same by owner.
    owned: BTreeMap<usize, Owned>,
}

/// The fields of one object.
#[derive(Default)]
struct Owned {
    fields: BTreeSet<usize>,
    /// The objects in them, each with the number of fields that have it.
    objects: BTreeMap<usize, usize>,
}

impl Fields {
    /// Notes what a field has from now on. True if the owner had no such field.
    fn note(&mut self, field: usize, owner: usize, object: usize) -> bool {
        let before = self.remove(field);
        self.stored.insert(field, (owner, object));
        let owned = self.owned.entry(owner).or_default();
        owned.fields.insert(field);
        *owned.objects.entry(object).or_default() += 1;
        before != Some(owner)
    }

    /// Forgets a field, and gives the owner that it had.
    fn remove(&mut self, field: usize) -> Option<usize> {
        let (owner, object) = self.stored.remove(&field)?;
        if let Some(owned) = self.owned.get_mut(&owner) {
            owned.fields.remove(&field);
            if let Some(count) = owned.objects.get_mut(&object) {
                *count -= 1;
                if *count == 0 {
                    owned.objects.remove(&object);
                }
            }
            if owned.fields.is_empty() {
                self.owned.remove(&owner);
            }
        }
        Some(owner)
    }

    /// Forgets the fields of an object that had the memory before.
    fn forget(&mut self, owner: usize) {
        for field in self.owned.remove(&owner).unwrap_or_default().fields {
            self.stored.remove(&field);
        }
    }

    fn count(&self, owner: usize) -> usize {
        self.owned.get(&owner).map_or(0, |owned| owned.fields.len())
    }
}

fn fields() -> MutexGuard<'static, Fields> {
    FIELDS.lock().unwrap_or_else(PoisonError::into_inner)
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
    fields: BTreeSet<usize>,
}

/// # Safety
/// [`check_stored`] passes it to a traverse function, with its own set.
unsafe extern "C" fn visit(field: *mut HPyField, visited: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { (*visited.cast::<Visited>()).fields.insert(field.addr()) };
    0
}

/// A new object has no fields of what had its memory before.
pub fn forget(owner: HPy) {
    fields().forget(owner._i.addr());
}

/// So many fields of an object are checked at the store to each new one; then whenever their number has doubled, so that the
/// checks of all its stores take no longer than a few visits of each field.
const FEW: usize = 32;

/// Notes what is stored to a field. True if the fields of the object are to be checked.
pub fn note(owner: HPy, field: *const HPyField, object: HPy) -> bool {
    let mut fields = fields();
    let is_new = fields.note(field.addr(), owner._i.addr(), object._i.addr());
    let count = fields.count(owner._i.addr());
    count <= FEW || (is_new && count.is_power_of_two())
}

/// Tells if the object's traverse function misses a field, or visits what is none. The field at `now` was stored to last.
///
/// # Safety
/// The object is alive, and its fields were stored to.
pub unsafe fn check_stored(function: &str, object: HPy, now: *const HPyField) {
    // SAFETY: the caller's promise. A traverse function only visits.
    unsafe {
        if !has_record(object) {
            return;
        }
        let name = || CStr::from_ptr((*ffi::Py_TYPE(object._i)).tp_name).to_string_lossy().into_owned();
        let Some((traverse, data)) = traverse_of(object) else {
            let headline = format!("{function}: the type '{}' has a field, and no HPy_tp_traverse", name());
            mistake(About::Other, &headline, NO_TRAVERSE);
            return;
        };
        let mut visited = Visited { fields: BTreeSet::new() };
        traverse(data, visit, (&raw mut visited).cast());
        let (missed, other) = {
            let fields = fields();
            let stored = fields.owned.get(&object._i.addr());
            let start = object._i.addr();
            let own = start..start + (*ffi::Py_TYPE(object._i)).tp_basicsize as usize;
            let mut missed = stored.into_iter().flat_map(|owned| &owned.fields).copied();
            let missed = missed.find(|field| {
                // What was noted of memory before may be of an object that is gone. The state of a module is not in the module:
                // what is noted there as a field was one of an object that had the module's memory.
                let is_within = own.contains(&data.addr()) && own.contains(field);
                let of_object = fields.stored.get(field).map_or(0, |(_, object)| *object);
                let is_there = || {
                    let word = std::ptr::with_exposed_provenance::<HPyField>(*field);
                    *field == now.addr() || (is_within && (*word)._i.addr() == of_object)
                };
                !visited.fields.contains(field) && of_object != 0 && is_there()
            });
            let mut visited = visited.fields.iter().copied();
            let other = visited.find(|field| {
                let is_stored = stored.is_some_and(|owned| owned.fields.contains(field));
                let word = std::ptr::with_exposed_provenance::<HPyField>(*field);
                !is_stored && !HPyField_IsNull(*word) && !is_member(object, field.wrapping_sub(object._i.addr()))
            });
            (missed, other)
        };
        if let Some(field) = missed {
            let headline = format!("HPy_tp_traverse of '{}' does not visit a field of the object", name());
            let offset = field.wrapping_sub(data.addr());
            mistake(About::Other, &headline, &format!("{function} stored to the field at offset {offset}\n{MISSED}"));
        }
        if let Some(field) = other {
            let headline = format!("HPy_tp_traverse of '{}' visits what is no field of the object", name());
            let offset = field.wrapping_sub(data.addr());
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

/// Whether a field that the object's traverse function visits has this value: Python code may have stored it.
///
/// # Safety
/// The object is alive.
unsafe fn holds(object: HPy, field: &HPyField) -> bool {
    /// # Safety
    /// A traverse function calls it with the address of a field.
    unsafe extern "C" fn compare(visited: *mut HPyField, value: *mut c_void) -> c_int {
        // SAFETY: the caller's promise.
        unsafe { c_int::from((*visited)._i.cast() == value) }
    }
    // SAFETY: the caller's promise. A traverse function ends with the first result that is not 0, and gives it.
    unsafe { traverse_of(object).is_some_and(|(traverse, data)| traverse(data, compare, field._i.cast()) != 0) }
}

/// Tells if a field that is loaded is none of the object.
pub fn check_loaded(call: &mut Call, object: HPy, field: &HPyField) {
    // What is noted of an object that is no instance with fields is of one that had its memory before.
    // SAFETY: the object is alive.
    let is_own = unsafe { has_record(object) } && {
        let fields = fields();
        fields.owned.get(&object._i.addr()).is_some_and(|owned| owned.objects.contains_key(&field._i.addr()))
    };
    // SAFETY: the object is alive.
    if !is_own && !unsafe { holds(object, field) } {
        let headline = format!("{}: the field does not belong to the object", call.name());
        call.refuse(About::Other, headline, COPIED);
    }
}

const NO_TRAVERSE: &str = "= help: give the type HPy_tp_traverse, which visits each field with HPy_VISIT: it is also how \
                           the fields are cleared when the object goes";
const MISSED: &str = "= help: visit each field of the struct with HPy_VISIT: an object in one that is not visited is never \
                      closed, and cycles through it are not found";
const NO_FIELD: &str = "= help: visit only fields that HPyField_Store has written";
const COPIED: &str = "nothing that HPyField_Store wrote into this object has this value\n= help: pass the object whose \
                      struct has the field, and do not copy a field out of its struct";
