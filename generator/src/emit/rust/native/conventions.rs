// generator/src/emit/rust/native/conventions.rs: the function that CPython calls for each calling convention, in Rust.

use std::fmt::Write as _;

use crate::emit::rust::spelling::{identifier, result};
use crate::model::types::Crossing;
use crate::model::{Api, Signature};

/// The conventions of the native ABI.
pub fn conventions(api: &Api) -> String {
    let mut out = String::from(
        "    use crate::made_definitions::Direct;\n    use crate::native::context;\n    use crate::panic::guard;\n    use crate::*;\n",
    );
    for signature in api.signatures.iter().filter(|signature| signature.by_hand.is_some()) {
        let _ = writeln!(out, "    pub use crate::native::trampolines::{};", signature.name);
    }
    out.push('\n');
    for signature in api.signatures.iter().filter(|signature| signature.by_hand.is_none()) {
        out.push_str(&convention(signature));
    }
    out
}

/// ```text
/// pub trait HPyFunc_BINARYFUNC { const IMPL: implementation::HPyFunc_BINARYFUNC; const DIRECT: Direct = Direct::NONE; }
/// pub unsafe extern "C" fn HPyFunc_BINARYFUNC<I: HPyFunc_BINARYFUNC>(self_: *mut cpy_PyObject, other: *mut cpy_PyObject) -> *mut cpy_PyObject {
///     guard(context(), |ctx| unsafe { I::IMPL(ctx, HPy { _i: self_ }, HPy { _i: other }) })._i
/// }
/// ```
fn convention(signature: &Signature) -> String {
    let (name, prototype) = (&signature.name, &signature.prototype);
    let is_handle = |crossing| crossing == Crossing::Handle;
    let mut cpython = Vec::new();
    let mut arguments = Vec::new();
    for parameter in &prototype.parameters {
        let variable = identifier(&parameter.name);
        let of = if is_handle(parameter.of.crossing) { "*mut cpy_PyObject" } else { parameter.of.rust };
        arguments.push(if is_handle(parameter.of.crossing) {
            format!("HPy {{ _i: {variable} }}")
        } else {
            variable.clone()
        });
        cpython.push(format!("{variable}: {of}"));
    }
    let (output, unwrap) = if is_handle(prototype.result.crossing) {
        (" -> *mut cpy_PyObject".to_owned(), "._i")
    } else {
        (result(prototype), "")
    };
    format!(
        "    pub trait {name} {{\n        const IMPL: implementation::{name};\n        const DIRECT: Direct = Direct::NONE;\n    }}\n    \
         /// # Safety\n    /// CPython calls it, as the convention says.\n    \
         pub unsafe extern \"C\" fn {name}<I: {name}>({}){output} {{\n        \
         // SAFETY: CPython passes what the convention says, for the time of the call.\n        \
         guard(context(), |ctx| unsafe {{ I::IMPL(ctx, {}) }}){unwrap}\n    }}\n\n",
        cpython.join(", "),
        arguments.join(", "),
    )
}
