// cargo-hpy/tests/other_crates.rs: hpy-sys in a build with another crate that asks for an older pyo3-ffi; cargo's options.

#![cfg(unix)]

mod common;

use std::fs;
use std::process::Command;

use common::{both, cargo_hpy, folder, root, run, skip};

/// The oldest and the newest pyo3-ffi that hpy-sys takes: the one of its requirement, and the one of Cargo.lock.
fn accepted() -> (String, String) {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, requirement) = manifest.split_once("pyo3-ffi = { version = \">=").unwrap();
    let oldest = requirement.split(',').next().unwrap();
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let (_, package) = lock.split_once("name = \"pyo3-ffi\"\nversion = \"").unwrap();
    (oldest.to_owned(), package.split('"').next().unwrap().to_owned())
}

#[test]
fn an_older_pyo3_ffi_serves_too() {
    let Some(python) = common::python() else { return skip("there is no supported Python") };
    let (oldest, newest) = accepted();
    assert_ne!(oldest, newest);
    let place = folder("other_crates");
    run(cargo_hpy(&["new", "both"]).current_dir(&place));
    let project = place.join("both");
    let manifest = fs::read_to_string(project.join("Cargo.toml")).unwrap();
    let target = place.join("target");
    // All other tests have the newest one.
    let manifest = manifest.replace("[dependencies]\n", &format!("[dependencies]\npyo3-ffi = \"={oldest}\"\n"));
    fs::write(project.join("Cargo.toml"), manifest).unwrap();
    let source = fs::read_to_string(project.join("src/lib.rs")).unwrap();
    let used = "\n/// What another crate may do with the same declarations.\npub unsafe fn is_there() -> bool {\n    \
                unsafe { pyo3_ffi::Py_IsInitialized() != 0 }\n}\n";
    fs::write(project.join("src/lib.rs"), source + used).unwrap();
    let mut build = cargo_hpy(&["build", "--python", python.path.to_str().unwrap()]);
    let output = build.current_dir(&project).env("CARGO_TARGET_DIR", &target).output().unwrap();
    let said = both(&output);
    if !output.status.success() && (said.contains("failed to download") || said.contains("failed to get")) {
        return skip("the registry of crates cannot be reached");
    }
    assert!(output.status.success(), "{said}");
    let lock = fs::read_to_string(project.join("Cargo.lock")).unwrap();
    assert!(lock.contains(&format!("name = \"pyo3-ffi\"\nversion = \"{oldest}\"")), "{lock}");
    let script = "import both; assert both.half(7) == 3.5 and both.Point(3, 4).norm() == 5";
    run(Command::new(&python.path).args(["-B", "-c", script]).env("PYTHONPATH", target.join("hpy")));
}

/// From a folder outside, with a profile and a platform named.
#[test]
fn cargos_options_are_passed_on() {
    let place = folder("cargo_options");
    let host = run(Command::new("rustc").arg("-vV"));
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let (manifest, target, out) =
        (root().join("examples/quickstart/Cargo.toml"), place.join("target"), place.join("out"));
    let options = ["build", "--abi", "universal", "--locked", "--offline", "--profile", "checked", "--target", host];
    let mut build = cargo_hpy(&options);
    build.arg("--manifest-path").arg(manifest).arg("--out").arg(&out).args(["--", "--timings"]);
    run(build.current_dir(&place).env("CARGO_TARGET_DIR", &target));
    assert!(out.join("quickstart.hpy0.so").is_file());
    let built = target.join("hpy-build/universal");
    assert!(built.join(host).join("checked").is_dir() && built.join("cargo-timings").is_dir());

    let mut wrong = cargo_hpy(&["build", "--profile", "fast", "--release"]);
    let said = both(&wrong.output().unwrap());
    assert!(said.starts_with("error: the argument '--profile <NAME>' cannot be used with '--release'"), "{said}");
}
