// generator/src/emit/c/loader/context.rs: the context of the loader ABIs in C, as a loader hands it over.

use std::fmt::Write as _;

use crate::emit::c::spelling::{banner, declaration};
use crate::model::context::{BEFORE_MEMBERS, FIRST_MOVED, Member, members};
use crate::model::{Api, ErrorValue, Function};

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
    let mut out = banner(None, "c/loader/context.rs");
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
