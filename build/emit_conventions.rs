// build/emit_conventions.rs: for each calling convention, the type of an implementation and the function CPython calls.

use std::fmt::Write as _;

use super::abi::Abi;
use super::api::{Api, Signature};
use super::emit_docs;
use super::emit_rust::{identifier, parameters, result};
use super::emit_universal_conventions;
use super::types::Crossing;

/// The file that `src/lib.rs` includes: the modules `implementation`, `convention` and `slot`.
///
/// A definition macro implements `convention::HPyFunc_O` for a type of its own, and `convention::HPyFunc_O::<Type>` is
/// then the C function that CPython calls. `slot::HPy_nb_add` is the convention of that slot, under the slot's name.
pub fn modules(api: &Api, abi: &Abi) -> String {
    let mut out = String::from(
        "// Generated from shims/api/signatures.toml and slots.toml by build/emit_conventions.rs. Do not edit.\n\n",
    );
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
        Abi::CPython(_) => out.push_str(&conventions(api)),
        Abi::Universal | Abi::Hybrid(_) => out.push_str(&emit_universal_conventions::conventions(api)),
    }
    out.push_str(
        "}\n\n/// The calling convention of each slot, under the slot's name.\n#[doc(hidden)]\npub mod slot {\n",
    );
    for slot in &api.slots {
        let native = slot.native_signature.as_ref().filter(|_| matches!(abi, Abi::CPython(_)));
        let _ = writeln!(out, "    pub use super::convention::{} as {};", native.unwrap_or(&slot.signature), slot.name);
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

/// Which CPython slot a HPy slot is.
fn cpython_slots(api: &Api) -> String {
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
        "\n/// The slot that has the method of this name, and whether it is one of HPy's.\n\
         pub(crate) fn slot_of_method(name: &core::ffi::CStr) -> Option<(&'static core::ffi::CStr, bool)> {\n    \
         match name.to_bytes() {\n",
    );
    let own = api.slots.iter().map(|slot| (&slot.name, &slot.methods, true));
    for (slot, methods, is_own) in own.chain(api.foreign_slots.iter().map(|slot| (&slot.name, &slot.methods, false))) {
        if !methods.is_empty() {
            let names: Vec<_> = methods.iter().map(|name| format!("b\"{name}\"")).collect();
            let _ = writeln!(out, "        {} => Some((c\"{slot}\", {is_own})),", names.join(" | "));
        }
    }
    out.push_str("        _ => None,\n    }\n}\n");
    out
}

/// The conventions of the CPython ABI.
fn conventions(api: &Api) -> String {
    let mut out = String::from("    use crate::native::context;\n    use crate::panic::guard;\n    use crate::*;\n");
    for signature in api.signatures.iter().filter(|signature| signature.by_hand.is_some()) {
        let _ = writeln!(out, "    pub use crate::native::conventions::{};", signature.name);
    }
    out.push('\n');
    for signature in api.signatures.iter().filter(|signature| signature.by_hand.is_none()) {
        out.push_str(&convention(signature));
    }
    out
}

/// ```text
/// pub trait HPyFunc_BINARYFUNC { const IMPL: implementation::HPyFunc_BINARYFUNC; const DIRECT: HPyCFunction = None; }
/// pub unsafe extern "C" fn HPyFunc_BINARYFUNC<I: HPyFunc_BINARYFUNC>(self_: *mut cpy_PyObject, other: *mut cpy_PyObject) -> *mut cpy_PyObject {
///     guard(context(), |ctx| unsafe { I::IMPL(ctx, HPy { _i: self_ }, HPy { _i: other }) })._i
/// }
/// ```
fn convention(signature: &Signature) -> String {
    let (name, prototype) = (&signature.name, &signature.prototype);
    let is_handle = |crossing| crossing == Crossing::Handle;
    let mut cpython = Vec::new();
    let mut arguments = Vec::new();
    for parameter in &prototype.parameters {
        let variable = identifier(&parameter.name);
        let of = if is_handle(parameter.of.crossing) { "*mut cpy_PyObject" } else { parameter.of.rust };
        arguments.push(if is_handle(parameter.of.crossing) {
            format!("HPy {{ _i: {variable} }}")
        } else {
            variable.clone()
        });
        cpython.push(format!("{variable}: {of}"));
    }
    let (output, unwrap) = if is_handle(prototype.result.crossing) {
        (" -> *mut cpy_PyObject".to_owned(), "._i")
    } else {
        (result(prototype), "")
    };
    format!(
        "    pub trait {name} {{\n        const IMPL: implementation::{name};\n        const DIRECT: HPyCFunction = None;\n    }}\n    \
         /// # Safety\n    /// CPython calls it, as the convention says.\n    \
         pub unsafe extern \"C\" fn {name}<I: {name}>({}){output} {{\n        \
         // SAFETY: CPython passes what the convention says, for the time of the call.\n        \
         guard(context(), |ctx| unsafe {{ I::IMPL(ctx, {}) }}){unwrap}\n    }}\n\n",
        cpython.join(", "),
        arguments.join(", "),
    )
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
    emit_docs::comment(&text).lines().map(|line| format!("    {line}\n")).collect()
}
