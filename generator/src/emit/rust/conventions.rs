// generator/src/emit/rust/conventions.rs: for each calling convention in Rust, the type of an implementation, and the
// function that the interpreter calls.

use std::fmt::Write as _;

use super::native::slots::cpython_slots;
use super::spelling::{banner, indented, parameters, result};
use super::{loader, native};
use crate::emit::docs;
use crate::model::{Api, Signature};
use crate::target::abi::Abi;

/// The file that `src/lib.rs` includes: the modules `implementation`, `convention` and `slot`.
///
/// A definition macro implements `convention::HPyFunc_O` for a type of its own, and `convention::HPyFunc_O::<Type>` is
/// then the C function that CPython calls. `slot::HPy_nb_add` is the convention of that slot, under the slot's name.
pub fn modules(api: &Api, abi: &Abi) -> String {
    let mut out = banner(None, "rust/conventions.rs");
    out.push_str("/// The type of the function that implements a calling convention.\npub mod implementation {\n    use crate::*;\n\n");
    for signature in &api.signatures {
        let _ = write!(
            out,
            "{}    pub type {} = unsafe fn({}){};\n\n",
            doc(signature),
            signature.name,
            types(signature),
            result(&signature.prototype)
        );
    }
    out.push_str("}\n\n/// The function that the interpreter calls for a calling convention, and what it needs to know.\n#[doc(hidden)]\npub mod convention {\n");
    match abi {
        Abi::CPython(_) => out.push_str(&native::conventions::conventions(api)),
        Abi::Universal | Abi::Hybrid(_) => out.push_str(&loader::conventions::conventions(api)),
    }
    out.push_str(
        "}\n\n/// The calling convention of each slot, under the slot's name.\n#[doc(hidden)]\npub mod slot {\n",
    );
    for slot in &api.slots {
        let trampoline = slot.trampoline.as_ref().unwrap_or(&slot.signature);
        let _ = writeln!(out, "    pub use super::convention::{trampoline} as {};", slot.name);
    }
    out.push_str("}\n\n/// The type of the function that implements each slot, under the slot's name.\n#[doc(hidden)]\npub mod slot_implementation {\n");
    for slot in &api.slots {
        let _ = writeln!(out, "    pub use super::implementation::{} as {};", slot.signature, slot.name);
    }
    out.push_str("}\n");
    if matches!(abi, Abi::CPython(_)) {
        out.push_str(&cpython_slots(api));
    }
    out
}

fn types(signature: &Signature) -> String {
    let context = if signature.prototype.takes_context { "ctx: &HPyContext" } else { "" };
    format!("{context}{}", parameters(&signature.prototype)).trim_start_matches(", ").to_owned()
}

fn doc(signature: &Signature) -> String {
    let text = format!(
        "{}\n\nSource: HPy `{}`, number {}; CPython `{}`.",
        signature.doc, signature.typedef, signature.number, signature.cpython
    );
    indented(&docs::comment(&text))
}
