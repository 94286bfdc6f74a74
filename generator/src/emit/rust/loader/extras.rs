// generator/src/emit/rust/loader/extras.rs: the extras in the loader ABIs in Rust: members of a table of this project's loader, and
// something else through other loaders.

use std::fmt::Write as _;

use crate::emit::docs;
use crate::emit::rust::spelling::{function_result, identifier, parameters, result};
use crate::model::context::function_member;
use crate::model::{Api, Extra, Function};
use crate::target::abi::Abi;

/// The table, and a wrapper for each extra.
pub fn extras(api: &Api, abi: &Abi) -> String {
    let mut out = table(api);
    for function in &api.extras {
        out.push_str(&wrapper(function, abi));
    }
    out
}

/// ```text
/// pub(crate) struct ExtraTable {
///     pub(crate) size: usize,
///     pub(crate) ctx_Dict_Contains: unsafe extern "C" fn(&HPyContext, HPy, HPy) -> c_int,
/// }
/// ```
fn table(api: &Api) -> String {
    let mut out = String::from(
        "/// The extras of this project's loader. It grows at its end.\n#[repr(C)]\npub(crate) struct ExtraTable {\n    \
         /// The size of the table in bytes.\n    pub(crate) size: usize,\n",
    );
    for function in &api.extras {
        let parameters: String =
            function.prototype.parameters.iter().map(|parameter| format!(", {}", parameter.of.rust)).collect();
        let _ = writeln!(
            out,
            "    pub(crate) {}: unsafe extern \"C\" fn(&HPyContext{parameters}){},",
            function_member(function.name()),
            result(&function.prototype)
        );
    }
    out.push_str("}\n\n");
    out
}

/// ```text
/// #[inline]
/// pub unsafe fn HPyDict_Contains(ctx: &HPyContext, h: HPy, key: HPy) -> c_int {
///     unsafe {
///         match loader::extras::find!(ctx_Dict_Contains) {
///             Some(function) => function(ctx, h, key),
///             None => loader::extras::HPyDict_Contains(ctx, h, key),
///         }
///     }
/// }
/// ```
fn wrapper(function: &Function, abi: &Abi) -> String {
    let (prototype, name) = (&function.prototype, function.name());
    let names: String =
        prototype.parameters.iter().map(|parameter| format!(", {}", identifier(&parameter.name))).collect();
    let elsewhere = match function.extra {
        Some(Extra::NeedsLoader { .. }) => format!("loader::extras::missing(ctx, c\"{name}\")"),
        _ => format!("loader::extras::{name}(ctx{names})"),
    };
    // As many as clippy takes, with the context.
    let long = if prototype.parameters.len() > 6 { "#[allow(clippy::too_many_arguments)]\n" } else { "" };
    format!(
        "{}{long}#[inline]\npub unsafe fn {name}(ctx: &HPyContext{}){} {{\n    // SAFETY: the caller's promise, passed on.\n    \
         unsafe {{\n        match loader::extras::find!({}) {{\n            Some(function) => function(ctx{names}),\n            \
         None => {elsewhere},\n        }}\n    }}\n}}\n\n",
        docs::comment(&docs::function(function, abi)),
        parameters(prototype),
        function_result(function),
        function_member(name),
    )
}
