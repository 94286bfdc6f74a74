// generator/src/emit/rust/loader/conventions.rs: for each calling convention in the loader ABIs: the implementation as a C
// function, for loaders that call it, and the function for CPython, which calls that, or packs its arguments for the loader.

use std::fmt::Write as _;

use crate::emit::rust::spelling::{identifier, parameters, result};
use crate::model::packed::{As, Passed, Short, passed, short};
use crate::model::types::Crossing;
use crate::model::{Api, Signature};

/// What stands in the module `convention`.
pub fn conventions(api: &Api) -> String {
    let mut out = String::from(
        "    use crate::loader::context::short;\n    use crate::loader::trampolines::count;\n    \
         use crate::made_definitions::{Direct, function};\n    use crate::*;\n",
    );
    let mut packed = String::from(
        "\n    /// The calls that the loader unpacks.\n    mod packed {\n        use crate::loader::trampolines::pack;\n        \
         use crate::*;\n\n",
    );
    let mut real = String::from(
        "\n    /// The implementations as C functions.\n    mod real {\n        use crate::panic::guard;\n        use crate::*;\n\n",
    );
    for signature in api.signatures.iter().filter(|signature| !signature.is_passed_on) {
        match passed(signature) {
            Some(all) => {
                out.push_str(&convention(signature, &all));
                packed.push_str(&packing(signature, &all));
                real.push_str(&implementation(signature));
            }
            None => {
                let _ = writeln!(out, "    pub use crate::loader::trampolines::{};", signature.name);
            }
        }
    }
    real.push_str("    }\n");
    packed.push_str("    }\n");
    out + &packed + &real
}

/// ```text
/// pub unsafe extern "C" fn HPyFunc_O<I: convention::HPyFunc_O>(ctx: &HPyContext, self_: HPy, arg: HPy) -> HPy {
///     guard(ctx, |ctx| unsafe { I::IMPL(ctx, self_, arg) })
/// }
/// ```
fn implementation(signature: &Signature) -> String {
    let (name, prototype) = (&signature.name, &signature.prototype);
    let arguments: String =
        prototype.parameters.iter().map(|parameter| format!(", {}", identifier(&parameter.name))).collect();
    format!(
        "        /// # Safety\n        /// The interpreter calls it, as the convention says.\n        \
         pub unsafe extern \"C\" fn {name}<I: convention::{name}>(ctx: &HPyContext{}){} {{\n            \
         // SAFETY: the interpreter passes what the convention says, for the time of the call.\n            \
         guard(ctx, |ctx| unsafe {{ I::IMPL(ctx{arguments}) }})\n        }}\n\n",
        parameters(prototype),
        result(prototype),
    )
}

