// build/emit_universal.rs: the Rust side of the table in the ABIs with a context: the context, and the functions in it.

use std::fmt::Write as _;

use super::abi::Abi;
use super::api::{Api, ErrorValue, Function};
use super::context::{FIRST_LATER, FIRST_MOVED, Member, function_member, members};
use super::emit_docs;
use super::emit_rust::{documented, identifier, indented};
use super::prototype::{Parameter, Prototype};

/// The file that `src/lib.rs` includes: each wrapper is a call through the context.
pub fn api(api: &Api, abi: &Abi) -> String {
    let mut out = format!(
        "// Generated for {} from shims/api/*.toml by build/emit_universal.rs. Do not edit: change the table.\n\n",
        abi.description()
    );
    out.push_str(&context(api));
    for function in &api.functions {
        let is_legacy = matches!(abi, Abi::Universal) && function.is_legacy();
        if !is_legacy && function.loader_by_hand.is_none() {
            out.push_str(&wrapper(function, abi));
        }
    }
    out
}

/// The context as every loader has it, and with what not every loader has, or not at the same place.
///
/// ```text
/// #[repr(C)]
/// pub struct HPyContext {
///     pub name: *const c_char,
///     pub h_None: HPy,
///     pub(crate) ctx_Dup: unsafe extern "C" fn(&HPyContext, HPy) -> HPy,
/// ```
fn context(api: &Api) -> String {
    let mut out = String::from(
        "/// The first argument of every call: the interpreter's constants and functions, as its loader hands them over.\n\
         ///\n\
         /// Its handles are borrowed from the interpreter: they are never closed, and `HPy_Dup` makes one that is.\n\
         #[repr(C)]\npub struct HPyContext {\n\
         \x20   /// The name of the loader's ABI.\n    pub name: *const c_char,\n\
         \x20   /// For the loader's own use.\n    pub _private: *mut c_void,\n\
         \x20   /// The version of the ABI.\n    pub abi_version: c_int,\n",
    );
    let all = members(api);
    let (certain, uncertain): (Vec<_>, Vec<_>) = all.iter().partition(|member| member.index() < FIRST_MOVED);
    for member in &certain {
        out.push_str(&declared(member));
    }
    out.push_str(
        "}\n\n/// The whole context. Which of the members behind the first one are there, `src/loader/context.rs` finds out.\n\
         #[repr(C)]\npub(crate) struct FullContext {\n    pub(crate) certain: HPyContext,\n",
    );
    for member in &uncertain {
        out.push_str(&declared(member));
    }
    out.push_str("}\n\nconst _: () = {\n    const WORD: usize = size_of::<usize>();\n");
    for member in &certain {
        let _ = writeln!(
            out,
            "    assert!(offset_of!(HPyContext, {}) == {} * WORD);",
            member.name(),
            member.index() + BEFORE_MEMBERS
        );
    }
    for member in &uncertain {
        let _ = writeln!(
            out,
            "    assert!(offset_of!(FullContext, {}) == {} * WORD);",
            member.name(),
            member.index() + BEFORE_MEMBERS
        );
    }
    let _ =
        writeln!(out, "    assert!(size_of::<FullContext>() == {} * WORD);\n}};\n", all.len() as i64 + BEFORE_MEMBERS);
    out.push_str("impl HPyContext {\n");
    for handle in api.handles.iter().filter(|handle| handle.index < FIRST_MOVED && handle.is_call()) {
        let _ = write!(
            out,
            "{}    #[inline]\n    pub fn {1}(&self) -> HPy {{\n        self.{1}\n    }}\n",
            indented(&documented(handle)),
            handle.name
        );
    }
    out.push_str("}\n\n");
    out
}

/// The words before the first member: the name, the loader's own, and the version.
pub const BEFORE_MEMBERS: i64 = 3;

fn declared(member: &Member<'_>) -> String {
    match member {
        Member::Handle(handle) if handle.index < FIRST_MOVED && !handle.is_call() => {
            format!("{}    pub {}: HPy,\n", indented(&documented(handle)), handle.name)
        }
        Member::Handle(handle) => format!("    pub(crate) {}: HPy,\n", handle.name),
        Member::Function(function) => {
            format!("    pub(crate) {}: {},\n", member.name(), pointer(&function.prototype, function.error))
        }
    }
}

/// `unsafe extern "C" fn(&HPyContext, HPy) -> HPy`
///
/// What only raises gives nothing: HPy's own declaration has no result either.
fn pointer(prototype: &Prototype, error: ErrorValue) -> String {
    let parameters: String =
        prototype.parameters.iter().map(|parameter| format!(", {}", parameter.of.rust_value())).collect();
    let output = if error == ErrorValue::AlwaysNull { String::new() } else { result(prototype, error) };
    format!("unsafe extern \"C\" fn(&HPyContext{parameters}){output}")
}

fn result(prototype: &Prototype, error: ErrorValue) -> String {
    match error {
        ErrorValue::Fatal => " -> !".to_owned(),
        _ if prototype.result.is_void() => String::new(),
        _ => format!(" -> {}", prototype.result.rust),
    }
}

/// ```text
/// #[inline]
/// pub unsafe fn HPy_Add(ctx: &HPyContext, h1: HPy, h2: HPy) -> HPy {
///     unsafe { (ctx.ctx_Add)(ctx, h1, h2) }
/// }
/// ```
///
/// A member that moved is read through `moved!`, and one that a loader may lack has another function in its place.
fn wrapper(function: &Function, abi: &Abi) -> String {
    let (prototype, name) = (&function.prototype, function.name());
    let member = function_member(name);
    let parameters: String = prototype
        .parameters
        .iter()
        .map(|parameter| format!(", {}: {}", identifier(&parameter.name), parameter.of.rust))
        .collect();
    let arguments: String = prototype.parameters.iter().map(|parameter| format!(", {}", argument(parameter))).collect();
    let body = match function.index {
        ..FIRST_MOVED => format!("(ctx.{member})(ctx{arguments})"),
        FIRST_MOVED..FIRST_LATER => format!("(loader::context::moved!(ctx, {member}))(ctx{arguments})"),
        _ => format!(
            "match loader::context::later!(ctx, {member}) {{\n            \
             Some(function) => function(ctx{arguments}),\n            \
             None => loader::fallback::{name}(ctx{arguments}),\n        }}"
        ),
    };
    let body = if function.error == ErrorValue::AlwaysNull { format!("{body};\n        HPy_NULL") } else { body };
    let visible = if function.is_for_trampolines { "pub(crate)" } else { "pub" };
    format!(
        "{}#[inline]\n{visible} unsafe fn {name}(ctx: &HPyContext{parameters}){} {{\n    // SAFETY: the caller's promise, passed on.\n    unsafe {{\n        {body}\n    }}\n}}\n\n",
        emit_docs::comment(&emit_docs::function(function, abi)),
        result(prototype, function.error),
    )
}

fn argument(parameter: &Parameter) -> String {
    parameter.of.rust_passed(&identifier(&parameter.name))
}
