// generator/src/emit/rust/contexts/debug.rs: the functions of the debug context: each checks its arguments, and calls the plain one.

use std::fmt::Write as _;

use super::functions::{argument, declared};
use crate::emit::rust::spelling::{identifier, result};
use crate::model::context::function_member;
use crate::model::prototype::Parameter;
use crate::model::types::Crossing;
use crate::model::{Api, Function};

/// The module `debug`.
pub fn debug(api: &Api) -> String {
    let mut out = String::from(
        "/// The functions of the debug context.\npub mod debug {\n    use super::*;\n    \
         use crate::debug::call::{Call, Callee, Parameter};\n    use crate::debug::checks;\n\n    \
         pub use crate::debug::functions::*;\n\n",
    );
    for function in &api.functions {
        out.push_str(&callee(function));
        if function.debug_by_hand.is_none() {
            out.push_str(&debug_function(function));
        }
    }
    out.push_str("}\n\n");
    out
}

/// ```text
/// pub static HPy_Add: Callee = Callee { name: "HPy_Add", parameters: &[Parameter { name: "h1", takes_null: true, kind: None }] };
/// ```
fn callee(function: &Function) -> String {
    let mut parameters = String::new();
    for parameter in &function.prototype.parameters {
        let kind = match function.unchecked(&parameter.name) {
            Some(of) => format!("Some(checks::{})", of.to_uppercase()),
            None => "None".to_owned(),
        };
        let takes_null = function.on_null(&parameter.name).is_some();
        let _ = write!(
            parameters,
            "Parameter {{ name: \"{}\", takes_null: {takes_null}, kind: {kind} }}, ",
            parameter.name
        );
    }
    let name = function.name();
    format!("    pub static {name}: Callee = Callee {{ name: \"{name}\", parameters: &[{parameters}] }};\n")
}

/// ```text
/// pub unsafe extern "C-unwind" fn ctx_Add(ctx: &Context, h1: HPy, h2: HPy) -> HPy {
///     unsafe {
///         let mut call = Call::enter(ctx, &HPy_Add);
///         let under_h1 = call.object(0, h1);
///         let under_h2 = call.object(1, h2);
///         let given = hpy_sys::HPy_Add(native(), under_h1, under_h2);
///         call.handle(given)
///     }
/// }
/// ```
fn debug_function(function: &Function) -> String {
    let prototype = &function.prototype;
    let mut before = String::new();
    let mut after = String::new();
    let mut arguments = String::new();
    for (position, parameter) in prototype.parameters.iter().enumerate() {
        let name = identifier(&parameter.name);
        let under = format!("under_{}", parameter.name);
        let value = match parameter.of.crossing {
            Crossing::Handle => format!("call.object({position}, {name})"),
            Crossing::Handles => {
                format!("call.objects({position}, {name}, {})", count(&prototype.parameters, position))
            }
            Crossing::Builder(field) => {
                format!("{} {{ {field}: call.built({position}, HPy {{ _i: {name}.{field} }})._i }}", parameter.of.rust)
            }
            _ => {
                let _ = write!(arguments, ", {}", argument(parameter));
                if parameter.of.c == "HPy *" {
                    let _ = writeln!(
                        after,
                        "            if !{name}.is_null() {{\n                *{name} = call.handle(*{name});\n            }}"
                    );
                }
                continue;
            }
        };
        let _ = writeln!(before, "            let {under} = {value};");
        let _ = write!(arguments, ", {under}");
        if function.ends.as_deref() == Some(&parameter.name) {
            let raw = match parameter.of.crossing {
                Crossing::Builder(field) => format!("HPy {{ _i: {name}.{field} }}"),
                _ => name.clone(),
            };
            let _ = writeln!(before, "            call.end({raw});");
        }
        if let Some(shape) = function.name().strip_prefix("_HPy_AsStruct_") {
            let _ = writeln!(before, "            call.has_shape({under}, \"HPyType_BuiltinShape_{shape}\");");
        }
    }
    let back = match prototype.result.crossing {
        Crossing::Handle => "call.handle(given)".to_owned(),
        Crossing::Builder(field) => {
            format!("{} {{ {field}: call.builder(HPy {{ _i: given.{field} }})._i }}", prototype.result.rust)
        }
        _ if matches!(prototype.result.c, "const char *" | "char *") => {
            format!("call.text({}, given)", owner(prototype.parameters.first()))
        }
        _ => "given".to_owned(),
    };
    let native = format!("hpy_sys::{}(native(){arguments})", function.name());
    let run = if prototype.result.is_void() {
        format!("            {native};\n{after}")
    } else {
        format!("            let given = {native};\n{after}            {back}\n")
    };
    let changes = if before.contains("call.objects") { "mut " } else { "" };
    let unused = if before.is_empty() && after.is_empty() && !back.contains("call") { "_" } else { "" };
    format!(
        "    pub unsafe extern \"C-unwind\" fn {}(ctx: &Context{}){} {{\n        \
         // SAFETY: the module's promise, as far as it is not checked here.\n        unsafe {{\n            \
         let {changes}{unused}call = Call::enter(ctx, &{});\n{before}{run}        }}\n    }}\n",
        function_member(function.name()),
        declared(function),
        result(prototype),
        function.name(),
    )
}

/// The number of handles in an array: the count follows it, and for names of keyword arguments there are values more.
fn count(parameters: &[Parameter], position: usize) -> String {
    let count =
        parameters.get(position + 1).map_or("0".to_owned(), |count| format!("{} as usize", identifier(&count.name)));
    match parameters.get(position + 2) {
        Some(names) if names.name == "kwnames" => {
            format!("({count}) + checks::length_of_names({})", identifier(&names.name))
        }
        _ => count,
    }
}

fn owner(first: Option<&Parameter>) -> String {
    first.map_or("HPy_NULL".to_owned(), |parameter| identifier(&parameter.name))
}
