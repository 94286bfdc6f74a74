// generator/src/emit/c/loader/host.rs: the table that the contexts of this project's loader end with, in C.

use std::fmt::Write as _;

use crate::emit::c::spelling::{banner, declaration, declarations};
use crate::model::Api;

/// `hpy/loader/host.h`
///
/// ```text
/// typedef struct {
///     size_t size;
///     HPy (*builtins)(void);
/// } _HPyHostTable;
/// ```
pub fn table(api: &Api) -> String {
    let mut out = banner(None, "c/loader/host.rs");
    out.push_str("#include \"hpy/types.h\"\n\ntypedef struct {\n    size_t size;\n");
    for function in &api.host_functions {
        let prototype = &function.prototype;
        let context = prototype.takes_context.then(|| "HPyContext *ctx".to_owned());
        let all: Vec<_> = context.into_iter().chain(declarations(prototype)).collect();
        let parameters = if all.is_empty() { "void".to_owned() } else { all.join(", ") };
        let pointer = declaration(prototype.result.c, &format!("(*{})", prototype.name));
        let _ = writeln!(out, "    {pointer}({parameters});");
    }
    out.push_str("} _HPyHostTable;\n");
    out
}
