// generator/src/emit/rust/contexts/conventions.rs: how the contexts call an implementation whose arguments a trampoline packed.

use std::fmt::Write as _;

use crate::emit::rust::spelling::identifier;
use crate::model::packed::{As, Passed, passed};
use crate::model::types::Crossing;
use crate::model::{Api, Signature};

/// The function that has an arm for each convention, and the function that each arm calls: without optimisation, the frame of one
/// function has room for the variables of all its arms.
pub fn call_real(api: &Api) -> String {
    let mut out = String::from(
        "/// Calls `function`, whose convention is `signature`, with the arguments at `packed`. How the handles go to the\n\
         /// implementation and its result comes back is the caller's `Crossing`.\n///\n/// # Safety\n/// `packed` is the \
         struct that the trampolines of the convention have, and `function` an implementation of it.\n\
         pub unsafe fn call_packed<C: Crossing>(\n    signature: HPyFunc_Signature,\n    function: HPyCFunction,\n    \
         packed: *mut c_void,\n    crossing: &mut C,\n) -> bool {\n    \
         // SAFETY: the caller's promise.\n    unsafe {\n        match signature {\n",
    );
    let mut functions = String::from("/// The conventions.\nmod called {\n    use super::*;\n\n");
    for signature in api.signatures.iter().filter(|signature| !signature.is_passed_on) {
        if let Some(all) = passed(signature) {
            let _ = writeln!(out, "            {0} => called::{0}(function, packed, crossing),", signature.name);
            functions.push_str(&arm(signature, &all));
        }
    }
    out.push_str("            _ => return false,\n        }\n    }\n    true\n}\n\n");
    out + &functions + "}\n"
}

fn refuses(failure: &str) -> String {
    format!(
        "if !crossing.enters() {{\n                (*packed).result = {failure};\n                return;\n            }}\n            "
    )
}

fn status(has_failed: &str) -> String {
    format!("            (*packed).result = if crossing.status({has_failed}) {{ -1 }} else {{ result }};\n")
}

/// ```text
/// #[inline]
/// pub unsafe fn HPyFunc_O<C: Crossing>(function: HPyCFunction, packed: *mut c_void, crossing: &mut C) {
///     #[repr(C)]
///     struct Packed { self_: HPy, arg: HPy, result: HPy }
///     let packed = packed.cast::<Packed>();
///     let function = transmute::<HPyCFunction, unsafe extern "C-unwind" fn(&Context, HPy, HPy) -> HPy>(function);
///     let (self_, arg) = (crossing.handle((*packed).self_), crossing.handle((*packed).arg));
///     let result = function(crossing.context(), self_, arg);
///     (*packed).result = crossing.result(result);
/// }
/// ```
fn arm(signature: &Signature, all: &[Passed<'_>]) -> String {
    let prototype = &signature.prototype;
    let mut fields = String::new();
    for Passed { name, as_what } in all {
        let of = match as_what {
            As::Object => "HPy",
            As::Objects => "*const HPy",
            As::Value(of) => of.rust,
        };
        let _ = write!(fields, "{}: {of}, ", identifier(name));
    }
    let (result_type, keep, give) = match (prototype.result.crossing, prototype.result.is_void()) {
        (_, true) => (String::new(), "", ""),
        (Crossing::Handle, _) if signature.is_quiet => {
            (" -> HPy".to_owned(), "let result = ", "crossing.result_or_end(result)")
        }
        (Crossing::Handle, _) => (" -> HPy".to_owned(), "let result = ", "crossing.result(result)"),
        _ => (format!(" -> {}", prototype.result.rust), "let result = ", "result"),
    };
    if !give.is_empty() {
        let _ = write!(fields, "result: {}, ", prototype.result.rust);
    }
    let mut lets = String::new();
    let mut types = String::new();
    let mut arguments = String::new();
    let parameters = &prototype.parameters;
    for (position, parameter) in parameters.iter().enumerate() {
        let name = identifier(&parameter.name);
        let is_packed = all.iter().find(|passed| passed.name == parameter.name);
        let before = position.checked_sub(1).map(|before| &parameters[before]);
        let value = match (parameter.of.crossing, is_packed.map(|passed| passed.as_what)) {
            (Crossing::Handle, _) => format!("crossing.handle((*packed).{name})"),
            // The positional arguments of a constructor: the trampoline packed their tuple.
            (Crossing::Handles, Some(As::Object)) => {
                let count = identifier(&parameters[position + 1].name);
                let _ = writeln!(
                    lets,
                    "            let ({name}, {count}) = items((*packed).{name});\n            \
                     let {name} = crossing.handles({name}, {count} as usize);"
                );
                String::new()
            }
            (Crossing::Handles, _) => String::new(),
            (_, None) => String::new(),
            // The count of the arguments comes first, and the values of keyword arguments follow the others.
            _ if before.is_some_and(|before| before.of.crossing == Crossing::Handles) => {
                let array = identifier(&before.expect("it has just been seen").name);
                let names = parameters.get(position + 1).map(|names| identifier(&names.name));
                let keywords = names.map_or(String::new(), |names| format!(" + length((*packed).{names})"));
                let _ = writeln!(
                    lets,
                    "            let {name} = count((*packed).{name});\n            \
                     let {array} = crossing.handles((*packed).{array}, {name}{keywords});"
                );
                String::new()
            }
            // CPython asks for a view with flags, and gives one back without.
            _ if parameter.of.rust == "*mut HPy_buffer" => {
                format!("crossing.buffer((*packed).{name}, {})", parameters.len() > position + 1)
            }
            _ => format!("(*packed).{name}"),
        };
        if !value.is_empty() {
            let _ = writeln!(lets, "            let {name} = {value};");
        }
        let _ = write!(types, ", {}", parameter.of.rust);
        let _ = write!(arguments, ", {name}");
    }
    let mut end = String::new();
    // What returns nothing has no way to refuse.
    let enters = match (prototype.result.crossing, prototype.result.is_void()) {
        (_, true) => String::new(),
        (Crossing::Handle, _) => refuses("HPy_NULL"),
        _ => refuses("-1"),
    };
    end.push_str(&match (prototype.result.crossing, prototype.result.c) {
        (_, "void") => "            crossing.done();\n".to_owned(),
        (Crossing::Handle, _) => format!("            (*packed).result = {give};\n"),
        _ => status("Some(result == -1)"),
    });
    format!(
        "    /// # Safety\n    /// As of [`call_packed`].\n    #[inline]\n    \
         pub unsafe fn {name}<C: Crossing>(function: HPyCFunction, packed: *mut c_void, crossing: &mut C) {{\n        \
         #[repr(C)]\n        struct Packed {{\n            {fields}\n        }}\n        \
         // SAFETY: the caller's promise.\n        unsafe {{\n            \
         let packed = packed.cast::<Packed>();\n            \
{enters}\
         let function = core::mem::transmute::<HPyCFunction, unsafe extern \"C-unwind\" fn(&Context{types}){result_type}>(function);\n\
         {lets}            {keep}function(crossing.context(){arguments});\n{end}        }}\n    }}\n\n",
        name = signature.name,
    )
}
