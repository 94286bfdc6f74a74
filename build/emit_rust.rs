// build/emit_rust.rs: the Rust side of the table in the CPython ABI: the context, and the inline wrappers.

use std::fmt::Write as _;

use super::abi::Abi;
use super::api::{Api, ErrorValue, Function, Handle, HandleKind};
use super::call::{Argument, Call};
use super::context::FIRST_MOVED;
use super::emit_docs;
use super::prototype::Prototype;
use super::target::Target;

/// The file that `src/lib.rs` includes: each wrapper is the CPython call itself.
pub fn api(api: &Api, target: &Target) -> String {
    let mut out = format!(
        "// Generated for {} from shims/api/*.toml by build/emit_rust.rs. Do not edit: change the table.\n\n",
        target.name()
    );
    out.push_str(&context(&api.handles));
    for function in &api.functions {
        if let Some(call) = function.call(target.version) {
            out.push_str(&wrapper(function, call, target));
        }
    }
    out
}

/// The context of the CPython ABI: a member for each constant, and a method for what belongs to one interpreter, or has no
/// certain place in the universal context.
///
/// ```text
/// #[repr(C)]
/// pub struct HPyContext {
///     pub name: *const c_char,
///     pub abi_version: c_int,
///     /// The object `None`.
///     pub h_None: HPy,
/// ```
fn context(handles: &[Handle]) -> String {
    let (calls, constants): (Vec<_>, Vec<_>) = handles.iter().partition(|handle| handle.is_call());
    let mut out = String::from(
        "/// The first argument of every call: in the CPython ABI, the constants of the interpreter.\n\
         ///\n\
         /// Its handles are borrowed from the interpreter: they are never closed, and `HPy_Dup` makes one that is.\n\
         #[repr(C)]\npub struct HPyContext {\n\
         \x20   /// The name of the ABI, `HPy CPython ABI`.\n    pub name: *const c_char,\n\
         \x20   /// The version of the ABI.\n    pub abi_version: c_int,\n\
         \x20   /// Keeps the compiler from reading a handle before it is needed, to keep it across calls.\n    \
         pub(crate) not_frozen: core::cell::UnsafeCell<()>,\n",
    );
    for handle in &constants {
        let visible = if handle.index < FIRST_MOVED { "pub" } else { "pub(crate)" };
        let _ = writeln!(out, "{}    {visible} {}: HPy,", indented(&documented(handle)), handle.name);
    }
    for handle in &calls {
        let _ = writeln!(
            out,
            "    /// What C calls for `{0}`.\n    #[doc(hidden)]\n    pub _{0}: unsafe extern \"C\" fn() -> HPy,",
            handle.name
        );
    }
    out.push_str("}\n\n");
    out.push_str(&order(&calls, &constants));
    out.push_str("impl HPyContext {\n");
    for handle in constants.iter().filter(|handle| handle.index >= FIRST_MOVED) {
        let _ = write!(
            out,
            "{}    #[inline]\n    pub fn {1}(&self) -> HPy {{\n        self.{1}\n    }}\n",
            indented(&documented(handle)),
            handle.name
        );
    }
    for handle in &calls {
        let call = &handle.cpython;
        let _ = write!(
            out,
            "{}    ///\n    /// It is asked of CPython each time, since every interpreter has its own.\n    #[inline]\n    pub fn {}(&self) -> HPy {{\n        \
             // SAFETY: whoever has a context holds the interpreter.\n        HPy {{ _i: unsafe {{ ffi::{call}() }} }}\n    }}\n",
            indented(&documented(handle)),
            handle.name
        );
    }
    out.push_str("\n    /// The context of an extension before its module is initialised.\n    pub(crate) const fn empty() -> HPyContext {\n        HPyContext {\n");
    out.push_str("            name: c\"HPy CPython ABI\".as_ptr(),\n            abi_version: HPY_ABI_VERSION,\n            not_frozen: core::cell::UnsafeCell::new(()),\n");
    for handle in &constants {
        let _ = writeln!(out, "            {}: HPy_NULL,", handle.name);
    }
    for handle in &calls {
        let _ = writeln!(out, "            _{0}: native::{0},", handle.name);
    }
    out.push_str("        }\n    }\n\n    /// Takes the constants over from CPython.\n    ///\n    /// # Safety\n    /// The thread holds the interpreter.\n");
    out.push_str("    pub(crate) unsafe fn fill(&mut self) {\n        // SAFETY: CPython's constants are there for as long as the process.\n        unsafe {\n");
    for handle in &constants {
        let cpython = &handle.cpython;
        let value = match handle.kind {
            HandleKind::Exception => format!("ffi::{cpython}"),
            HandleKind::Type => format!("(&raw mut ffi::{cpython}).cast()"),
            // pyo3-ffi has functions in the place of macros.
            HandleKind::Singleton | HandleKind::Call => format!("ffi::{cpython}()"),
        };
        let _ = writeln!(out, "            self.{} = HPy {{ _i: {value} }};", handle.name);
    }
    out.push_str("        }\n    }\n}\n\n");
    out
}

