// generator/src/emit/rust/loader/context.rs: the context of the loader ABIs in Rust, as a loader hands it over.

use std::fmt::Write as _;

use crate::emit::rust::spelling::{context_value, documented, function_result, indented};
use crate::model::context::{BEFORE_MEMBERS, FIRST_MOVED, Member, members};
use crate::model::{Api, ErrorValue, Function};

/// The context as every loader has it, and with what not every loader has, or not at the same place.
///
/// ```text
/// #[repr(C)]
/// pub struct HPyContext {
///     pub name: *const c_char,
///     pub h_None: HPy,
///     pub(crate) ctx_Dup: unsafe extern "C" fn(&HPyContext, HPy) -> HPy,
/// ```
pub fn context(api: &Api) -> String {
    let mut out = String::from(
        "/// The first argument of every call: the interpreter's constants and functions, as its loader hands them over.\n\
         ///\n\
         /// Its handles are borrowed from the interpreter: they are never closed, and `HPy_Dup` makes one that is.\n\
         #[repr(C)]\npub struct HPyContext {\n\
         \x20   /// The name of the loader's ABI.\n    pub name: *const c_char,\n\
         \x20   /// For the loader's own use.\n    pub _private: *mut c_void,\n\
         \x20   /// The version of the ABI.\n    pub abi_version: c_int,\n\
         \x20   /// [`HPy_HOST_MARK`] and flags, if the loader is this project's.\n    #[cfg(target_pointer_width = \"64\")]\n    \
         pub(crate) mark: u32,\n",
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
            "{}    #[inline]\n    pub fn {1}(&self) -> HPy {{\n        \
             // SAFETY: a caller with a context holds the interpreter.\n        \
             loader::context::host().map_or(self.{1}, |host| unsafe {{ (host.{2})() }})\n    }}\n",
            indented(&documented(handle)),
            handle.name,
            handle.name.trim_start_matches("h_").to_lowercase()
        );
    }
    out.push_str("}\n\n");
    out
}

fn declared(member: &Member<'_>) -> String {
    match member {
        Member::Handle(handle) if handle.index < FIRST_MOVED && !handle.is_call() => {
            format!("{}    pub {}: HPy,\n", indented(&documented(handle)), handle.name)
        }
        Member::Handle(handle) => format!("    pub(crate) {}: HPy,\n", handle.name),
        Member::Function(function) => {
            format!("    pub(crate) {}: {},\n", member.name(), pointer(function))
        }
    }
}

/// `unsafe extern "C" fn(&HPyContext, HPy) -> HPy`
///
/// What only raises gives nothing: HPy's own declaration has no result either.
fn pointer(function: &Function) -> String {
    let prototype = &function.prototype;
    let parameters: String =
        prototype.parameters.iter().map(|parameter| format!(", {}", context_value(parameter.of))).collect();
    let output = if function.error == ErrorValue::AlwaysNull { String::new() } else { function_result(function) };
    format!("unsafe extern \"C\" fn(&HPyContext{parameters}){output}")
}
