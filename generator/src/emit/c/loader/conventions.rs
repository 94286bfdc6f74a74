// generator/src/emit/c/loader/conventions.rs: for each calling convention in C in the loader ABIs: the struct that a
// trampoline packs, and the trampoline, which calls the implementation or has it packed.

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
///     _HPy_NOINLINE static cpy_PyObject *SYM##_packed(cpy_PyObject *self, cpy_PyObject *arg) \
///     { \
///         _HPyFunc_args_O packed = { self, arg, 0 }; \
///         _HPY_CALL_REAL(HPyFunc_O, IMPL, &packed); \
///         return packed.result; \
///     } \
///     static cpy_PyObject *SYM(cpy_PyObject *self, cpy_PyObject *arg) \
///     { \
///         if (!_HPY_IS_SHORT) { \
///             return SYM##_packed(self, arg); \
///         } \
///         return _HPY_OBJECT(IMPL(_HPy_context_of_short_calls, _HPY_HANDLE(self), _HPY_HANDLE(arg))); \
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
        "        return packed.result; \\\n"
    };
    let short = short_call(signature);
    let (packing, storage) = if short.is_some() { ("SYM##_packed", "_HPy_NOINLINE static") } else { ("SYM", "static") };
    let mut out = format!(
        "typedef struct {{ {}; }} {packed};\n#define _HPyFunc_TRAMPOLINE_{name}(SYM, IMPL) \\\n    {storage} {}({parameters}) \\\n    {{ \\\n        \
         {packed} packed = {{ {} }}; \\\n        _HPY_CALL_REAL({name}, IMPL, &packed); \\\n{back}    }}",
        fields.join("; "),
        declaration(result, packing),
        values.join(", "),
    );
    if let Some(call) = short {
        let call_packing = format!("SYM##_packed({})", values[..all.len()].join(", "));
        let (packed_call, back) = if prototype.result.is_void() {
            (format!("{call_packing}; \\\n            return"), "")
        } else {
            (format!("return {call_packing}"), "return ")
        };
        let _ = write!(
            out,
            " \\\n    static {}({parameters}) \\\n    {{ \\\n        if (!_HPY_IS_SHORT) {{ \\\n            \
             {packed_call}; \\\n        }} \\\n        {back}{call}; \\\n    }}",
            declaration(result, "SYM"),
        );
    }
    out + "\n"
}

/// The call of the implementation, where handles are the objects themselves. What packs is a function of its own: in one with a
/// variable whose address goes elsewhere, GCC makes no tail call.
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
        Crossing::Handle => format!("_HPY_OBJECT({call})"),
        _ => call,
    })
}