/// ```text
/// pub trait HPyFunc_O: Sized {
///     const IMPL: implementation::HPyFunc_O;
///     const DIRECT: Direct = Direct::implementation(function(real::HPyFunc_O::<Self> as *const ()));
/// }
/// pub unsafe extern "C" fn HPyFunc_O<I: HPyFunc_O>(self_: *mut cpy_PyObject, arg: *mut cpy_PyObject) -> *mut cpy_PyObject {
///     unsafe {
///         if let Some(ctx) = short() {
///             return ...;
///         }
///         packed::HPyFunc_O::<I>(self_, arg)
///     }
/// }
/// ```
fn convention(signature: &Signature, all: &[Passed<'_>]) -> String {
    let name = &signature.name;
    let arguments: Vec<_> = all.iter().map(|passed| identifier(passed.name)).collect();
    format!(
        "    pub trait {name}: Sized {{\n        const IMPL: implementation::{name};\n        \
         const DIRECT: Direct = Direct::implementation(function(real::{name}::<Self> as *const ()));\n    }}\n    \
         /// # Safety\n    /// CPython calls it, as the convention says.\n    \
         pub unsafe extern \"C\" fn {name}<I: {name}>({}){} {{\n        \
         // SAFETY: CPython passes what the convention says, for the time of the call.\n        \
         unsafe {{\n{}            packed::{name}::<I>({})\n        }}\n    }}\n\n",
        declared(all).join(", "),
        cpython_result(signature).map_or(String::new(), |result| format!(" -> {result}")),
        short_call(signature),
        arguments.join(", "),
    )
}

/// The parameters of the function for CPython.
fn declared(all: &[Passed<'_>]) -> Vec<String> {
    let of = |as_what| match as_what {
        As::Object => "*mut cpy_PyObject",
        As::Objects => "*const *mut cpy_PyObject",
        As::Value(of) => of.rust,
    };
    all.iter().map(|passed| format!("{}: {}", identifier(passed.name), of(passed.as_what))).collect()
}

/// The result of the function for CPython, if there is one.
fn cpython_result(signature: &Signature) -> Option<&'static str> {
    match signature.prototype.result.crossing {
        Crossing::Void => None,
        Crossing::Handle => Some("*mut cpy_PyObject"),
        _ => Some(signature.prototype.result.rust),
    }
}

/// What packs is not inlined: in a function with a variable whose address goes elsewhere, LLVM makes no tail call of the
/// implementation.
///
/// ```text
/// #[inline(never)]
/// pub unsafe extern "C" fn HPyFunc_O<I: convention::HPyFunc_O>(self_: *mut cpy_PyObject, arg: *mut cpy_PyObject) -> *mut cpy_PyObject {
///     #[repr(C)]
///     struct Packed { self_: *mut cpy_PyObject, arg: *mut cpy_PyObject, result: *mut cpy_PyObject }
///     unsafe { pack(crate::HPyFunc_O, I::DIRECT, Packed { self_, arg, result: core::mem::zeroed() }).result }
/// }
/// ```
fn packing(signature: &Signature, all: &[Passed<'_>]) -> String {
    let name = &signature.name;
    let (parameters, mut values): (_, Vec<_>) =
        (declared(all), all.iter().map(|passed| identifier(passed.name)).collect());
    let mut fields = parameters.clone();
    let (output, back) = match cpython_result(signature) {
        Some(result) => {
            fields.push(format!("result: {result}"));
            values.push("result: core::mem::zeroed()".to_owned());
            (format!(" -> {result}"), ".result")
        }
        None => (String::new(), ";"),
    };
    format!(
        "        /// # Safety\n        /// As of the trampoline.\n        #[inline(never)]\n        \
         pub unsafe extern \"C\" fn {name}<I: convention::{name}>({}){output} {{\n            \
         #[repr(C)]\n            struct Packed {{\n                {}\n            }}\n            \
         // SAFETY: this is how loaders expect the arguments of the convention; all values may be zero.\n            \
         unsafe {{ pack(crate::{name}, I::DIRECT, Packed {{ {} }}){back} }}\n        }}\n\n",
        parameters.join(", "),
        fields.join(", "),
        values.join(", "),
    )
}

/// The call of the implementation, where handles are the objects themselves. It goes through a pointer, which hides the function
/// from rustc's inliner: with its one caller, what it calls becomes part of it, and LLVM then inlines it if it is small, or else
/// jumps to it.
///
/// ```text
/// if let Some(ctx) = short() {
///     let real: unsafe extern "C" fn(&HPyContext, self_: HPy, arg: HPy) -> HPy = real::HPyFunc_O::<I>;
///     return real(ctx, HPy { _i: self_ }, HPy { _i: arg })._i;
/// }
/// ```
fn short_call(signature: &Signature) -> String {
    let Some(all) = short(signature) else { return String::new() };
    let mut arguments = String::new();
    for (name, short) in all {
        let name = identifier(name);
        let _ = match short {
            Short::Handle => write!(arguments, ", HPy {{ _i: {name} }}"),
            Short::Handles => write!(arguments, ", {name}.cast()"),
            Short::Count => write!(arguments, ", count({name})"),
            Short::Value => write!(arguments, ", {name}"),
        };
    }
    let unwrap = if signature.prototype.result.crossing == Crossing::Handle { "._i" } else { "" };
    format!(
        "            if let Some(ctx) = short() {{\n                \
         let real: unsafe extern \"C\" fn(&HPyContext{}){} = real::{}::<I>;\n                \
         return real(ctx{arguments}){unwrap};\n            }}\n",
        parameters(&signature.prototype),
        result(&signature.prototype),
        signature.name
    )
}
