// tests/without_std.rs: builds one `#![no_std]` source with `HPy_NO_STD!` for CPythons with and without the standard library in
// pyo3-ffi, and in the universal ABI, and imports it where it finds an interpreter.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::root;

/// A cargo command for tests/no_std/extension.rs with one strategy for panics.
fn cargo(arguments: &[&str], panic: &str) -> Command {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("without-std").join(panic);
    std::fs::create_dir_all(folder.join("src")).unwrap();
    std::fs::copy(root().join("tests/no_std/extension.rs"), folder.join("src/lib.rs")).unwrap();
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let manifest = std::fs::read_to_string(root().join("tests/no_std/manifest.toml")).unwrap();
    let manifest = manifest.replace("{hpy-sys}", root().to_str().unwrap()).replace("{panic}", panic);
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).args(["--quiet", "--color=never"]).current_dir(&folder).env_remove("PYO3_PYTHON");
    command.env("CARGO_TARGET_DIR", folder.join("target")).env("RUSTFLAGS", "-Dwarnings");
    command
}

/// Builds the extension, and returns the library.
fn build(arguments: &[&str], config: &Path) -> PathBuf {
    let output = cargo(arguments, "abort").env("PYO3_CONFIG_FILE", config).output().unwrap();
    assert!(output.status.success(), "{}: {}", config.display(), String::from_utf8_lossy(&output.stderr));
    let profile = if arguments.contains(&"release") { "release" } else { "debug" };
    let library = format!("{}bare{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("without-std/abort/target").join(profile).join(library)
}

/// Runs Python code that can import the module `bare`.
fn python(found: &hpy_pythons::Found, library: &Path, code: &str) -> Output {
    let folder = library.parent().unwrap().join("modules");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(library, folder.join(format!("bare{}", found.extension_suffix))).unwrap();
    Command::new(&found.path).args(["-B", "-c", code]).env("PYTHONPATH", folder).output().unwrap()
}

/// The module works, and a panic ends the process with the message and the place.
fn try_out(found: &hpy_pythons::Found, library: &Path, says: &str) {
    let output = python(found, library, include_str!("no_std/use.py"));
    assert!(output.status.success(), "{}: {}", found.path.display(), String::from_utf8_lossy(&output.stderr));
    let bounds = ["src/lib.rs:", "index out of bounds: the len is 3 but the index is 3"];
    ends(found, library, "bare.item(3)", &[&[says], &bounds[..]].concat());
    let long = format!("a message{}", "!".repeat(400));
    ends(found, library, "bare.fail(5000)", &[says, "src/lib.rs:", &long]);
    if says.starts_with("Fatal") && cfg!(unix) {
        let thrown = "import ctypes; ctypes.CDLL(bare.__file__).rust_eh_personality()";
        ends(found, library, thrown, &[says, "an exception of another language was thrown into an extension in Rust"]);
    }
}

/// Runs code that ends the process.
fn ends(found: &hpy_pythons::Found, library: &Path, code: &str, says: &[&str]) {
    let output = python(found, library, &format!("import bare\ntry:\n {code}\nfinally:\n print('alive')"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && output.stdout.is_empty(), "{}: {said}", found.path.display());
    assert!(says.iter().all(|text| said.contains(text)), "{}: {said}", found.path.display());
}

/// Builds the extension for a release of CPython, and runs it where there is one; `says` is the start of a panic's message.
fn one_source_for(version: &str, profile: &str, says: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("without-std");
    std::fs::create_dir_all(&folder).unwrap();
    let config = folder.join(format!("{version}.cfg"));
    let text = format!(
        "implementation=CPython\nversion={version}\nshared=true\nsuppress_build_script_link_lines=true\nbuild_flags=\n"
    );
    std::fs::write(&config, text).unwrap();
    let library = build(&["build", "--profile", profile], &config);
    let fits = |found: &&hpy_pythons::Found| {
        let is_for = found.implementation == "CPython" && !found.debug && !found.free_threaded;
        is_for && found.version.to_string() == version
    };
    if let Some(found) = hpy_pythons::find_all().iter().find(fits) {
        try_out(found, &library, says);
    }
}

#[test]
fn one_source_serves_every_target() {
    one_source_for("3.9", "dev", "panicked at ");
    one_source_for("3.12", "release", "panicked at ");
    one_source_for("3.15", "dev", "Fatal Python error: ");
    one_source_for("3.15", "release", "Fatal Python error: ");
    let universal = ["build", "--no-default-features", "--features=universal", "--profile", "release"];
    build(&universal, Path::new("/nowhere/python.cfg"));
}

#[test]
fn a_profile_that_unwinds_is_refused() {
    let output = cargo(&["check", "--no-default-features", "--features=universal"], "unwind").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("HPy_NO_STD needs panic = \"abort\" in"), "{said}");
}
