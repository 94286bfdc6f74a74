// generator/src/emit/c/loader/conventions.rs: for each calling convention in C in the loader ABIs: the struct that a
// trampoline packs, and the trampoline.

use std::fmt::Write as _;

use crate::emit::c::spelling::{banner, declaration};
use crate::model::packed::{As, Passed, passed};
use crate::model::types::Crossing;
use crate::model::{Api, Signature};

/// `hpy/loader/conventions.h`. A convention without a context has its trampoline in `hpy/loader/trampolines.h`.
pub fn trampolines(api: &Api) -> String {
    let mut out = banner(None, "c/loader/conventions.rs");
    out.push_str("#include \"hpy/hpyfunc.h\"\n#include \"hpy/loader/state.h\"\n\n");
    for signature in api.signatures.iter().filter(|signature| !signature.is_passed_on && !signature.native_only) {
        let _ = writeln!(out, "#define _HPyFunc_IMPL_{}(SYM, IMPL) _HPy_FUNCTION(HPyCFunction, IMPL)", signature.name);
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
///         _HPyFunc_args_O packed = { self, arg, 0 }; \
///         _HPY_CALL_REAL(HPyFunc_O, IMPL, &packed); \
///         return packed.result; \
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
    format!(
        "typedef struct {{ {}; }} {packed};\n#define _HPyFunc_TRAMPOLINE_{name}(SYM, IMPL) \\\n    static {}({parameters}) \\\n    {{ \\\n        \
         {packed} packed = {{ {} }}; \\\n        _HPY_CALL_REAL({name}, IMPL, &packed); \\\n{back}    }}\n",
        fields.join("; "),
        declaration(result, "SYM"),
        values.join(", "),
    )
}
