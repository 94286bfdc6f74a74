// generator/src/emit/rust/contexts/trace.rs: the functions of the trace context: each counts and times the plain one.

use std::fmt::Write as _;

use super::functions::declared;
use crate::emit::rust::spelling::{identifier, result};
use crate::model::Api;
use crate::model::context::function_member;
use crate::model::types::Crossing;

/// The module `trace`.
///
/// ```text
/// pub const NAMES: [&CStr; 189] = [c"ctx_Dup", ..];
/// pub unsafe extern "C-unwind" fn ctx_Dup(_: &Context, h: HPy) -> HPy {
///     unsafe { traced(0, |plain| (plain.ctx_Dup)(plain, h)) }
/// }
/// ```
pub fn trace(api: &Api) -> String {
    let mut out = String::from(
        "/// The functions of the trace context.\npub mod trace {\n    use core::ffi::CStr;\n\n    use super::*;\n    \
         use crate::trace::{called, entered, left, timed, traced};\n\n    /// The names of the functions, by their numbers here.\n",
    );
    let _ = writeln!(out, "    pub const NAMES: [&CStr; {}] = [", api.all_functions().count());
    for function in api.all_functions() {
        let _ = writeln!(out, "        c\"{}\",", function_member(function.name()));
    }
    out.push_str("    ];\n");
    for (number, function) in api.all_functions().enumerate() {
        let prototype = &function.prototype;
        let member = function_member(function.name());
        let arguments: String =
            prototype.parameters.iter().map(|parameter| format!(", {}", identifier(&parameter.name))).collect();
        // An extra is no member of the context.
        let of_plain = if function.extra.is_some() { "plain::" } else { "plain." };
        let plain = format!("({of_plain}{member})(plain{arguments})");
        let call = if function.is_for_trampolines {
            format!("called({number}, sig, func, args, ctx)")
        } else if prototype.result.crossing == Crossing::ThreadState {
            format!("left({number}, |plain| {plain})")
        } else if prototype.parameters.iter().any(|parameter| parameter.of.crossing == Crossing::ThreadState) {
            format!("entered({number}, |plain| {plain})")
        } else if function.anywhere {
            // Callbacks are Python's.
            format!("timed({number}, |plain| {plain})")
        } else if function.context_by_hand.is_some() {
            format!("traced({number}, |plain| crate::trace::{member}(plain{arguments}))")
        } else {
            format!("traced({number}, |plain| {plain})")
        };
        let _ = writeln!(
            out,
            "    /// # Safety\n    /// As of [`{}`].\n    pub unsafe extern \"C-unwind\" fn {member}({}: &Context{}){} {{\n        \
             // SAFETY: the module's promise, passed on.\n        unsafe {{ {call} }}\n    }}",
            function.name(),
            if function.is_for_trampolines { "ctx" } else { "_" },
            declared(function),
            result(prototype),
        );
    }
    out.push_str("}\n\n");
    out
}
