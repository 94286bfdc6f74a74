// generator/src/emit/rust/native/context.rs: the context of the native ABI in Rust: constants, and calls for what belongs to
// one interpreter.

use std::fmt::Write as _;

use crate::emit::rust::spelling::{documented, indented};
use crate::model::context::FIRST_MOVED;
use crate::model::{Handle, HandleKind};

/// The context of the native ABI: a member for each constant, and a method for what belongs to one interpreter, or has no
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
pub fn context(handles: &[Handle]) -> String {
    let (calls, constants): (Vec<_>, Vec<_>) = handles.iter().partition(|handle| handle.is_call());
    let mut out = String::from(
        "/// The first argument of every call: in the native ABI, the constants of the interpreter.\n\
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
