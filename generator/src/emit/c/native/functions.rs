// generator/src/emit/c/native/functions.rs: the shims of the native ABI in C: each is the CPython call itself.

use crate::emit::c::spelling::{banner, from_cpython, signature, to_cpython};
use crate::model::call::{Argument, Call};
use crate::model::prototype::Prototype;
use crate::model::{Api, ErrorValue, Function};
use crate::target::Target;

/// `hpy/native/functions.h`: one shim for each function that is a single CPython call on this target.
pub fn functions(api: &Api, target: &Target) -> String {
    let mut out = banner(Some(target), "c/native/functions.rs");
    out.push_str("#include \"hpy/native/convert.h\"\n#include \"hpy/native/target.h\"\n\n");
    for function in &api.functions {
        if let Some(call) = function.call(target.version) {
            out.push_str(&shim(function, call));
        }
    }
    out
}

/// ```text
/// HPyAPI_FUNC HPy HPy_Add(HPyContext *ctx, HPy h1, HPy h2)
/// {
///     (void)ctx;
///     return _py2h(PyNumber_Add(_h2py(h1), _h2py(h2)));
/// }
/// ```
fn shim(function: &Function, call: &Call) -> String {
    let prototype = &function.prototype;
    let arguments: Vec<_> =
        call.arguments(prototype).iter().map(|argument| argument_in_c(argument, prototype)).collect();
    let called = format!("{}({})", call.function, arguments.join(", "));
    let body = match function.error {
        // Some of these CPython functions return nothing.
        ErrorValue::AlwaysNull => format!("(void){called};\n    return _py2h(NULL)"),
        _ if prototype.result.is_void() => called,
        _ => format!("return {}", from_cpython(prototype.result, &called)),
    };
    format!("HPyAPI_FUNC {}\n{{\n    (void)ctx;\n    {body};\n}}\n\n", signature(prototype))
}

fn argument_in_c(argument: &Argument, prototype: &Prototype) -> String {
    match argument {
        Argument::Null => "NULL".to_owned(),
        Argument::Integer(integer) => integer.to_string(),
        Argument::Parameter(name) => {
            let parameter = prototype.parameters.iter().find(|parameter| parameter.name == *name);
            parameter.map_or_else(String::new, |parameter| to_cpython(parameter.of, name))
        }
    }
}
