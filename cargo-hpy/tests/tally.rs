// cargo-hpy/tests/tally.rs: the example in safe Rust: its own tests, on the native and the universal module.

#![cfg(unix)]

mod common;

use std::path::Path;
use std::process::Command;

use common::{both, cargo_hpy, folder, loaders, root, run, skip};
use hpy_pythons::{Found, find_all, known};

fn build(arguments: &[&str], out: &Path) {
    let arguments = [&["build", "examples/tally", "--out", out.to_str().unwrap()], arguments].concat();
    let output = cargo_hpy(&arguments).output().unwrap();
    assert!(output.status.success(), "{}", both(&output));
}

/// Runs the example's tests in a Python that finds the module in `folder`.
fn run_tests(python: &Path, folder: &Path) {
    run(Command::new(python)
        .arg("-B")
        .arg(root().join("examples/tally/tests/test_tally.py"))
        .env("PYTHONPATH", folder));
}

/// On the oldest CPython here, one in the middle, and the newest.
#[test]
fn it_works_natively() {
    let all = find_all();
    let kinds = known().pythons.into_iter().filter(|kind| !kind.debug && !kind.free_threaded);
    let found: Vec<&Found> = kinds.filter_map(|kind| hpy_pythons::find(&kind, &all)).collect();
    let Some(last) = found.len().checked_sub(1) else { return skip("there is no supported Python") };
    let mut chosen = vec![found[0], found[last / 2], found[last]];
    chosen.dedup_by_key(|python| python.version);
    for python in chosen {
        let out = folder(&format!("tally-{}", python.name()));
        build(&["--python", python.path.to_str().unwrap()], &out);
        run_tests(&python.path, &out);
    }
}

#[test]
fn one_universal_module_works_with_this_projects_loader() {
    let out = folder("tally-universal");
    build(&["--abi", "universal"], &out);
    let there = loaders::own(&find_all());
    if there.is_empty() {
        skip("there is no supported Python");
    }
    for python in there {
        run_tests(&python, &out);
    }
}
