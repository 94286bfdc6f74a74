// cargo-hpy/tests/flags.rs: flags of packagers in the environment, and a Python that is no shared library.

#![cfg(target_os = "linux")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::sdk::{ASSERTIONS, is_there, shared, write_sources};
use common::{cargo_hpy, error_of, folder, python, root, run, skip};
use hpy_pythons::Found;

/// With `-flto` a compiler leaves objects that its own linker alone can read.
#[test]
fn link_time_optimisation_of_the_environment() {
    let Some(python) = python() else { return skip("there is no supported Python with headers") };
    let place = folder("flags_lto");
    write_sources(&place);
    for compiler in ["gcc", "clang"] {
        if !is_there(compiler, Command::new(compiler).arg("--version")) {
            continue;
        }
        let out = place.join(compiler);
        let flags = if compiler == "gcc" { "-O2 -flto=auto -g" } else { "-O2 -flto" };
        let wish = python.path.to_str().unwrap();
        let mut command = cargo_hpy(&["sdk", "--abi", "cpython", "--python", wish, "--out", out.to_str().unwrap()]);
        run(command.env("CFLAGS", flags).env("CC", compiler).env("CARGO_TARGET_DIR", place.join("target")));
        // The extension is linked by a command that knows nothing of it.
        let library = out.join("lib/cpython/libhpy.a");
        let module = place.join(format!("quickstart{}", python.extension_suffix));
        let mut link = Command::new("cc");
        link.args(shared()).args(["-DHPY", "-DHPY_ABI_CPYTHON"]).arg("-I").arg(out.join("include"));
        link.arg("-I")
            .arg(python.include.as_ref().unwrap())
            .arg(place.join("quickstart.c"))
            .arg(library)
            .arg("-o")
            .arg(&module);
        run(&mut link);
        run(Command::new(&python.path).args(["-B", "-c", ASSERTIONS]).env("PYTHONPATH", &place));
    }

    // The C sources of a crate.
    let out = place.join("module");
    let mut command = cargo_hpy(&[
        "build",
        "-p",
        "c-extension",
        "--python",
        python.path.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    run(command.env("CFLAGS", "-O2 -flto=auto").env("CARGO_TARGET_DIR", place.join("target")));
    run(Command::new(&python.path).args(["-B", "-c", "import c_extension"]).env("PYTHONPATH", &out));

    // A flag that the command cannot undo is an error before it writes the SDK.
    let out = place.join("none");
    let mut command = cargo_hpy(&["sdk", "--abi", "universal", "--out", out.to_str().unwrap()]);
    command.env("RUSTFLAGS", "-Clinker-plugin-lto").env("CARGO_TARGET_DIR", place.join("target"));
    let error = error_of(&mut command);
    assert!(
        error.contains("error: an extension for universal cannot be linked with the library that was built:"),
        "{error}"
    );
    assert!(!out.exists());
}

/// Writes a static libpython with one function, and a configuration that names it.
fn static_python(place: &Path, python: &Found) {
    let name = format!("python{}", python.version);
    let text = "void *PyLong_FromLongLong(long long value) { (void)value; return 0; }\n";
    fs::write(place.join("python.c"), text).unwrap();
    run(Command::new("cc").args(["-c", "-fPIC", "python.c", "-o", "python.o"]).current_dir(place));
    run(Command::new("ar").args(["rcs", &format!("lib{name}.a"), "python.o"]).current_dir(place));
    let config = format!(
        "implementation=CPython\nversion={}\nshared=false\nlib_name={name}\nlib_dir={}\n",
        python.version,
        place.display()
    );
    fs::write(place.join("python.cfg"), config).unwrap();
}

/// CPython's configure makes no shared library by default; an extension's library has nothing of the static one.
#[test]
fn a_python_without_a_shared_library() {
    let Some(python) = python() else { return skip("there is no supported Python with headers") };
    let place = folder("flags_static");
    static_python(&place, &python);
    let mut command = Command::new(env!("CARGO"));
    command.args(["rustc", "--package=hpy-sys", "--profile=c-library", "--no-default-features"]).current_dir(root());
    command.args(["--features=cpython,c-library", "--crate-type=staticlib", "--quiet"]);
    command.env("PYO3_CONFIG_FILE", place.join("python.cfg")).env("CARGO_TARGET_DIR", place.join("target"));
    run(command.env("HPY_SYS_PYTHON_INCLUDE", python.include.unwrap()));
    let members = run(Command::new("ar").arg("t").arg(place.join("target/c-library/libhpy_sys.a")));
    assert!(members.contains("arg_parse") && !members.lines().any(|name| name == "python.o"), "{members}");
}

/// The same for a module of a crate that does not turn on `extension-module`.
#[test]
fn a_module_for_a_python_without_a_shared_library() {
    let Some(python) = python().filter(|python| !python.debug) else { return skip("there is no supported Python") };
    let place = folder("flags_static_module");
    static_python(&place, &python);
    let manifest = format!(
        "[package]\nname = \"seven\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n\
         [dependencies]\nhpy-sys = {{ path = \"{}\", default-features = false, features = [\"cpython\", \"std\"] }}\n\n\
         [profile.dev]\ndebug = false\n\n[workspace]\n",
        root().display()
    );
    let source = "use hpy_sys::*;\n\
                  HPyDef_METH!(seven, \"seven\", HPyFunc_NOARGS, |ctx, _self| unsafe { HPyLong_FromLong(ctx, 7) });\n\
                  static DEFINITION: HPyModuleDef = HPyModuleDef!(defines = [seven]);\n\
                  HPy_MODINIT!(seven, DEFINITION);\n";
    fs::create_dir_all(place.join("src")).unwrap();
    fs::create_dir_all(place.join(".cargo")).unwrap();
    fs::write(place.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), place.join("Cargo.lock")).unwrap();
    fs::write(place.join("src/lib.rs"), source).unwrap();
    let config = "[env]\nPYO3_CONFIG_FILE = { value = \"python.cfg\", relative = true }\n";
    fs::write(place.join(".cargo/config.toml"), config).unwrap();
    let mut command = cargo_hpy(&["build", "--python", python.path.to_str().unwrap(), "--out", "out"]);
    run(command.current_dir(&place).env("CARGO_TARGET_DIR", place.join("target")));
    let script = "import seven; assert seven.seven() == 7";
    run(Command::new(&python.path).args(["-B", "-c", script]).env("PYTHONPATH", place.join("out")));
}
