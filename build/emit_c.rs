// build/emit_c.rs: the C side of the table: `static inline` shims that are the CPython call, the context, the constants.

use std::fmt::Write as _;

use super::api::{Api, ErrorValue, Function};
use super::call::{Argument, Call};
use super::prototype::Prototype;
use super::pythons::Pythons;
use super::target::Target;

/// `hpy/native/functions.h`: one shim for each function that is a single CPython call on this target.
pub fn functions(api: &Api, target: &Target) -> String {
    let mut out = banner(target, "emit_c.rs");
    out.push_str("#include \"hpy/native/convert.h\"\n#include \"hpy/native/target.h\"\n\n");
    for function in &api.functions {
        if let Some(call) = function.call(target.version) {
            out.push_str(&shim(function, call));
        }
    }
    out
}

/// ```text
/// HPyAPI_FUNC HPy HPy_Add(HPyContext *ctx, HPy h1, HPy h2)
/// {
///     (void)ctx;
///     return _py2h(PyNumber_Add(_h2py(h1), _h2py(h2)));
/// }
/// ```
fn shim(function: &Function, call: &Call) -> String {
    let prototype = &function.prototype;
    let arguments: Vec<_> =
        call.arguments(prototype).iter().map(|argument| argument_in_c(argument, prototype)).collect();
    let called = format!("{}({})", call.function, arguments.join(", "));
    let body = match function.error {
        // Some of these CPython functions return nothing.
        ErrorValue::AlwaysNull => format!("(void){called};\n    return _py2h(NULL)"),
        _ if prototype.result.is_void() => called,
        _ => format!("return {}", prototype.result.c_result(&called)),
    };
    format!("HPyAPI_FUNC {}\n{{\n    (void)ctx;\n    {body};\n}}\n\n", signature(prototype))
}

/// `HPy HPy_Add(HPyContext *ctx, HPy h1, HPy h2)`
pub fn signature(prototype: &Prototype) -> String {
    let parameters: String = prototype
        .parameters
        .iter()
        .map(|parameter| format!(", {}", declaration(parameter.of.c, &parameter.name)))
        .collect();
    format!("{}(HPyContext *ctx{parameters})", declaration(prototype.result.c, &prototype.name))
}

/// `const char *name` rather than `const char * name`.
pub fn declaration(of: &str, name: &str) -> String {
    if of.ends_with('*') { format!("{of}{name}") } else { format!("{of} {name}") }
}

fn argument_in_c(argument: &Argument, prototype: &Prototype) -> String {
    match argument {
        Argument::Null => "NULL".to_owned(),
        Argument::Integer(integer) => integer.to_string(),
        Argument::Parameter(name) => {
            let parameter = prototype.parameters.iter().find(|parameter| parameter.name == *name);
            parameter.map_or_else(String::new, |parameter| parameter.of.c_argument(name))
        }
    }
}

/// `hpy/native/context.h`: the context of the CPython ABI, in the order of the context's indices.
///
/// What belongs to one interpreter is a call at the end, under the name of a member.
pub fn context(api: &Api, target: &Target) -> String {
    let mut out = banner(target, "emit_c.rs");
    out.push_str("#include \"hpy/types.h\"\n\nstruct _HPyContext_s {\n    const char *name;\n    int abi_version;\n");
    let (calls, constants): (Vec<_>, Vec<_>) = api.handles.iter().partition(|handle| handle.is_call());
    for handle in &constants {
        let _ = writeln!(out, "    HPy {};", handle.name);
    }
    for handle in &calls {
        let _ = writeln!(out, "    HPy (*_{})(void);", handle.name);
    }
    out.push_str("};\n\n");
    for handle in &calls {
        let _ = writeln!(out, "#define {0} _{0}()", handle.name);
    }
    out.push_str(
        "\n/* The one context of the extension, which its module initialisation fills. */\n\
         #if defined(__cplusplus)\nextern \"C\"\n#else\nextern\n#endif\n_HPy_HIDDEN HPyContext _HPy_context;\n\n\
         #define _HPY_CONTEXT_MEMBER(member, index) \\\n    _HPy_STATIC_ASSERT( \\\n        \
         offsetof(HPyContext, member) == ((index) + 2) * sizeof(void *), \"the library has \" #member \" elsewhere\")\n",
    );
    let hidden = calls.iter().map(|handle| format!("_{}", handle.name));
    for (index, member) in constants.iter().map(|handle| handle.name.clone()).chain(hidden).enumerate() {
        let _ = writeln!(out, "_HPY_CONTEXT_MEMBER({member}, {index});");
    }
    out
}

