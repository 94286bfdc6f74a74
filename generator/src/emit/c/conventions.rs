// generator/src/emit/c/conventions.rs: for each calling convention in C, the type of an implementation and its declaration.

use std::fmt::Write as _;

use super::spelling::{banner, declaration};
use crate::model::{Api, Signature};

/// `hpy/declarations.h`, the same for every ABI. A convention that is CPython's own is left out.
pub fn declarations(api: &Api) -> String {
    let mut out = banner(None, "c/conventions.rs");
    out.push_str("#include \"hpy/hpyfunc.h\"\n\n");
    for signature in api.signatures.iter().filter(|signature| !signature.is_passed_on) {
        out.push_str(&declared(signature));
        out.push('\n');
    }
    out.push_str("/* The calling convention of each slot. */\n");
    for slot in &api.slots {
        let trampoline = slot.trampoline.as_ref().unwrap_or(&slot.signature);
        let _ = writeln!(out, "#define _HPySlot_SIG__{} {trampoline}", slot.name);
    }
    out
}

/// ```text
/// typedef HPy (*HPyFunc_o)(HPyContext *ctx, HPy self, HPy arg);
/// #define _HPyFunc_DECLARE_HPyFunc_O(SYM) static HPy SYM(struct _HPyContext_s *ctx, HPy self, HPy arg)
/// ```
/// The macro names the struct, since `HPyContext` is another thing to a source in the form of HPy 0.0.2.
fn declared(signature: &Signature) -> String {
    let Signature { name, prototype, typedef, .. } = signature;
    let context = prototype.takes_context.then(|| "HPyContext *ctx".to_owned());
    let others = prototype.parameters.iter().map(|parameter| declaration(parameter.of.c, &parameter.name));
    let parameters = context.into_iter().chain(others).collect::<Vec<_>>().join(", ");
    let declared = parameters.replace("HPyContext *", "struct _HPyContext_s *");
    format!(
        "typedef {}({parameters});\n#define _HPyFunc_DECLARE_{name}(SYM) static {}({declared})\n",
        declaration(prototype.result.c, &format!("(*{typedef})")),
        declaration(prototype.result.c, "SYM"),
    )
}
