// generator/src/emit/rust/native/functions.rs: the wrappers of the native ABI in Rust: each is the CPython call itself.

use super::context::context;
use crate::emit::docs;
use crate::emit::rust::spelling::{banner, from_cpython, identifier, parameters, result, to_cpython};
use crate::model::call::{Argument, Call};
use crate::model::prototype::Prototype;
use crate::model::{Api, ErrorValue, Function};
use crate::target::Target;
use crate::target::abi::Abi;

/// The file that `src/lib.rs` includes: each wrapper is the CPython call itself.
pub fn api(api: &Api, target: &Target) -> String {
    let mut out = banner(Some(&Abi::CPython(target.clone())), "rust/native");
    out.push_str(&context(&api.handles));
    for function in &api.functions {
        if let Some(call) = function.call(target.version) {
            out.push_str(&wrapper(function, call, target));
        }
    }
    out
}

/// ```text
/// #[inline]
/// pub unsafe fn HPy_Add(_ctx: &HPyContext, h1: HPy, h2: HPy) -> HPy {
///     unsafe { HPy { _i: ffi::PyNumber_Add(h1._i, h2._i) } }
/// }
/// ```
fn wrapper(function: &Function, call: &Call, target: &Target) -> String {
    let prototype = &function.prototype;
    let arguments: Vec<_> =
        call.arguments(prototype).iter().map(|argument| argument_in_rust(argument, prototype)).collect();
    let called = format!("ffi::{}({})", call.function, arguments.join(", "));
    let body = match function.error {
        // Some of these CPython functions return nothing.
        ErrorValue::AlwaysNull => format!("{called};\n        HPy_NULL"),
        _ => from_cpython(prototype.result, &called),
    };
    format!(
        "{}#[inline]\npub unsafe fn {}(_ctx: &HPyContext{}){} {{\n    // SAFETY: the caller's promise, passed on.\n    unsafe {{\n        {body}\n    }}\n}}\n\n",
        docs::comment(&docs::function(function, &Abi::CPython(target.clone()))),
        function.name(),
        parameters(prototype),
        result(prototype),
    )
}

fn argument_in_rust(argument: &Argument, prototype: &Prototype) -> String {
    match argument {
        Argument::Null => "core::ptr::null_mut()".to_owned(),
        Argument::Integer(integer) => integer.to_string(),
        Argument::Parameter(name) => {
            let parameter = prototype.parameters.iter().find(|parameter| parameter.name == *name);
            parameter.map_or_else(String::new, |parameter| to_cpython(parameter.of, &identifier(name)))
        }
    }
}