/// `hpy/native/target.h`: refuses another Python.h than that of the target, and says which facts hold.
pub fn target(pythons: &Pythons, target: &Target) -> String {
    let mut out = banner(target, "emit_c.rs");
    out.push_str(&right_python(target));
    let tag = target.tag();
    let _ = write!(
        out,
        "\n/* The library of another Python does not have this. */\n#define _HPyModule_Init _HPyModule_Init_{tag}\n\n"
    );
    for fact in pythons.facts.iter().filter(|fact| fact.holds(target)) {
        let _ = writeln!(out, "#define HPY_CPYTHON_{} 1", fact.name.to_uppercase());
    }
    out
}

/// `hpy/constants.h`: enumerations and macros, the same for every target.
pub fn constants(api: &Api) -> String {
    let mut out = String::from(
        "/* Generated from the table in shims/api by build/emit_c.rs. Do not edit: change the table. */\n#pragma once\n\n",
    );
    for of in &api.enums {
        let members: Vec<_> =
            of.values.iter().map(|member| format!("    {} = {}", member.name, member.value)).collect();
        let _ = write!(out, "typedef enum {{\n{}\n}} {};\n\n", members.join(",\n"), of.name);
    }
    let slots: Vec<_> = api.slots.iter().map(|slot| format!("    {} = {}", slot.name, slot.number)).collect();
    let _ = write!(out, "typedef enum {{\n{}\n}} HPySlot_Slot;\n\n", slots.join(",\n"));
    let signatures: Vec<_> =
        api.signatures.iter().map(|signature| format!("    {} = {}", signature.name, signature.number)).collect();
    let _ = write!(out, "typedef enum {{\n{}\n}} HPyFunc_Signature;\n\n", signatures.join(",\n"));
    for constant in &api.constants {
        let suffix = if constant.c_type.starts_with("unsigned") { "UL" } else { "" };
        let defined = format!("{} {}{suffix}", constant.name, constant.value);
        let _ = match constant.cpython_only {
            true => writeln!(
                out,
                "#ifdef HPY_ABI_CPYTHON\n#  define {defined}\n#else\n#  define {} 0{suffix}\n#endif",
                constant.name
            ),
            false => writeln!(out, "#define {defined}"),
        };
    }
    out
}

/// How a generated header begins.
pub fn banner(target: &Target, generator: &str) -> String {
    format!(
        "/* Generated for {} from the table in shims/api by build/{generator}. Do not edit: change the table. */\n#pragma once\n\n",
        target.name()
    )
}

/// Refuses the headers of another Python than the one these shims were generated for.
fn right_python(target: &Target) -> String {
    let number =
        format!("PY_MAJOR_VERSION != {} || PY_MINOR_VERSION != {}", target.version.major, target.version.minor);
    let threads = if target.free_threaded { "!defined(Py_GIL_DISABLED)" } else { "defined(Py_GIL_DISABLED)" };
    let (debug, found, remedy) = if target.debug {
        // GCC follows the links out of a folder of system headers, which lead to those of the release build on Debian.
        (
            "!defined(Py_DEBUG)",
            "a release build",
            "name its folder with -I and not with -isystem, or generate them again",
        )
    } else {
        ("defined(Py_DEBUG)", "a debug build", "generate them again")
    };
    let these = format!("these headers were generated for {}, and Python.h is", target.name());
    format!(
        "#include <Python.h>\n#if {number} || {threads}\n#  error \"{these} another one: generate them again\"\n\
         #elif {debug}\n#  error \"{these} that of {found}: {remedy}\"\n#endif\n"
    )
}
