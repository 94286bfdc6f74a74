// tests/compile_fail.rs: misuse of the macros fails to compile with a clear message; a correct twin compiles.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::root;

/// The cases of `tests/misuse`: the wrong file, and its twin.
fn cases() -> Vec<(PathBuf, PathBuf)> {
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(root().join("tests/misuse")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if let Some(case) = name.strip_suffix(".twin.rs") {
            assert!(path.with_file_name(format!("{case}.rs")).exists(), "{name} is the twin of nothing");
        } else if let Some(case) = name.strip_suffix(".rs") {
            let twin = path.with_file_name(format!("{case}.twin.rs"));
            assert!(twin.exists(), "{name} has no twin that compiles");
            cases.push((path, twin));
        }
    }
    assert!(cases.len() >= 10, "only {} cases", cases.len());
    cases
}

/// `TRYBUILD=overwrite cargo test --test compile_fail` accepts changed messages.
#[test]
fn misuse_does_not_compile() {
    let tests = trybuild::TestCases::new();
    for (wrong, _) in cases() {
        tests.compile_fail(wrong.strip_prefix(root()).unwrap());
    }
}

#[test]
fn the_twins_compile() {
    let twins = cases().into_iter().map(|(wrong, twin)| (twin, wrong.file_name().unwrap().to_owned()));
    compile("twins", twins.collect(), &["check", "--quiet", "--bins"]);
}

/// Code around the macros, and in their arguments, for which rustc and clippy give no warning.
#[test]
fn the_macros_fit_into_their_surroundings() {
    let folder = root().join("tests/surroundings");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let arguments = ["clippy", "--quiet", "--bins", "--", "-D", "warnings"];
    compile("surroundings", files.map(|entry| (entry.path(), entry.file_name())).collect(), &arguments);
}

/// Runs cargo on a package of these programs, each under a name.
fn compile(package: &str, files: Vec<(PathBuf, std::ffi::OsString)>, arguments: &[&str]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(package);
    let programs = folder.join("src/bin");
    let _ = std::fs::remove_dir_all(&programs);
    std::fs::create_dir_all(&programs).unwrap();
    assert!(!files.is_empty());
    for (path, name) in files {
        std::fs::copy(path, programs.join(name)).unwrap();
    }
    let manifest = format!(
        "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nhpy-sys = {{ path = {:?} }}\n\n[workspace]\n",
        root()
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut command = Command::new(env!("CARGO"));
    let output =
        command.args(arguments).current_dir(&folder).env("CARGO_TARGET_DIR", folder.join("target")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
