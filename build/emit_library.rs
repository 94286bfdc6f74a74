// build/emit_library.rs: the functions of the context that C extensions find in the library: declared for C, and
// exported by Rust.

use std::fmt::Write as _;

use super::abi::Abi;
use super::api::{Api, CallTarget, Function};
use super::emit_c::signature;
use super::emit_rust::{identifier, parameters, result};

/// The functions that C finds in the library of the native ABI: what is written by hand, and in no header.
pub fn native(api: &Api) -> Vec<&Function> {
    let is_in_library = |function: &&Function| match function.target {
        CallTarget::Calls(_) => false,
        CallTarget::ByHand { .. } => !function.is_for_trampolines && !function.inline.native,
    };
    api.functions.iter().filter(is_in_library).collect()
}

/// `hpy/native/library.h` or `hpy/loader/library.h`
///
/// ```text
/// HPyAPI_HELPER HPy HPyType_FromSpec(HPyContext *ctx, HPyType_Spec *spec, HPyType_SpecParam *params);
/// ```
pub fn header(functions: &[&Function]) -> String {
    let mut out = String::from(
        "/* Generated from the table in shims/api by build/emit_library.rs. Do not edit: change the table. */\n#pragma once\n\n",
    );
    out.push_str("#include \"hpy/hpytype.h\"\n\n");
    for function in functions {
        let _ = writeln!(out, "HPyAPI_HELPER {};", signature(&function.prototype));
    }
    out
}

/// What `src/c_library.rs` includes.
///
/// ```text
/// export! {
///     "HPyType_FromSpec", HPyType_FromSpec as fn(ctx: &HPyContext, spec: *const HPyType_Spec, params: *const HPyType_SpecParam) -> HPy;
/// }
/// ```
///
/// The other functions of the ABI are called there, so that the compiler says if one of them is nowhere, or twice.
pub fn exports(api: &Api, functions: &[&Function], abi: &Abi) -> String {
    let mut out = format!(
        "// Generated for {} from shims/api/*.toml by build/emit_library.rs. Do not edit: change the table.\n\n",
        abi.description()
    );
    if let Abi::CPython(target) = abi {
        let _ = writeln!(out, "macro_rules! target_tag {{\n    () => {{\n        \"{}\"\n    }};\n}}\n", target.tag());
    }
    out.push_str("export! {\n");
    for function in functions {
        let _ = writeln!(
            out,
            "    \"{}\", {} as fn(ctx: &HPyContext{}){};",
            function.name(),
            identifier(function.name()),
            parameters(&function.prototype),
            result(&function.prototype),
        );
    }
    out.push_str("}\n\nis_there! {\n");
    let is_exported = |function: &&Function| functions.iter().any(|exported| exported.index == function.index);
    for function in api.functions.iter().filter(|function| function.is_in(abi) && !is_exported(function)) {
        let _ = writeln!(
            out,
            "    {} as fn(ctx: &HPyContext{}){};",
            identifier(function.name()),
            parameters(&function.prototype),
            result(&function.prototype),
        );
    }
    out.push_str("}\n");
    out
}
