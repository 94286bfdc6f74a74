// generator/src/emit/rust/library.rs: the functions that C extensions find in the library, exported by Rust.

use std::fmt::Write as _;

use super::spelling::{banner, identifier, parameters, result};
use crate::model::{Api, Function};
use crate::target::abi::Abi;

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
    let mut out = banner(Some(abi), "rust/library.rs");
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
    let is_exported = |function: &&Function| functions.iter().any(|exported| exported.name() == function.name());
    for function in api.all_functions().filter(|function| function.is_in(abi) && !is_exported(function)) {
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
