// python/src/names.rs: the names of a module's implementations, for messages and figures.

use std::collections::HashMap;
use std::ffi::CStr;
use std::sync::{Mutex, PoisonError};

use hpy_sys::*;

/// `module.function` and `module.Type.method`, by the address of the implementation.
static NAMES: Mutex<Option<HashMap<usize, String>>> = Mutex::new(None);

/// The name of an implementation.
pub fn of(implementation: usize) -> Option<String> {
    let names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    names.as_ref()?.get(&implementation).cloned()
}

/// Notes the functions of a module, or the methods and slots of a type, under the name of either.
///
/// # Safety
/// `defines` is null, or a list that ends with null.
pub unsafe fn note(owner: &str, defines: *const *const HPyDef) {
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let names = names.get_or_insert_default();
    // SAFETY: the caller's promise.
    unsafe {
        hpy_sys::host::each_implementation(defines, |implementation, name| {
            let name = match name {
                Ok(name) => CStr::from_ptr(name).to_string_lossy().into_owned(),
                Err(slot) => slot_name(slot),
            };
            names.insert(implementation, format!("{owner}.{name}"));
        });
    }
}

fn slot_name(slot: HPySlot_Slot) -> String {
    crate::context::slot_name(slot).map_or_else(|| format!("slot {slot}"), str::to_owned)
}
