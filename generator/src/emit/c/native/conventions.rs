// generator/src/emit/c/native/conventions.rs: the function that CPython calls for each calling convention, in C.

use std::fmt::Write as _;

use crate::emit::c::spelling::{banner, declaration};
use crate::model::types::{Crossing, Type};
use crate::model::{Api, Second, Signature};

/// `hpy/native/conventions.h`, the same for every target.
pub fn trampolines(api: &Api) -> String {
    let mut out = banner(None, "c/native/conventions.rs");
    out.push_str(
        "#include \"hpy/native/context.h\"\n#include \"hpy/native/convert.h\"\n#include \"hpy/hpyfunc.h\"\n\n",
    );
    for signature in api.signatures.iter().filter(|signature| !signature.is_passed_on) {
        let name = &signature.name;
        let second = match signature.second {
            Some(Second::Direct) => "_HPy_FUNCTION(HPyCFunction, SYM##_direct)",
            Some(Second::TypeCall) => "_HPy_FUNCTION(HPyCFunction, SYM##_tp_call)",
            Some(Second::Implementation) => "_HPy_FUNCTION(HPyCFunction, IMPL)",
            Some(Second::Dealloc | Second::Deallocs) => "_HPy_FUNCTION(HPyCFunction, SYM##_dealloc)",
            None => "NULL",
        };
        let third = match signature.second {
            Some(Second::Deallocs) => "_HPy_FUNCTION(HPyCFunction, SYM##_dealloc_destroy)",
            _ => "NULL",
        };
        let implementation = if signature.impl_is_implementation { "IMPL" } else { "SYM##_called" };
        let _ = writeln!(out, "#define _HPyFunc_SECOND_{name}(SYM, IMPL) {second}");
        let _ = writeln!(out, "#define _HPyFunc_THIRD_{name}(SYM) {third}");
        let _ = writeln!(out, "#define _HPyFunc_IMPL_{name}(SYM, IMPL) _HPy_FUNCTION(HPyCFunction, {implementation})");
        if signature.by_hand.is_none() {
            out.push_str(&trampoline(signature));
        }
        out.push('\n');
    }
    out
}

/// The trampoline, and the implementation for whoever calls the definition's `impl`: it calls the trampoline, so that the
/// implementation has one caller, and becomes part of it.
///
/// ```text
/// #define _HPyFunc_TRAMPOLINE_HPyFunc_BINARYFUNC(SYM, IMPL) \
///     _HPy_NOINLINE static PyObject *SYM(PyObject *self, PyObject *other) \
///     { \
///         return _h2py(IMPL(&_HPy_context, _py2h(self), _py2h(other))); \
///     } \
///     _HPy_UNUSED static HPy SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy self, HPy other) \
///     { \
///         return _py2h(SYM(_h2py(self), _h2py(other))); \
///     }
/// ```
fn trampoline(signature: &Signature) -> String {
    let Signature { name, prototype, .. } = signature;
    let mut parameters = Vec::new();
    let mut arguments = vec!["&_HPy_context".to_owned()];
    let (mut handles, mut back) = (vec!["struct _HPyContext_s *_HPy_UNUSED_ARG(ctx)".to_owned()], Vec::new());
    for parameter in &prototype.parameters {
        let (of, argument) = of_cpython(parameter.of, &parameter.name);
        parameters.push(declaration(of, &parameter.name));
        arguments.push(argument);
        handles.push(declaration(parameter.of.c, &parameter.name));
        back.push(to_cpython(parameter.of, &parameter.name));
    }
    let call = format!("IMPL({})", arguments.join(", "));
    let (result, body) = match prototype.result.crossing {
        Crossing::Handle => ("PyObject *", format!("return _h2py({call})")),
        Crossing::Void => ("void", call),
        _ => (prototype.result.c, format!("return {call}")),
    };
    let call = format!("SYM({})", back.join(", "));
    let called = match prototype.result.crossing {
        Crossing::Handle => format!("return _py2h({call})"),
        Crossing::Void => call,
        _ => format!("return {call}"),
    };
    format!(
        "#define _HPyFunc_TRAMPOLINE_{name}(SYM, IMPL) \\\n    _HPy_NOINLINE static {}({}) \\\n    {{ \\\n        {body}; \\\n    }} \\\n    \
         _HPy_UNUSED static {}({}) \\\n    {{ \\\n        {called}; \\\n    }}\n",
        declaration(result, "SYM"),
        parameters.join(", "),
        declaration(prototype.result.c, "SYM##_called"),
        handles.join(", "),
    )
}

/// A parameter of the implementation as CPython has it.
fn to_cpython(of: &'static Type, name: &str) -> String {
    match (of.crossing, of.c) {
        (Crossing::Handle, _) => format!("_h2py({name})"),
        (_, "HPy_RichCmpOp") => format!("(int){name}"),
        _ => name.to_owned(),
    }
}

/// The type that CPython has for a parameter, and what the implementation gets of it.
fn of_cpython(of: &'static Type, name: &str) -> (&'static str, String) {
    match (of.crossing, of.c) {
        (Crossing::Handle, _) => ("PyObject *", format!("_py2h({name})")),
        // CPython has no type for the operator.
        (_, "HPy_RichCmpOp") => ("int", format!("(HPy_RichCmpOp){name}")),
        (_, c) => (c, name.to_owned()),
    }
}
