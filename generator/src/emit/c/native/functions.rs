// generator/src/emit/c/native/functions.rs: the shims of the native ABI in C: each is the CPython call itself, or the body that
// its record gives.

use super::body::body;
use crate::emit::bodies::{self, Bodies};
use crate::emit::c::spelling::{banner, declaration, declarations, signature};
use crate::emit::docs;
use crate::model::body::Body;
use crate::model::{Api, ErrorValue, Fragment, Function, OutOfLine};
use crate::target::Target;
use crate::target::abi::Abi;
use crate::target::pythons::Pythons;

/// `hpy/native/functions.h`
pub fn functions(api: &Api, pythons: &Pythons, target: &Target) -> String {
    let mut out = banner(Some(target), "c/native/functions.rs");
    out.push_str("#include \"hpy/native/convert.h\"\n#include \"hpy/native/layout.h\"\n#include \"hpy/native/target.h\"\n#include \"hpy/hpydef.h\"\n\n");
    shims(&bodies::on(api, pythons, target), target, &mut out);
    out
}

/// `hpy/native/extras.h`
pub fn extras(api: &Api, pythons: &Pythons, target: &Target) -> String {
    let mut out = banner(Some(target), "c/native/functions.rs");
    out.push_str("#include \"hpy/native/functions.h\"\n\n");
    shims(&bodies::of_extras(api, pythons, target), target, &mut out);
    out
}

fn shims(bodies: &Bodies<'_>, target: &Target, out: &mut String) {
    let abi = Abi::CPython(target.clone());
    for (item, code) in &bodies.fragments {
        out.push_str(&fragment(item, code));
    }
    for (function, code) in &bodies.functions {
        out.push_str(&docs::of_c(function, &abi));
        out.push_str(&shim(function, code));
    }
}

/// ```text
/// HPyAPI_FUNC HPy HPy_Add(HPyContext *ctx, HPy h1, HPy h2)
/// {
///     (void)ctx;
///     return _py2h(PyNumber_Add(_h2py(h1), _h2py(h2)));
/// }
/// ```
fn shim(function: &Function, code: &Body) -> String {
    let prototype = &function.prototype;
    let attribute = if function.error == ErrorValue::Fatal { "_HPy_NO_RETURN " } else { "" };
    format!("HPyAPI_FUNC {attribute}{}\n{{\n{}}}\n\n", signature(prototype), body(code, prototype))
}

/// ```text
/// HPyAPI_FUNC bool _HPy_IsInList(PyObject *object, HPy_ssize_t index)
/// ```
fn fragment(fragment: &Fragment, code: &Body) -> String {
    let prototype = &fragment.prototype;
    let attributes = match fragment.out_of_line {
        Some(OutOfLine::Cold) => "_HPy_UNUSED _HPy_COLD static",
        Some(OutOfLine::Slow) => "_HPy_UNUSED _HPy_NOINLINE static",
        None => "HPyAPI_FUNC",
    };
    let head = declaration(prototype.result.c, &prototype.name);
    format!("{attributes} {head}({})\n{{\n{}}}\n\n", declarations(prototype).join(", "), body(code, prototype))
}
