// generator/src/emit/rust/contexts/debug.rs: the functions of the debug context: each checks its arguments, and calls the plain one.

use std::fmt::Write as _;

use super::functions::{argument, declared};
use crate::emit::rust::spelling::{identifier, result};
use crate::model::context::function_member;
use crate::model::prototype::Parameter;
use crate::model::types::Crossing;
use crate::model::{Api, ErrorValue, Function};

/// The module `debug`.
pub fn debug(api: &Api) -> String {
    let mut out = String::from(
        "/// The functions of the debug context.\npub mod debug {\n    use super::*;\n    \
         use crate::debug::call::{Call, Callee, Parameter, clear};\n    use crate::debug::checks;\n\n    \
         pub use crate::debug::functions::*;\n\n",
    );
    for function in api.all_functions() {
        if !function.anywhere || function.debug_by_hand.is_some() {
            out.push_str(&callee(function));
        }
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
///         if call.fails(true) {
///             return HPy_NULL;
///         }
///         let given = hpy_sys::HPy_Add(native(), under_h1, under_h2);
///         call.handle(given)
///     }
/// }
/// ```
fn debug_function(function: &Function) -> String {
    let prototype = &function.prototype;
    let parameters = &prototype.parameters;
    let mut before = String::new();
    let mut ends = String::new();
    let mut cleared = String::new();
    let mut after = String::new();
    let mut arguments = String::new();
    for (position, parameter) in parameters.iter().enumerate() {
        let name = identifier(&parameter.name);
        let under = format!("under_{}", parameter.name);
        let value = match parameter.of.crossing {
            Crossing::Handle => format!("call.object({position}, {name})"),
            Crossing::Handles => {
                let (given, held) = count(parameters, position);
                format!("call.objects({position}, {name}, {given}, {held})")
            }
            Crossing::Builder(field) => {
                format!("{} {{ {field}: call.built({position}, HPy {{ _i: {name}.{field} }})._i }}", parameter.of.rust)
            }
            _ => {
                let _ = write!(arguments, ", {}", argument(parameter));
                before.push_str(&checked(function, position));
                if parameter.of.c == "HPy *" {
                    let _ = writeln!(cleared, "                clear({name}, HPy_NULL);");
                    let _ = writeln!(after, "            *{name} = call.handle(*{name});");
                } else if parameter.of.c == "void **" {
                    let _ = writeln!(cleared, "                clear({name}, core::ptr::null_mut());");
                }
                continue;
            }
        };
        let _ = writeln!(before, "            let {under} = {value};");
        let _ = write!(arguments, ", {under}");
        if function.ends.as_deref() == Some(&parameter.name) {
            let Crossing::Builder(field) = parameter.of.crossing else { unreachable!("a builder is ended") };
            let _ = writeln!(ends, "            call.end(HPy {{ _i: {name}.{field} }});");
            if !prototype.result.is_void() {
                let _ = writeln!(before, "            call.is_filled(HPy {{ _i: {under}.{field} }});");
            }
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
            format!("call.text({}, given)", owner(parameters.first()))
        }
        _ => "given".to_owned(),
    };
    let native = format!("hpy_sys::{}(native(){arguments})", function.name());
    let run = if prototype.result.is_void() {
        format!("            {native};\n{after}")
    } else {
        match (after.is_empty(), back.as_str()) {
            (true, "given") => format!("            {native}\n"),
            _ => format!("            let given = {native};\n{after}            {back}\n"),
        }
    };
    let raises = !matches!(function.error, ErrorValue::Never | ErrorValue::NullQuiet);
    let fails = if before.is_empty() {
        String::new()
    } else {
        format!(
            "            if call.fails({raises}) {{\n{cleared}                return{};\n            }}\n",
            failure(function)
        )
    };
    if function.anywhere {
        // The thread may be out of the interpreter, and there is nothing to check.
        return format!(
            "    /// # Safety\n    /// As of [`{}`].\n    pub unsafe extern \"C-unwind\" fn {}(_: &Context{}){} {{\n        \
             // SAFETY: the module's promise, passed on.\n        unsafe {{ {native} }}\n    }}\n",
            function.name(),
            function_member(function.name()),
            declared(function),
            result(prototype),
        );
    }
    let changes = if before.is_empty() { "" } else { "mut " };
    let unused = if before.is_empty() && !back.contains("call") { "_" } else { "" };
    format!(
        "    /// # Safety\n    /// As of [`{}`].\n    pub unsafe extern \"C-unwind\" fn {}(ctx: &Context{}){} {{\n        \
         // SAFETY: the module's promise, as far as it is not checked here.\n        unsafe {{\n            \
         let {changes}{unused}call = Call::enter(ctx, &{});\n{before}{fails}{ends}{run}        }}\n    }}\n",
        function.name(),
        function_member(function.name()),
        declared(function),
        result(prototype),
        function.name(),
    )
}

/// The check of an argument that is neither a handle nor a builder.
fn checked(function: &Function, position: usize) -> String {
    let parameters = &function.prototype.parameters;
    let parameter = &parameters[position];
    let name = identifier(&parameter.name);
    let before = position.checked_sub(1).map(|before| &parameters[before]);
    if let Some(Crossing::Builder(field)) = before.map(|builder| builder.of.crossing) {
        let builder = &before.expect("it has just been seen").name;
        return format!("            call.index({position}, HPy {{ _i: under_{builder}.{field} }}, {name});\n");
    }
    if !parameter.is_pointer() || function.on_null(&parameter.name).is_some() {
        return String::new();
    }
    // Text of no length may be anywhere.
    match parameters.get(position + 1) {
        Some(size) if size.of.c == "HPy_ssize_t" && !parameter.of.c.starts_with("HPy") => {
            format!("            call.pointer({position}, {name}.is_null() && {} != 0);\n", identifier(&size.name))
        }
        _ => format!("            call.pointer({position}, {name}.is_null());\n"),
    }
}

/// What a function returns that was called wrongly, with a space before it.
fn failure(function: &Function) -> String {
    let of = function.prototype.result;
    let value = match (of.crossing, of.rust) {
        (Crossing::Void, _) => return String::new(),
        (Crossing::Handle, _) => "HPy_NULL".to_owned(),
        (Crossing::Builder(field), rust) => format!("{rust} {{ {field}: core::ptr::null_mut() }}"),
        _ if function.name().starts_with("_HPy_AsStruct_") => "call.nowhere()".to_owned(),
        (_, "f64") => "-1.0".to_owned(),
        (_, rust) if rust.starts_with("*const") => match function.error {
            ErrorValue::Never => "c\"\".as_ptr()".to_owned(),
            _ => "core::ptr::null()".to_owned(),
        },
        (_, rust) if rust.starts_with("*mut") => "core::ptr::null_mut()".to_owned(),
        _ if function.error == ErrorValue::Never => "0".to_owned(),
        _ if function.error == ErrorValue::MinusTwo => "-2".to_owned(),
        // -1, or the largest number.
        _ => "!0".to_owned(),
    };
    format!(" {value}")
}

/// The number of handles that an array is said to have, and the number in it: the count follows it, and for names of keyword
/// arguments there are values more.
fn count(parameters: &[Parameter], position: usize) -> (String, String) {
    let given = parameters.get(position + 1).map_or("0".to_owned(), |count| identifier(&count.name));
    let more = match parameters.get(position + 2) {
        Some(names) if names.name == "kwnames" => format!("checks::length_of_names({})", identifier(&names.name)),
        _ => "0".to_owned(),
    };
    (format!("{given} as HPy_ssize_t"), more)
}

fn owner(first: Option<&Parameter>) -> String {
    first.map_or("HPy_NULL".to_owned(), |parameter| identifier(&parameter.name))
}
