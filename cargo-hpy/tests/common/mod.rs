// cargo-hpy/tests/common/mod.rs: runs `cargo hpy` in surroundings that a test makes up.

#![allow(dead_code, reason = "each test file uses a part")]

#[cfg(unix)]
pub mod loaders;
#[cfg(unix)]
pub mod sdk;

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in the repository")
}

/// An empty folder that no other test uses.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// `cargo hpy` with `arguments`, in the repository, without the variables that choose a Python.
pub fn cargo_hpy(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-hpy"));
    command.arg("hpy").args(arguments).current_dir(root());
    for variable in ["PYO3_PYTHON", "VIRTUAL_ENV", "CONDA_PREFIX", "HPY_SYS_SKIP_VERSION_CHECK"] {
        command.env_remove(variable);
    }
    command
}

/// As [`cargo_hpy`], on a machine whose only commands are those in `path`.
pub fn cargo_hpy_alone(path: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
    let mut command = cargo_hpy(arguments);
    command.env("PATH", path).env("HOME", env!("CARGO_TARGET_TMPDIR"));
    for variable in ["HPY_PYTHONS", "PYENV_ROOT", "UV_PYTHON_INSTALL_DIR"] {
        command.env_remove(variable);
    }
    command
}

/// Writes an executable file.
#[cfg(unix)]
pub fn script(file: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(file, format!("#!/bin/sh\n{text}\n")).expect("the target folder can be written");
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("the file is our own");
}

/// Writes a program that answers like a Python of this kind without headers, and fails to run any code.
#[cfg(unix)]
pub fn stand_in(file: &Path, implementation: &str, version: &str) {
    stand_in_with_headers(file, implementation, version, None);
}

/// As [`stand_in`], with the folder of its headers.
#[cfg(unix)]
pub fn stand_in_with_headers(file: &Path, implementation: &str, version: &str, include: Option<&Path>) {
    let include = include.map_or("null".to_owned(), |folder| format!("\"{}\"", folder.display()));
    let numbers: Vec<_> = version.split('.').take(2).collect();
    let answer = format!(
        "{{\"path\": \"{}\", \"implementation\": \"{implementation}\", \"version\": [{}], \"full_version\": \"{version}\", \
         \"debug\": false, \"free_threaded\": false, \"extension_suffix\": \".so\", \"include\": {include}}}",
        file.display(),
        numbers.join(", "),
    );
    script(file, &format!("case \"$2\" in -c) echo '{answer}';; *) exit 3;; esac"));
}

/// Writes a program that answers `cargo metadata`, and runs `build` for `cargo build`.
#[cfg(unix)]
pub fn cargo_stand_in(folder: &Path, build: &str) -> PathBuf {
    let file = folder.join("cargo");
    let metadata = format!("{{\"target_directory\": \"{}\"}}", folder.join("target").display());
    script(&file, &format!("case \"$1\" in metadata) echo '{metadata}';; *) {build};; esac"));
    file
}

/// Writes a `cc` that makes the same of all sources: a library with the entries of the SDK's probe.
#[cfg(unix)]
pub fn compiler_stand_in(folder: &Path) {
    let (source, library) = (folder.join("probe.c"), folder.join("probe.so"));
    fs::write(&source, "void PyInit_hpy_sdk_probe(void) {}\nvoid HPyInit_hpy_sdk_probe(void) {}\n").unwrap();
    run(Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(&source));
    let copy = format!("while [ \"$1\" != -o ]; do shift; done; /bin/cp '{}' \"$2\"", library.display());
    script(&folder.join("cc"), &copy);
}

/// Lets `command` run the real cargo, which builds everything below `folder`.
pub fn real_cargo(command: &mut Command, folder: &Path) {
    // The folder of the Rust that runs the tests: its programs need no others.
    let output = Command::new("rustc").args(["--print", "sysroot"]).current_dir(root()).output().unwrap();
    let programs = Path::new(String::from_utf8(output.stdout).unwrap().trim()).join("bin");
    command.env("CARGO", programs.join("cargo")).env("RUSTC", programs.join("rustc"));
    // Cargo finds the packages that have been downloaded, but not what has been built.
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    command.env("CARGO_HOME", home.unwrap_or_else(|| env::home_dir().unwrap().join(".cargo")));
    command.env("CARGO_TARGET_DIR", folder.join("target"));
}

/// The output of a command that fails with exit code 1.
pub fn error_of(command: &mut Command) -> String {
    let output = command.output().expect("cargo-hpy has been built");
    let text = both(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Says why a test that could run is skipped, which is an error in continuous integration.
pub fn skip(reason: &str) {
    assert!(env::var_os("CI").is_none(), "{reason}, which continuous integration needs");
    not_tested(reason);
}

/// Says why a test is skipped.
pub fn not_tested(reason: &str) {
    // Not with eprintln!, which the harness would hide.
    let mut stream = io::stderr();
    writeln!(stream, "skipped: {reason}").unwrap();
}

/// Runs a command that has to succeed, and returns its output.
pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = both(&output);
    assert!(output.status.success(), "{command:?}: {said}");
    said
}

/// The first Python in PATH that is supported and has headers, or else the newest of all.
pub fn python() -> Option<hpy_pythons::Found> {
    let known = hpy_pythons::known().pythons;
    let all = hpy_pythons::find_all();
    let mut there = known.iter().filter_map(|kind| hpy_pythons::find(kind, &all));
    let first = hpy_pythons::ask(Path::new("python3")).ok().filter(|python| python.include.is_some());
    let first = first.filter(|python| known.iter().any(|kind| python.is(kind)));
    first.or_else(|| there.next_back().cloned())
}

pub fn both(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
