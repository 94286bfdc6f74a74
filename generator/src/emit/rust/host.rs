// generator/src/emit/rust/host.rs: the table that the contexts of this project's loader end with, in Rust.

use std::fmt::Write as _;

use super::spelling::{banner, identifier, indented, result};
use crate::emit::docs;
use crate::model::Api;

/// What `src/host_table.rs` includes, the same for every ABI.
///
/// ```text
/// pub struct HostTable {
///     pub size: usize,
///     pub builtins: unsafe extern "C" fn() -> HPy,
/// }
/// ```
pub fn table(api: &Api) -> String {
    let mut out = banner(None, "rust/host.rs");
    out.push_str(
        "/// What a context of this project's loader has behind HPy's last member. It grows at its end.\n#[doc(hidden)]\n\
         #[repr(C)]\n#[derive(Clone, Copy)]\npub struct HostTable {\n    /// The size of the table in bytes.\n    pub size: usize,\n",
    );
    for function in &api.host_functions {
        let prototype = &function.prototype;
        let context = prototype.takes_context.then(|| "ctx: &HPyContext".to_owned());
        let others = prototype
            .parameters
            .iter()
            .map(|parameter| format!("{}: {}", identifier(&parameter.name), parameter.of.rust));
        let parameters = context.into_iter().chain(others).collect::<Vec<_>>().join(", ");
        out.push_str(&indented(&docs::comment(&function.doc)));
        let _ = writeln!(out, "    pub {}: unsafe extern \"C\" fn({parameters}){},", prototype.name, result(prototype));
    }
    out.push_str("}\n");
    out
}
