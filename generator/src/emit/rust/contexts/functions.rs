// generator/src/emit/rust/contexts/functions.rs: the functions of the plain context: each calls the wrapper of the native ABI.

use super::context::context;
use super::conventions;
use super::debug::debug;
use super::trace::trace;
use crate::emit::rust::spelling::{banner, context_value, identifier, result};
use crate::model::context::function_member;
use crate::model::prototype::Parameter;
use crate::model::types::{Crossing, Type};
use crate::model::{Api, Function};

/// The file that the loader includes.
pub fn contexts(api: &Api) -> String {
    let mut out = banner(None, "rust/contexts");
    out.push_str(&context(api));
    out.push_str(&plain(api));
    out.push_str(&debug(api));
    out.push_str(&trace(api));
    out.push_str(&conventions::call_real(api));
    out
}

fn plain(api: &Api) -> String {
    let mut out = String::from(
        "/// The functions of the plain context.\npub mod plain {\n    use super::*;\n\n    pub use crate::plain::*;\n\n",
    );
    for function in api.all_functions().filter(|function| function.context_by_hand.is_none()) {
        out.push_str(&plain_function(function));
    }
    out.push_str("}\n\n");
    out
}

/// ```text
/// pub unsafe extern "C-unwind" fn ctx_Add(_: &Context, h1: HPy, h2: HPy) -> HPy {
///     unsafe { HPy_Add(native(), h1, h2) }
/// }
/// ```
fn plain_function(function: &Function) -> String {
    let prototype = &function.prototype;
    let arguments: String = prototype.parameters.iter().map(|parameter| format!(", {}", argument(parameter))).collect();
    format!(
        "    /// # Safety\n    /// As of [`{}`].\n    pub unsafe extern \"C-unwind\" fn {}(_: &Context{}){} {{\n        \
         // SAFETY: the module's promise, passed on.\n        unsafe {{ {}(native(){arguments}) }}\n    }}\n",
        function.name(),
        function_member(function.name()),
        declared(function),
        result(prototype),
        function.name(),
    )
}

/// The parameters of a function of a context, each with a comma before it.
pub fn declared(function: &Function) -> String {
    let parameters = function.prototype.parameters.iter();
    parameters.map(|parameter| format!(", {}: {}", identifier(&parameter.name), value(parameter.of))).collect()
}

/// The type of what a function of a context gets. A module may pass a null pointer where Rust has a reference.
pub fn value(of: &Type) -> &'static str {
    if of.rust == REFERENCE && of.crossing != Crossing::Addressed { "*const HPyGlobal" } else { context_value(of) }
}

const REFERENCE: &str = "&HPyGlobal";

/// What a context's function passes on to that of the native ABI.
pub fn argument(parameter: &Parameter) -> String {
    let name = identifier(&parameter.name);
    match parameter.of.crossing {
        Crossing::Addressed => format!("&{name}"),
        _ if parameter.of.rust == REFERENCE => format!("&*{name}"),
        _ => name,
    }
}
