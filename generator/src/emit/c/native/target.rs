// generator/src/emit/c/native/target.rs: the Python that the headers are for: facts, and a refusal of any other Python.h.

use std::fmt::Write as _;

use crate::emit::c::spelling::banner;
use crate::target::Target;
use crate::target::pythons::Pythons;

/// `hpy/native/target.h`: refuses another Python.h than that of the target, and says which facts hold.
pub fn target(pythons: &Pythons, target: &Target) -> String {
    let mut out = banner(Some(target), "c/native/target.rs");
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
