// generator/src/emit/rust/spelling.rs: how Rust spells what the table says: names, parameters, results, comments.

use crate::emit::docs;
use crate::model::prototype::Prototype;
use crate::model::types::{Crossing, Type};
use crate::model::{ErrorValue, Function, Handle};
use crate::target::abi::Abi;

/// How a generated file begins, which is for one ABI, or for all.
pub fn banner(abi: Option<&Abi>, emitter: &str) -> String {
    let abi = abi.map_or(String::new(), |abi| format!(" for {}", abi.description()));
    format!(
        "// Generated{abi} from the table in shims/api by generator/src/emit/{emitter}. Do not edit: change the table.\n\n"
    )
}

/// The parameters after the context, each with a comma before it.
pub fn parameters(prototype: &Prototype) -> String {
    prototype
        .parameters
        .iter()
        .map(|parameter| format!(", {}: {}", identifier(&parameter.name), parameter.of.rust))
        .collect()
}

/// The result of a function with its arrow, or nothing.
pub fn function_result(function: &Function) -> String {
    if function.error == ErrorValue::Fatal { " -> !".to_owned() } else { result(&function.prototype) }
}

/// The result with its arrow, or nothing.
pub fn result(prototype: &Prototype) -> String {
    if prototype.result.is_void() { String::new() } else { format!(" -> {}", prototype.result.rust) }
}

/// A C name as a Rust identifier.
pub fn identifier(name: &str) -> String {
    match name {
        "self" => "self_".to_owned(),
        "type" | "str" | "ref" | "in" | "fn" | "final" | "move" => format!("r#{name}"),
        _ => name.to_owned(),
    }
}

/// The lines one level deeper: an empty one stays empty.
pub fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

pub fn documented(handle: &Handle) -> String {
    docs::comment(&format!(
        "{}\n\nSource: HPy context index {}, CPython `{}`.",
        handle.doc, handle.index, handle.cpython
    ))
}

/// A HPy value as the argument of a CPython function, in Rust.
pub fn to_cpython(ty: &Type, value: &str) -> String {
    match ty.crossing {
        Crossing::Handle | Crossing::ThreadState => format!("{value}._i"),
        Crossing::Builder(field) => format!("{value}.{field}"),
        Crossing::Handles | Crossing::Pointer | Crossing::Cast(..) => format!("{value}.cast()"),
        Crossing::Integer => format!("{value} as _"),
        Crossing::Same | Crossing::Void | Crossing::Opaque | Crossing::Addressed => value.to_owned(),
    }
}

/// The result of a CPython function as a HPy value, in Rust.
pub fn from_cpython(ty: &Type, value: &str) -> String {
    match ty.crossing {
        Crossing::Handle | Crossing::ThreadState => format!("{} {{ _i: {value} }}", ty.rust),
        Crossing::Builder(field) => format!("{} {{ {field}: {value} }}", ty.rust),
        Crossing::Integer => format!("{value} as {}", ty.rust),
        Crossing::Handles
        | Crossing::Pointer
        | Crossing::Cast(..)
        | Crossing::Same
        | Crossing::Void
        | Crossing::Opaque
        | Crossing::Addressed => value.to_owned(),
    }
}

/// The Rust spelling of what a function of the context takes.
pub fn context_value(ty: &Type) -> &'static str {
    if ty.crossing == Crossing::Addressed { ty.c } else { ty.rust }
}

/// A wrapper's argument as that of the function of the context.
pub fn context_argument(ty: &Type, value: &str) -> String {
    if ty.crossing == Crossing::Addressed { format!("core::ptr::read({value})") } else { value.to_owned() }
}
