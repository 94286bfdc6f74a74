// generator/src/emit/c/loader/functions.rs: the functions of the loader ABIs in C: each calls a member of the context.

use std::fmt::Write as _;

use crate::emit::c::spelling::{banner, signature};
use crate::emit::docs;
use crate::model::context::{FIRST_LATER, FIRST_MOVED, function_member};
use crate::model::{Api, ErrorValue, Function};
use crate::target::abi::Abi;

/// `hpy/loader/functions.h`: a function for each member of the context that every loader has, unless a header of
/// `shims/include/hpy/loader/` has it. The others are in the library.
pub fn functions(api: &Api) -> String {
    let mut out = banner(None, "c/loader/functions.rs");
    out.push_str("#include \"hpy/loader/context.h\"\n#include \"hpy/loader/state.h\"\n\n");
    let generated = |function: &&Function| {
        function.index < FIRST_LATER && function.loader_by_hand.is_none() && !function.inline.loader
    };
    let (legacy, others): (Vec<_>, Vec<_>) =
        api.functions.iter().filter(generated).partition(|function| function.is_legacy());
    for function in others {
        out.push_str(&docs::of_c(function, &Abi::Universal));
        out.push_str(&wrapper(function));
    }
    out.push_str("#ifdef HPY_ABI_UNIVERSAL\n\n");
    for function in &legacy {
        let _ = writeln!(out, "_HPY_LEGACY {};\n", signature(&function.prototype));
    }
    out.push_str("#else\n\n");
    for function in &legacy {
        out.push_str(&docs::of_c(function, &Abi::Universal));
        out.push_str(&wrapper(function));
    }
    out.push_str("#endif\n");
    out
}

/// ```text
/// HPyAPI_FUNC HPy HPy_Add(HPyContext *ctx, HPy h1, HPy h2)
/// {
///     return ctx->ctx_Add(ctx, h1, h2);
/// }
/// ```
fn wrapper(function: &Function) -> String {
    let prototype = &function.prototype;
    let member = function_member(function.name());
    let arguments: String = prototype.parameters.iter().map(|parameter| format!(", {}", parameter.name)).collect();
    let callee =
        if function.index < FIRST_MOVED { format!("ctx->{member}") } else { format!("_HPY_MOVED(ctx, {member})") };
    let (before, after) = match function.error {
        ErrorValue::AlwaysNull => ("", "\n    return HPy_NULL;"),
        _ if prototype.result.is_void() => ("", ""),
        _ => ("return ", ""),
    };
    format!("HPyAPI_FUNC {}\n{{\n    {before}{callee}(ctx{arguments});{after}\n}}\n\n", signature(prototype))
}
