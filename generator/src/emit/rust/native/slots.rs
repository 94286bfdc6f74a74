// generator/src/emit/rust/native/slots.rs: which CPython slot a HPy slot is, and which slot has a method, in Rust.

use std::fmt::Write as _;

use crate::model::Api;

/// Which CPython slot a HPy slot is.
pub fn cpython_slots(api: &Api) -> String {
    let mut out = String::from(
        "\n/// The CPython slot of a HPy slot, or nothing where the runtime does the work.\npub(crate) fn cpython_slot(slot: HPySlot_Slot) -> Option<c_int> {\n    match slot {\n",
    );
    for slot in &api.slots {
        if let Some(cpython) = slot.cpython.as_ref().filter(|_| !slot.is_of_module) {
            let _ = writeln!(out, "        {} => Some(ffi::{cpython}),", slot.name);
        }
    }
    out.push_str("        _ => None,\n    }\n}\n");
    out.push_str(
        "\n/// The slot that has the method of this name.\n\
         pub(crate) fn slot_of_method(name: &core::ffi::CStr) -> Option<&'static core::ffi::CStr> {\n    \
         match name.to_bytes() {\n",
    );
    for slot in api.slots.iter().filter(|slot| !slot.methods.is_empty()) {
        let names: Vec<_> = slot.methods.iter().map(|name| format!("b\"{name}\"")).collect();
        let _ = writeln!(out, "        {} => Some(c\"{}\"),", names.join(" | "), slot.name);
    }
    out.push_str("        _ => None,\n    }\n}\n");
    out
}
