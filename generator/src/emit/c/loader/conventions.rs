// generator/src/emit/c/loader/conventions.rs: for each calling convention in C in the loader ABIs: the struct that a
// trampoline packs, and the trampoline, which packs it or calls the implementation.

use std::fmt::Write as _;

use crate::emit::c::spelling::{banner, declaration};
use crate::model::packed::{As, Passed, Short, passed, short};
use crate::model::types::Crossing;
use crate::model::{Api, Second, Signature};

/// `hpy/loader/conventions.h`. A trampoline that is written is in `hpy/loader/trampolines.h`.
pub fn trampolines(api: &Api) -> String {
    let mut out = banner(None, "c/loader/conventions.rs");
    out.push_str("#include \"hpy/hpyfunc.h\"\n#include \"hpy/loader/state.h\"\n\n");
    for signature in api.signatures.iter().filter(|signature| !signature.is_passed_on) {
        let name = &signature.name;
        let second = match signature.second {
            Some(Second::TypeCall) => "_HPy_FUNCTION(HPyCFunction, SYM##_tp_call)",
            _ => "NULL",
        };
        let _ = writeln!(out, "#define _HPyFunc_SECOND_{name}(SYM, IMPL) {second}");
        let _ = writeln!(out, "#define _HPyFunc_IMPL_{name}(SYM, IMPL) _HPy_FUNCTION(HPyCFunction, IMPL)");
        if let Some(all) = passed(signature) {
            out.push_str(&trampoline(signature, &all));
        }
        out.push('\n');
    }
    out
}

/// ```text
/// typedef struct { cpy_PyObject *self; cpy_PyObject *arg; cpy_PyObject *result; } _HPyFunc_args_O;
/// #define _HPyFunc_TRAMPOLINE_HPyFunc_O(SYM, IMPL) \
///     static cpy_PyObject *SYM(cpy_PyObject *self, cpy_PyObject *arg) \
///     { \
///         if (_HPY_IS_SHORT) { \
///             return _HPY_OBJECT(IMPL(_HPy_context_of_short_calls, _HPY_HANDLE(self), _HPY_HANDLE(arg))); \
///         } else { \
///             _HPyFunc_args_O packed = { self, arg, 0 }; \
///             _HPY_CALL_REAL(HPyFunc_O, IMPL, &packed); \
///             return packed.result; \
///         } \
///     }
/// ```
fn trampoline(signature: &Signature, all: &[Passed<'_>]) -> String {
    let Signature { name, prototype, .. } = signature;
    let packed = name.replacen("HPyFunc_", "_HPyFunc_args_", 1);
    let mut fields = Vec::new();
    let mut values = Vec::new();
    for Passed { name, as_what } in all {
        let of = match as_what {
            As::Object => "cpy_PyObject *",
            As::Objects => "cpy_PyObject *const *",
            As::Value(of) => of.c,
        };
        fields.push(declaration(of, name));
        values.push(*name);
    }
    let parameters = fields.join(", ");
    let result = match prototype.result.crossing {
        Crossing::Handle => "cpy_PyObject *",
        _ => prototype.result.c,
    };
    let back = if prototype.result.is_void() {
        ""
    } else {
        fields.push(declaration(result, "result"));
        values.push("0");
        "            return packed.result; \\\n"
    };
    let (before, after) = match short_call(signature) {
        Some(call) => (
            format!("        if (_HPY_IS_SHORT) {{ \\\n            {call}; \\\n        }} else {{ \\\n"),
            "        } \\\n",
        ),
        None => ("        { \\\n".to_owned(), "        } \\\n"),
    };
    format!(
        "typedef struct {{ {}; }} {packed};\n#define _HPyFunc_TRAMPOLINE_{name}(SYM, IMPL) \\\n    static {}({parameters}) \\\n    {{ \\\n{before}            \
         {packed} packed = {{ {} }}; \\\n            _HPY_CALL_REAL({name}, IMPL, &packed); \\\n{back}{after}    }}\n",
        fields.join("; "),
        declaration(result, "SYM"),
        values.join(", "),
    )
}

/// The call of the implementation, where handles are the objects themselves.
fn short_call(signature: &Signature) -> Option<String> {
    let mut arguments = vec!["_HPy_context_of_short_calls".to_owned()];
    for (name, short) in short(signature)? {
        arguments.push(match short {
            Short::Handle => format!("_HPY_HANDLE({name})"),
            Short::Handles => format!("_HPY_HANDLES({name})"),
            Short::Count => format!("_HPY_COUNT({name})"),
            Short::Value => name.to_owned(),
        });
    }
    let call = format!("IMPL({})", arguments.join(", "));
    Some(match signature.prototype.result.crossing {
        Crossing::Handle => format!("return _HPY_OBJECT({call})"),
        Crossing::Void => call,
        _ => format!("return {call}"),
    })
}