/// The same that `hpy/native/context.h` asserts for C.
fn order(calls: &[&Handle], constants: &[&Handle]) -> String {
    let mut out = String::from("const _: () = {\n    const WORD: usize = size_of::<usize>();\n");
    let hidden = calls.iter().map(|handle| format!("_{}", handle.name));
    for (index, member) in constants.iter().map(|handle| handle.name.clone()).chain(hidden).enumerate() {
        let _ = writeln!(out, "    assert!(offset_of!(HPyContext, {member}) == {} * WORD);", index + 2);
    }
    out.push_str("};\n\n");
    out
}

pub fn documented(handle: &Handle) -> String {
    emit_docs::comment(&format!(
        "{}\n\nSource: HPy context index {}, CPython `{}`.",
        handle.doc, handle.index, handle.cpython
    ))
}

/// ```text
/// #[inline]
/// pub unsafe fn HPy_Add(_ctx: &HPyContext, h1: HPy, h2: HPy) -> HPy {
///     unsafe { HPy { _i: ffi::PyNumber_Add(h1._i, h2._i) } }
/// }
/// ```
fn wrapper(function: &Function, call: &Call, target: &Target) -> String {
    let prototype = &function.prototype;
    let arguments: Vec<_> =
        call.arguments(prototype).iter().map(|argument| argument_in_rust(argument, prototype)).collect();
    let called = format!("ffi::{}({})", call.function, arguments.join(", "));
    let body = match function.error {
        // Some of these CPython functions return nothing.
        ErrorValue::AlwaysNull => format!("{called};\n        HPy_NULL"),
        _ => prototype.result.rust_result(&called),
    };
    format!(
        "{}#[inline]\npub unsafe fn {}(_ctx: &HPyContext{}){} {{\n    // SAFETY: the caller's promise, passed on.\n    unsafe {{\n        {body}\n    }}\n}}\n\n",
        emit_docs::comment(&emit_docs::function(function, &Abi::CPython(target.clone()))),
        function.name(),
        parameters(prototype),
        result(prototype),
    )
}

fn argument_in_rust(argument: &Argument, prototype: &Prototype) -> String {
    match argument {
        Argument::Null => "core::ptr::null_mut()".to_owned(),
        Argument::Integer(integer) => integer.to_string(),
        Argument::Parameter(name) => {
            let parameter = prototype.parameters.iter().find(|parameter| parameter.name == *name);
            parameter.map_or_else(String::new, |parameter| parameter.of.rust_argument(&identifier(name)))
        }
    }
}

/// The parameters after the context, each with a comma before it.
pub fn parameters(prototype: &Prototype) -> String {
    prototype
        .parameters
        .iter()
        .map(|parameter| format!(", {}: {}", identifier(&parameter.name), parameter.of.rust))
        .collect()
}

/// The result with its arrow, or nothing.
pub fn result(prototype: &Prototype) -> String {
    if prototype.result.is_void() { String::new() } else { format!(" -> {}", prototype.result.rust) }
}

/// A C name as a Rust identifier.
pub fn identifier(name: &str) -> String {
    match name {
        "self" => "self_".to_owned(),
        "type" | "str" | "ref" | "in" | "fn" | "final" | "move" => format!("r#{name}"),
        _ => name.to_owned(),
    }
}

pub fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}
