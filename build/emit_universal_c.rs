// build/emit_universal_c.rs: the C side of the table in the ABIs with a context: the context, and the functions in it.

use std::fmt::Write as _;

use super::api::{Api, ErrorValue, Function};
use super::context::{FIRST_LATER, FIRST_MOVED, Member, function_member, members};
use super::emit_c::{declaration, signature};
use super::emit_universal::BEFORE_MEMBERS;

fn banner() -> String {
    "/* Generated from the table in shims/api by build/emit_universal_c.rs. Do not edit: change the table. */\n#pragma once\n\n"
        .to_owned()
}

/// `hpy/loader/context.h`: the struct that loaders hand over.
///
/// ```text
/// struct _HPyContext_s {
///     const char *name;
///     void *_private;
///     int abi_version;
///     HPy h_None;
///     HPy (*ctx_Dup)(HPyContext *ctx, HPy h);
/// ```
pub fn context(api: &Api) -> String {
    let mut out = banner();
    out.push_str("#include \"hpy/spec.h\"\n#include \"hpy/loader/state.h\"\n\nstruct _HPyContext_s {\n    const char *name;\n    void *_private;\n    int abi_version;\n");
    let all = members(api);
    for member in &all {
        match member {
            // It is elsewhere in some contexts, and in others nowhere: C has no way to find it by its name.
            Member::Handle(handle) if handle.index >= FIRST_MOVED => {
                let _ = writeln!(out, "    HPy _{};", handle.name);
            }
            Member::Handle(handle) => {
                let _ = writeln!(out, "    HPy {};", handle.name);
            }
            Member::Function(function) => {
                let _ = writeln!(out, "    {};", pointer(function, &member.name()));
            }
        }
    }
    out.push_str("};\n\n");
    for member in &all {
        let hidden = matches!(member, Member::Handle(handle) if handle.index >= FIRST_MOVED);
        let _ = writeln!(
            out,
            "_HPY_CONTEXT_MEMBER({}{}, {});",
            if hidden { "_" } else { "" },
            member.name(),
            member.index() + BEFORE_MEMBERS
        );
    }
    let _ = writeln!(
        out,
        "_HPy_STATIC_ASSERT(sizeof(HPyContext) == {} * sizeof(void *), \"the context has another size\");",
        all.len() as i64 + BEFORE_MEMBERS
    );
    out
}

/// `HPy (*ctx_Dup)(HPyContext *ctx, HPy h)`
///
/// What only raises gives nothing: HPy's own declaration has no result either.
fn pointer(function: &Function, member: &str) -> String {
    let prototype = &function.prototype;
    let output = if function.error == ErrorValue::AlwaysNull { "void" } else { prototype.result.c };
    let parameters: String = prototype
        .parameters
        .iter()
        .map(|parameter| format!(", {}", declaration(parameter.of.c, &parameter.name)))
        .collect();
    format!("{}(HPyContext *ctx{parameters})", declaration(output, &format!("(*{member})")))
}

/// `hpy/loader/functions.h`: a function for each member of the context that every loader has, unless a header of
/// `shims/include/hpy/loader/` has it. The others are in the library.
pub fn functions(api: &Api) -> String {
    let mut out = banner();
    out.push_str("#include \"hpy/loader/context.h\"\n#include \"hpy/loader/state.h\"\n\n");
    let generated = |function: &&Function| {
        function.index < FIRST_LATER && function.loader_by_hand.is_none() && !function.inline.loader
    };
    let (legacy, others): (Vec<_>, Vec<_>) =
        api.functions.iter().filter(generated).partition(|function| function.is_legacy());
    for function in others {
        out.push_str(&wrapper(function));
    }
    out.push_str("#ifdef HPY_ABI_UNIVERSAL\n\n");
    for function in &legacy {
        let _ = writeln!(out, "_HPY_LEGACY {};\n", signature(&function.prototype));
    }
    out.push_str("#else\n\n");
    for function in &legacy {
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
