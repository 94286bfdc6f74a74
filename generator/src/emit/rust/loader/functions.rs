// generator/src/emit/rust/loader/functions.rs: the wrappers of the loader ABIs in Rust: each calls a member of the context.

use super::context::context;
use super::extras::extras;
use crate::emit::docs;
use crate::emit::rust::spelling::{banner, context_argument, function_result, identifier, parameters};
use crate::model::context::{FIRST_LATER, FIRST_MOVED, function_member};
use crate::model::prototype::Parameter;
use crate::model::{Api, ErrorValue, Function};
use crate::target::abi::Abi;

/// The file that `src/lib.rs` includes: each wrapper is a call through the context.
pub fn api(api: &Api, abi: &Abi) -> String {
    let mut out = banner(Some(abi), "rust/loader");
    out.push_str(&context(api));
    for function in &api.functions {
        let is_legacy = matches!(abi, Abi::Universal) && function.is_legacy();
        if !is_legacy && function.loader_by_hand.is_none() {
            out.push_str(&wrapper(function, abi));
        }
    }
    out.push_str(&extras(api, abi));
    out
}

/// ```text
/// #[inline]
/// pub unsafe fn HPy_Add(ctx: &HPyContext, h1: HPy, h2: HPy) -> HPy {
///     unsafe { (ctx.ctx_Add)(ctx, h1, h2) }
/// }
/// ```
///
/// A member that moved is read through `moved!`, and one that a loader may lack has another function in its place.
fn wrapper(function: &Function, abi: &Abi) -> String {
    let (prototype, name) = (&function.prototype, function.name());
    let member = function_member(name);
    let parameters = parameters(prototype);
    let arguments: String = prototype.parameters.iter().map(|parameter| format!(", {}", argument(parameter))).collect();
    let body = match function.index {
        ..FIRST_MOVED => format!("(ctx.{member})(ctx{arguments})"),
        FIRST_MOVED..FIRST_LATER => format!("(loader::context::moved!(ctx, {member}))(ctx{arguments})"),
        _ => format!(
            "match loader::context::later!(ctx, {member}) {{\n            \
             Some(function) => function(ctx{arguments}),\n            \
             None => loader::fallback::{name}(ctx{arguments}),\n        }}"
        ),
    };
    let body = if function.error == ErrorValue::AlwaysNull { format!("{body};\n        HPy_NULL") } else { body };
    let visible = if function.is_for_trampolines { "pub(crate)" } else { "pub" };
    format!(
        "{}#[inline]\n{visible} unsafe fn {name}(ctx: &HPyContext{parameters}){} {{\n    // SAFETY: the caller's promise, passed on.\n    unsafe {{\n        {body}\n    }}\n}}\n\n",
        docs::comment(&docs::function(function, abi)),
        function_result(function),
    )
}

fn argument(parameter: &Parameter) -> String {
    context_argument(parameter.of, &identifier(&parameter.name))
}
