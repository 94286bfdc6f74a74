// generator/src/emit/c/spelling.rs: how C spells what the table says: declarations, prototypes, and how a header begins.

use crate::model::prototype::Prototype;
use crate::model::types::{Crossing, Type};
use crate::target::Target;

/// How a generated header begins, which is for one CPython, or for all.
pub fn banner(target: Option<&Target>, emitter: &str) -> String {
    let target = target.map_or(String::new(), |target| format!(" for {}", target.name()));
    format!(
        "/* Generated{target} from the table in shims/api by generator/src/emit/{emitter}. Do not edit: change the table. */\n\
         #pragma once\n\n"
    )
}

/// `HPy HPy_Add(HPyContext *ctx, HPy h1, HPy h2)`
pub fn signature(prototype: &Prototype) -> String {
    let parameters: String = declarations(prototype).iter().map(|parameter| format!(", {parameter}")).collect();
    format!("{}(HPyContext *ctx{parameters})", declaration(prototype.result.c, &prototype.name))
}

/// Each parameter but the context.
pub fn declarations(prototype: &Prototype) -> Vec<String> {
    prototype.parameters.iter().map(|parameter| declaration(parameter.of.c, &parameter.name)).collect()
}

/// `const char *name` rather than `const char * name`.
pub fn declaration(of: &str, name: &str) -> String {
    if of.ends_with('*') { format!("{of}{name}") } else { format!("{of} {name}") }
}

/// A HPy value as the argument of a CPython function, in C.
pub fn to_cpython(ty: &Type, value: &str) -> String {
    match ty.crossing {
        Crossing::Handle => format!("_h2py({value})"),
        Crossing::Builder(field) => format!("(PyObject *){value}.{field}"),
        Crossing::Handles => format!("_arr_h2py({value})"),
        Crossing::Cast(c, _) => format!("({c})(void *){value}"),
        Crossing::ThreadState => format!("_h2threads({value})"),
        Crossing::Same
        | Crossing::Integer
        | Crossing::Pointer
        | Crossing::Void
        | Crossing::Opaque
        | Crossing::Addressed => value.to_owned(),
    }
}

/// The result of a CPython function as a HPy value, in C.
pub fn from_cpython(ty: &Type, value: &str) -> String {
    match ty.crossing {
        Crossing::Handle => format!("_py2h({value})"),
        Crossing::Builder(_) => format!("_HPy_WORD({}, (intptr_t){value})", ty.c),
        Crossing::ThreadState => format!("_threads2h({value})"),
        Crossing::Integer => format!("({}){value}", ty.c),
        Crossing::Handles
        | Crossing::Pointer
        | Crossing::Cast(..)
        | Crossing::Same
        | Crossing::Void
        | Crossing::Opaque
        | Crossing::Addressed => value.to_owned(),
    }
}
