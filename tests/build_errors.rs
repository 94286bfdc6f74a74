// tests/build_errors.rs: the errors of real builds whose Python is missing, wrong or not supported.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::root;

/// A `cargo check` of this package that sees only the given Python.
struct Build {
    command: Command,
    folder: PathBuf,
}

impl Build {
    fn new(name: &str) -> Build {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let mut command = Command::new(env!("CARGO"));
        command.args(["check", "--quiet", "--color=never", "--package=hpy-sys"]).current_dir(root());
        command.arg("--target-dir").arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-errors"));
        for variable in [
            "PYO3_PYTHON",
            "PYO3_CONFIG_FILE",
            "VIRTUAL_ENV",
            "CONDA_PREFIX",
            "HPY_SYS_PRINT_CONFIG",
            "HPY_SYS_SKIP_VERSION_CHECK",
        ] {
            command.env_remove(variable);
        }
        Build { command, folder }
    }

    fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Build {
        self.command.env(name, value);
        self
    }

    fn args(mut self, args: &[&str]) -> Build {
        self.command.args(args);
        self
    }

    /// A configuration file instead of an interpreter.
    fn config(self, text: &str) -> Build {
        let path = self.folder.join("python.cfg");
        std::fs::write(&path, text).unwrap();
        self.env("PYO3_CONFIG_FILE", path)
    }

    /// The error of the build, which has to fail.
    fn fails(mut self) -> String {
        let output = self.command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "the build went through: {said}");
        said
    }
}

fn config(implementation: &str, version: &str, flags: &str) -> String {
    format!(
        "implementation={implementation}\nversion={version}\nshared=true\nsuppress_build_script_link_lines=true\nbuild_flags={flags}\n"
    )
}

#[track_caller]
fn says(said: &str, expected: &[&str]) {
    // Cargo indents the output of a build script.
    let lines: Vec<_> = said.lines().map(str::trim).collect();
    for expected in expected {
        assert!(lines.iter().any(|line| line.contains(expected)), "`{expected}` is not in:\n{said}");
    }
}

#[test]
fn a_python_that_does_not_exist() {
    let said = Build::new("missing").env("PYO3_PYTHON", "/nowhere/python3").fails();
    says(&said, &["failed to run the Python interpreter at /nowhere/python3"]);
}

/// The active environment comes before PATH, and `cargo hpy` follows the same rule.
#[test]
fn a_python_of_an_environment() {
    for variable in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
        let said = Build::new("environment").env(variable, "/nowhere").fails();
        let inside = if !cfg!(windows) {
            "/nowhere/bin/python"
        } else if variable == "VIRTUAL_ENV" {
            "python.exe"
        } else {
            "Scripts"
        };
        says(&said, &["failed to run the Python interpreter at", inside]);
    }
}

#[test]
fn the_stable_abi_for_another_crate() {
    let build = |abi: &str| {
        Build::new(abi)
            .config(&config("CPython", "3.12", ""))
            .args(&["--no-default-features", &format!("--features={abi},std,pyo3-ffi/abi3-py39")])
    };
    for abi in ["cpython", "hybrid"] {
        let said = build(abi).fails();
        says(
            &said,
            &[
                "error: pyo3-ffi is built for CPython's stable ABI (abi3) here, and the ABIs cpython and hybrid of hpy-sys need",
                "= help: a crate of this build turns on a feature `abi3...` of pyo3 or pyo3-ffi (`cargo tree -e features -i pyo3-ffi`",
            ],
        );
        assert!(!said.contains("error[E"), "{said}");
    }
}

#[test]
fn a_python_that_does_not_run() {
    let said = Build::new("broken").env("PYO3_PYTHON", root().join("Cargo.toml")).fails();
    says(&said, &["failed to run the Python interpreter at", "Cargo.toml"]);
}

#[test]
fn no_python_at_all() {
    let mut build = Build::new("none");
    let tools = build.folder.join("bin");
    let _ = std::fs::remove_dir_all(&tools);
    std::fs::create_dir_all(&tools).unwrap();
    // Cargo still needs a compiler and a linker.
    for tool in ["rustc", "cc", "ld"] {
        if let Some(path) = find(tool) {
            #[cfg(unix)]
            std::os::unix::fs::symlink(path, tools.join(tool)).unwrap();
            #[cfg(not(unix))]
            let _ = path;
        }
    }
    build = build.env("PATH", &tools);
    says(&build.fails(), &["no Python 3.x interpreter found"]);
}

fn find(tool: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(tool)).find(|path| path.is_file())
}

#[test]
fn a_configuration_that_is_wrong() {
    says(&Build::new("config-version").config("implementation=CPython\nversion=three\n").fails(), &["three"]);
    says(&Build::new("config-implementation").config("implementation=Snake\nversion=3.12\n").fails(), &["Snake"]);
    let said = Build::new("config-missing").env("PYO3_CONFIG_FILE", "/nowhere/python.cfg").fails();
    says(&said, &["/nowhere/python.cfg"]);
}

#[test]
fn a_python_that_is_too_old() {
    // pyo3-ffi is built first, and cannot be built for it at all.
    let said = Build::new("old").config(&config("CPython", "3.8", "")).fails();
    says(
        &said,
        &["the configured Python interpreter version (3.8) is lower than PyO3's minimum supported version (3.9)"],
    );
}

#[test]
fn a_python_that_is_too_new() {
    let said = Build::new("new").config(&config("CPython", "3.16", "")).fails();
    says(
        &said,
        &[
            "error: the Python to build for is CPython 3.16, and the newest supported one is CPython 3.15",
            "HPY_SYS_SKIP_VERSION_CHECK=1",
        ],
    );
}

#[test]
fn another_implementation() {
    for (implementation, in_config, version) in [("PyPy", "PyPy", "3.11"), ("GraalPy", "GraalVM", "3.11")] {
        let said = Build::new(implementation).config(&config(in_config, version, "")).fails();
        let found = format!(
            "error: the Python to build for is {implementation} {version}, and the ABIs cpython and hybrid need a CPython 3.9 to 3.15"
        );
        says(&said, &[&found, "= help: set PYO3_PYTHON to the path of a supported CPython"]);
    }
}

#[test]
fn no_abi_and_two_abis() {
    let build = |name| Build::new(name).config(&config("CPython", "3.12", ""));
    let said = build("no-abi").args(&["--no-default-features"]).fails();
    says(
        &said,
        &["error: no HPy ABI is chosen", "= help: give the dependency on hpy-sys one of features = [\"cpython\"]"],
    );
    let said = build("two-abis").args(&["--features=universal"]).fails();
    says(&said, &["error: two HPy ABIs are chosen: cpython and universal"]);
}

/// The universal ABI needs no Python.
#[test]
fn universal_needs_no_python() {
    let mut build = Build::new("universal")
        .env("PYO3_PYTHON", "/nowhere/python3")
        .args(&["--no-default-features", "--features=universal,std"]);
    let output = build.command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_was_detected_is_printed_on_request() {
    let build =
        Build::new("print").config(&config("CPython", "3.15", "Py_GIL_DISABLED")).env("HPY_SYS_PRINT_CONFIG", "1");
    let said = build.fails();
    says(
        &said,
        &[
            "HPY_SYS_PRINT_CONFIG=1 is set",
            "abi = cpython",
            "target = CPython 3.15t",
            "free_threaded = true",
            "facts = ",
        ],
    );
}
