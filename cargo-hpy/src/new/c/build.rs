// build.rs: compiles the C sources with HPy's headers, which hpy-sys has made for the ABI and the Python of this build.

use std::env;
use std::path::Path;

/// What HPy_MODINIT defines in the ABI of a CPython, and in the others, each with the module's name behind it.
const CPYTHON_ENTRIES: &[&str] = &["PyInit"];
const CONTEXT_ENTRIES: &[&str] =
    &["HPyInit", "HPyInitGlobalContext", "get_required_hpy_major_version", "get_required_hpy_minor_version"];

fn main() {
    println!("cargo::rerun-if-changed=src");
    let include = env::var_os("DEP_HPY_INCLUDE").expect("hpy-sys says where its headers are");
    let abi = env::var("DEP_HPY_ABI").expect("hpy-sys says which ABI it is built for");

    let mut build = cc::Build::new();
    build.file("src/{{module}}.c").extra_warnings(true);
    build.define(&format!("HPY_ABI_{}", abi.to_uppercase()), None);
    match env::var_os("DEP_HPY_PYTHON_INCLUDE") {
        Some(python) => build.include(&include).include(python),
        // Without a Python nobody includes its headers by mistake.
        None => build.include(Path::new(&include).join("hpy/forbid_python_h")).include(&include),
    };
    // Rust exports only functions of its own. Those in src/lib.rs have the names that Python looks for, and call these.
    for entry in if abi == "cpython" { CPYTHON_ENTRIES } else { CONTEXT_ENTRIES } {
        build.define(&format!("{entry}_{{module}}"), format!("{entry}_in_c").as_str());
    }
    build.compile("{{module}}_in_c");
}
