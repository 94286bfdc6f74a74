// cargo-hpy/tests/build_errors.rs: what `cargo hpy build` says when it cannot build a module, and what it leaves: nothing.

#![cfg(unix)]

mod common;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{both, cargo_hpy, cargo_hpy_alone, error_of, folder, real_cargo, root, run, skip, stand_in};

/// `cargo hpy build` on a machine whose only commands are those in `path`, and cargo.
fn build_alone(path: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo_hpy_alone(path, &[&["build", "-p", "quickstart"], arguments].concat());
    real_cargo(&mut command, path);
    command
}

#[test]
fn the_package_cannot_be_found() {
    let error = error_of(&mut cargo_hpy(&["build", "-p", "quickstop"]));
    let start = format!(
        "error: there is no package `quickstop` in {}/Cargo.toml\n  = help: take one of its extensions: ",
        root().display()
    );
    assert!(error.starts_with(&start) && error.contains("`quickstart`"), "{error}");

    let error = error_of(&mut cargo_hpy(&["build"]));
    assert!(error.starts_with("error: package `hpy-sys` is no extension, and its workspace has `"), "{error}");
    assert!(error.contains("\n  = help: name the one to build: cargo hpy build -p "), "{error}");

    assert_eq!(
        error_of(&mut cargo_hpy(&["build", "-p", "hpy-pythons"])),
        format!(
            "error: package `hpy-pythons` is no extension: it has no library of the type cdylib\n  \
             = help: write in {}/pythons/Cargo.toml:\n\n[lib]\ncrate-type = [\"cdylib\"]\n",
            root().display()
        )
    );
    let help = "  = help: give the folder of an extension crate: cargo hpy build PATH\n";
    assert_eq!(error_of(&mut cargo_hpy(&["build", "docs"])), format!("error: there is no Cargo.toml in docs\n{help}"));
    let error = error_of(&mut cargo_hpy(&["build", "nowhere"]));
    assert_eq!(error, format!("error: nowhere: No such file or directory (os error 2)\n{help}"));
    let error = error_of(&mut cargo_hpy(&["build", "README.md"]));
    assert_eq!(error, format!("error: README.md is no Cargo.toml, and no folder with one\n{help}"));

    let elsewhere = env::temp_dir().canonicalize().unwrap();
    assert_eq!(
        error_of(cargo_hpy(&["build"]).current_dir(&elsewhere)),
        format!(
            "error: there is no Cargo.toml in {} or above it\n  \
             = help: change to the folder of an extension crate, or name it: cargo hpy build PATH\n",
            elsewhere.display()
        )
    );
}

#[test]
fn the_abi_and_the_python_do_not_fit() {
    let output = cargo_hpy(&["build", "-p", "quickstart", "--abi", "stable"]).output().unwrap();
    let said = both(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.starts_with("error: invalid value 'stable' for '--abi <ABI>'\n  [possible values: cpython, "),
        "{said}"
    );

    let path = folder("build_python");
    assert_eq!(
        error_of(&mut build_alone(&path, &["--abi", "universal", "--python", "3.12"])),
        "error: --python 3.12: a universal module is for no Python in particular\n  \
         = help: leave --python out, or build for that one: --abi cpython or --abi hybrid\n"
    );
    for abi in ["cpython", "hybrid"] {
        let error = error_of(&mut build_alone(&path, &["--abi", abi]));
        assert!(error.starts_with("error: no Python was found\n  = help: install a CPython "), "{error}");
    }
    stand_in(&path.join("python3.8"), "CPython", "3.8.18");
    for abi in ["cpython", "hybrid"] {
        let error = error_of(&mut build_alone(&path, &["--abi", abi, "--python", "3.8"]));
        assert!(error.starts_with("error: --python 3.8: this is CPython 3.8.18 ("), "{error}");
    }
}

/// The functions that modules are made of.
const MODULE: &str = "
use hpy_sys::*;

