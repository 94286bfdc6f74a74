// generator/src/emit/rust/contexts/context.rs: the context that this project's loader hands to modules, as a struct.

use std::fmt::Write as _;

use super::functions::value;
use crate::emit::rust::spelling::result;
use crate::model::context::{BEFORE_MEMBERS, FIRST_MOVED, Member, function_member, members};
use crate::model::{Api, Function, Handle};

/// The struct, its functions as a trait's, and how its handles are filled.
///
/// ```text
/// #[repr(C)]
/// pub struct Context {
///     pub name: *const c_char,
///     pub h_None: HPy,
///     pub ctx_Dup: unsafe extern "C-unwind" fn(&Context, HPy) -> HPy,
/// ```
pub fn context(api: &Api) -> String {
    let mut out = String::from(
        "/// What a module of the loader ABIs gets as its first argument of every call.\n#[repr(C)]\npub struct Context {\n\
         \x20   pub name: *const c_char,\n    pub _private: *mut c_void,\n    pub abi_version: c_int,\n\
         \x20   #[cfg(target_pointer_width = \"64\")]\n    pub mark: u32,\n",
    );
    let all = members(api);
    for member in &all {
        let of = match member {
            Member::Handle(_) => "HPy".to_owned(),
            Member::Function(function) => pointer(function),
        };
        let _ = writeln!(out, "    pub {}: {of},", member.name());
    }
    out.push_str(
        "    pub table: &'static HostTable,\n}\n\nconst _: () = {\n    const WORD: usize = size_of::<usize>();\n",
    );
    for member in &all {
        let _ = writeln!(
            out,
            "    assert!(offset_of!(Context, {}) == {} * WORD);",
            member.name(),
            member.index() + BEFORE_MEMBERS
        );
    }
    let _ = writeln!(
        out,
        "    assert!(offset_of!(Context, table) == {} * WORD);\n}};\n",
        all.len() as i64 + BEFORE_MEMBERS
    );
    out.push_str(&functions(api));
    out.push_str(&extras(api));
    out.push_str(&handles(api));
    out.push_str(&names(api));
    out
}

/// `unsafe extern "C-unwind" fn(&Context, HPy) -> HPy`
pub fn pointer(function: &Function) -> String {
    let parameters: String =
        function.prototype.parameters.iter().map(|parameter| format!(", {}", value(parameter.of))).collect();
    format!("unsafe extern \"C-unwind\" fn(&Context{parameters}){}", result(&function.prototype))
}

/// A context with the functions of one module of this file.
fn functions(api: &Api) -> String {
    let mut out = String::from(
        "/// A context with the functions of the module `$functions`, and without handles.\nmacro_rules! context_of {\n    \
         ($functions:ident, $private:expr, $mark:expr, $table:expr) => {\n        Context {\n            \
         name: NAME.as_ptr(),\n            _private: $private,\n            abi_version: HPY_ABI_VERSION,\n            \
         #[cfg(target_pointer_width = \"64\")]\n            mark: $mark,\n            table: $table,\n",
    );
    for handle in &api.handles {
        let _ = writeln!(out, "            {}: HPy_NULL,", handle.name);
    }
    for function in &api.functions {
        let member = function_member(function.name());
        let _ = writeln!(out, "            {member}: $functions::{member},");
    }
    out.push_str("        }\n    };\n}\n\n");
    out
}

/// The table of the extras, and what fills it with the functions of one module of this file.
fn extras(api: &Api) -> String {
    let mut out = String::from(
        "/// The functions that HPy's context lacks. It grows at its end.\n#[repr(C)]\npub struct ExtraTable {\n    \
         pub size: usize,\n",
    );
    for function in &api.extras {
        let _ = writeln!(out, "    pub {}: {},", function_member(function.name()), pointer(function));
    }
    out.push_str(
        "}\n\n/// The extras of the module `$functions`.\nmacro_rules! extras_of {\n    ($functions:ident) => {\n        \
         ExtraTable {\n            size: size_of::<ExtraTable>(),\n",
    );
    for function in &api.extras {
        let member = function_member(function.name());
        let _ = writeln!(out, "            {member}: $functions::{member},");
    }
    out.push_str("        }\n    };\n}\n\n");
    out
}

/// What gives a context its handles.
fn handles(api: &Api) -> String {
    let mut out = String::from(
        "impl Context {\n    /// The handles, made from those of the native context by `of`.\n    \
         pub fn fill(&mut self, native: &HPyContext, mut of: impl FnMut(HPy) -> HPy) {\n",
    );
    for handle in &api.handles {
        let _ = writeln!(out, "        self.{} = of(native.{});", handle.name, read(handle));
    }
    out.push_str("    }\n}\n\n");
    out
}

fn read(handle: &Handle) -> String {
    let is_method = handle.is_call() || handle.index >= FIRST_MOVED;
    format!("{}{}", handle.name, if is_method { "()" } else { "" })
}

/// The names of slots and shapes, for messages.
fn names(api: &Api) -> String {
    let mut out = String::from(
        "/// The name of a slot.\npub fn slot_name(slot: HPySlot_Slot) -> Option<&'static str> {\n    \
         Some(match slot {\n",
    );
    for slot in &api.slots {
        let _ = writeln!(out, "        {0} => \"{0}\",", slot.name);
    }
    out.push_str(
        "        _ => return None,\n    })\n}\n\n/// The name of a builtin shape.\n\
         pub fn shape_name(shape: HPyType_BuiltinShape) -> &'static str {\n    match shape {\n",
    );
    let shapes = api.enums.iter().filter(|found| found.name == "HPyType_BuiltinShape");
    for value in shapes.flat_map(|shapes| &shapes.values) {
        let _ = writeln!(out, "        {0} => \"{0}\",", value.name);
    }
    out.push_str("        _ => \"of no type\",\n    }\n}\n\n");
    out
}
