// generator/src/emit/rust/native/functions.rs: the wrappers of the native ABI in Rust: each is the CPython call itself, or the
// body that its record gives.

use super::body::body;
use super::context::context;
use crate::emit::rust::spelling::{banner, function_result, identifier, parameters, result};
use crate::emit::{bodies, docs};
use crate::model::body::Body;
use crate::model::prototype::Prototype;
use crate::model::{Api, Fragment, Function, OutOfLine};
use crate::target::Target;
use crate::target::abi::Abi;
use crate::target::pythons::Pythons;

/// The file that `src/lib.rs` includes.
pub fn api(api: &Api, pythons: &Pythons, target: &Target) -> String {
    let mut out = banner(Some(&Abi::CPython(target.clone())), "rust/native");
    out.push_str("use native::body::{behind, end, is_null, null};\n\n");
    out.push_str(&context(&api.handles));
    for bodies in [bodies::on(api, pythons, target), bodies::of_extras(api, pythons, target)] {
        for (item, code) in &bodies.fragments {
            out.push_str(&fragment(item, code, api));
        }
        for (function, code) in &bodies.functions {
            out.push_str(&wrapper(function, code, api, target));
        }
    }
    out
}

/// ```text
/// #[inline]
/// pub unsafe fn HPy_Add(_ctx: &HPyContext, h1: HPy, h2: HPy) -> HPy {
///     // SAFETY: the caller's promise, passed on.
///     unsafe {
///         HPy { _i: ffi::PyNumber_Add(h1._i, h2._i) }
///     }
/// }
/// ```
fn wrapper(function: &Function, code: &Body, api: &Api, target: &Target) -> String {
    let prototype = &function.prototype;
    format!(
        "{}#[inline]\npub unsafe fn {}(_ctx: &HPyContext{}){} {{\n{}}}\n\n",
        docs::comment(&docs::function(function, &Abi::CPython(target.clone()))),
        function.name(),
        parameters(prototype),
        function_result(function),
        block(code, prototype, api),
    )
}

/// ```text
/// #[inline(always)]
/// unsafe fn _HPy_IsInList(object: *mut cpy_PyObject, index: HPy_ssize_t) -> bool {
/// ```
fn fragment(fragment: &Fragment, code: &Body, api: &Api) -> String {
    let prototype = &fragment.prototype;
    format!(
        "{}#[{}]\nunsafe fn {}({}){} {{\n{}}}\n\n",
        docs::comment(&format!(
            "{}\n\n# Safety\nEach object is there, or null, and the thread holds the interpreter.",
            fragment.doc
        )),
        match fragment.out_of_line {
            Some(OutOfLine::Cold) => "cold",
            Some(OutOfLine::Slow) => "inline(never)",
            None => "inline(always)",
        },
        identifier(&prototype.name),
        parameters(prototype).trim_start_matches(", "),
        result(prototype),
        block(code, prototype, api),
    )
}

/// The body, in a block that is unsafe where it has to be.
fn block(code: &Body, prototype: &Prototype, api: &Api) -> String {
    // CPython's objects are functions or variables of C.
    let names = code.names();
    if code.is_safe() && !api.handles.iter().any(|handle| names.contains(&handle.cpython)) {
        return body(code, prototype, api, 1);
    }
    let inner = body(code, prototype, api, 2);
    format!("    // SAFETY: the caller's promise, passed on.\n    unsafe {{\n{inner}    }}\n")
}