HPyDef_METH!(seven, \"seven\", HPyFunc_NOARGS, |ctx, _self| unsafe { SEVEN });
static DEFINITION: HPyModuleDef = HPyModuleDef!(doc = \"Seven.\", defines = [seven]);
";

/// Extensions of a workspace of their own, each with one thing that is special.
struct Extensions {
    folder: PathBuf,
    out: PathBuf,
}

impl Extensions {
    fn write(folder: PathBuf) -> Extensions {
        let extensions = Extensions { out: folder.join("out"), folder };
        let profile = "[profile.dev]\ndebug = false\n";
        extensions.file("Cargo.toml", &format!("[workspace]\nmembers = [\"*-crate\"]\nresolver = \"3\"\n{profile}"));
        fs::copy(root().join("Cargo.lock"), extensions.folder.join("Cargo.lock")).unwrap();
        let features =
            "default = [\"cpython\"]\ncpython = [\"hpy-sys/cpython\"]\nuniversal = [\"hpy-sys/universal\"]\n";
        let seven = MODULE.replace("SEVEN", "HPyLong_FromLong(ctx, 7)");
        let legacy = MODULE.replace("SEVEN", "HPy_FromPyObject(ctx, std::ptr::null_mut())");
        let one = "HPy_MODINIT!(one, DEFINITION);\n";
        let two = "mod other { use super::*; HPy_MODINIT!(two, DEFINITION); }\n";
        extensions.add("legacy", "default-features = false", features, &format!("{legacy}{one}"));
        extensions.add("empty", "default-features = false", features, &seven);
        extensions.add("several", "default-features = false", features, &format!("{seven}{one}{two}"));
        extensions.add("plain", "features = []", "", &format!("{seven}{one}"));
        extensions.add(
            "wrong",
            "default-features = false, features = [\"cpython\"]",
            "universal = []",
            &format!("{seven}{one}"),
        );
        extensions
    }

    fn file(&self, name: &str, text: &str) {
        let file = self.folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn add(&self, name: &str, dependency: &str, features: &str, source: &str) {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n\
             [dependencies]\nhpy-sys = {{ path = \"{}\", {dependency} }}\n\n[features]\n{features}\n",
            root().display()
        );
        self.file(&format!("{name}-crate/Cargo.toml"), &manifest);
        self.file(&format!("{name}-crate/src/lib.rs"), source);
    }

    fn build(&self, arguments: &[&str]) -> Command {
        let mut command = cargo_hpy(&[&["build", "--out", self.out.to_str().unwrap()], arguments].concat());
        command.current_dir(&self.folder).env("CARGO_TARGET_DIR", self.folder.join("target"));
        command
    }

    fn written(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(&self.out) else { return Vec::new() };
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[test]
fn the_crate_is_not_what_the_abi_needs() {
    let extensions = Extensions::write(folder("build_crates"));
    let shown = extensions.folder.canonicalize().unwrap();
    let shown = shown.display();
    assert_eq!(
        error_of(&mut extensions.build(&[])),
        format!(
            "error: {shown}/Cargo.toml has several extensions: `empty`, `legacy`, `plain`, `several`, `wrong`\n  \
             = help: name the one to build: cargo hpy build -p empty\n"
        )
    );
    assert_eq!(
        error_of(&mut extensions.build(&["-p", "plain", "--abi", "universal"])),
        format!(
            "error: package `plain` has no feature `universal`, which would choose that ABI\n  \
             = help: write in {shown}/plain-crate/Cargo.toml:\n\n\
             [dependencies]\n\
             hpy-sys = {{ path = \"{}\", default-features = false, features = [\"std\"] }}\n\n\
             [features]\n\
             default = [\"cpython\"]\n\
             cpython = [\"hpy-sys/cpython\", \"hpy-sys/extension-module\"]\n\
             universal = [\"hpy-sys/universal\"]\n\
             hybrid = [\"hpy-sys/hybrid\", \"hpy-sys/extension-module\"]\n",
            root().display()
        )
    );
    let error = error_of(&mut extensions.build(&["-p", "legacy", "--abi", "universal"]));
    assert!(
        error.contains("error[E0277]: legacy calls cannot be used in the universal ABI")
            && error.contains("= help: solve what the compiler says"),
        "{error}"
    );
    let error = error_of(&mut extensions.build(&["-p", "empty", "--abi", "universal"]));
    assert!(
        error.contains("\nerror: the library has no module: ") && error.contains(" exports no HPyInit_NAME\n"),
        "{error}"
    );
    assert!(error.contains("\n  = help: define one: HPy_MODINIT!(name, DEFINITION); "), "{error}");
    assert_eq!(extensions.written(), [] as [&str; 0]);

    // Each module of a library is put in place.
    run(&mut extensions.build(&["-p", "several", "--abi", "universal"]));
    assert_eq!(extensions.written(), ["one.hpy0.so", "one.py", "two.hpy0.so", "two.py"]);

    let Some(python) = common::python() else { return skip("there is no supported Python") };
    fs::remove_dir_all(&extensions.out).unwrap();
    // The feature is there, but hpy-sys does not hear of it.
    let error = error_of(extensions.build(&["-p", "wrong", "--abi", "universal"]).env("PYO3_PYTHON", &python.path));
    let problem =
        "error: the library was built for another ABI: it has PyInit_one, and a module for universal has HPyInit_one";
    let help =
        "\n  = help: let the feature pass the choice on, in Cargo.toml: universal = [\"hpy-sys/universal\"], and give ";
    assert!(error.contains(problem) && error.contains(help), "{error}");
    // A crate that has no features is for the native ABI, and its module need not be called as it is.
    run(&mut extensions.build(&["plain-crate", "--python", python.path.to_str().unwrap()]));
    assert_eq!(extensions.written(), [format!("one{}", python.extension_suffix)]);
    let script = "import one; assert one.seven() == 7";
    run(Command::new(&python.path).args(["-B", "-c", script]).env("PYTHONPATH", &extensions.out));
}

/// Variables that cargo alone sees do not lead to a module for another Python than the one that was asked for.
#[test]
fn cargos_own_configuration_names_another_python() {
    let Some(python) = common::python() else { return skip("there is no supported Python") };
    let extensions = Extensions::write(folder("build_configured"));
    let version = if python.version.minor == 11 { "3.12" } else { "3.11" };
    extensions.file(
        "python.cfg",
        &format!("implementation=CPython\nversion={version}\nshared=true\nsuppress_build_script_link_lines=true\n"),
    );
    extensions.file(".cargo/config.toml", "[env]\nPYO3_CONFIG_FILE = { value = \"python.cfg\", relative = true }\n");
    let wish = python.path.to_str().unwrap();
    let error = error_of(&mut extensions.build(&["plain-crate", "--python", wish]));
    let problem =
        format!("\nerror: hpy-sys was built for CPython {version}, and not for CPython {} (", python.full_version);
    assert!(error.contains(&problem), "{error}");
    assert!(error.ends_with(&format!("remove them there, or build for that Python: --python {version}\n")), "{error}");
    assert_eq!(extensions.written(), [] as [&str; 0]);
}
