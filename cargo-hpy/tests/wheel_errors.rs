// cargo-hpy/tests/wheel_errors.rs: what `cargo hpy wheel`, `new` and `ci` say when they cannot do what they are asked, and what
// they leave: nothing.

#![cfg(unix)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{cargo_hpy, error_of, folder, root, run, skip};

/// A crate, whose library is called so, in a workspace of its own.
fn write_crate(folder: &Path, library: &str, source: &str) {
    let manifest = format!(
        "[package]\nname = \"one\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[lib]\nname = \"{library}\"\n\
         crate-type = [\"cdylib\"]\n[dependencies]\nhpy-sys = {{ path = {:?} }}\n[workspace]\n",
        root()
    );
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/lib.rs"), source).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

fn wheel(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo_hpy(&[&["wheel", "--out", "dist"], arguments].concat());
    command.current_dir(folder).env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("wheel_target"));
    command
}

#[test]
fn what_is_asked_for_makes_no_sense() {
    let path = folder("wheel_asked");
    write_crate(&path, "class", "");
    assert_eq!(
        error_of(&mut wheel(&path, &[])),
        format!(
            "error: the library of package `one` is called `class`, which Python cannot import\n  \
             = help: give it a name of ASCII letters, digits and `_` that is no keyword, the same as in HPy_MODINIT!, in {}:\n\n\
             [lib]\nname = \"my_module\"\ncrate-type = [\"cdylib\"]\n",
            path.canonicalize().unwrap().join("Cargo.toml").display()
        )
    );
    write_crate(&path, "one", "");
    let error = error_of(&mut wheel(&path, &["--python", "3.12..3.9"]));
    assert!(error.starts_with("error: --python 3.12..3.9: this is no range of versions\n  = help: "), "{error}");
    let error = error_of(&mut wheel(&path, &["--abi", "universal"]));
    assert!(
        error.starts_with("error: package `one` has no feature `universal`, which would choose that ABI\n"),
        "{error}"
    );
    let error = error_of(&mut wheel(&path, &["--abi", "cpython,hybrid"]));
    assert!(
        error.starts_with("error: --abi cpython,hybrid: both wheels would have one name, with the tag cp312"),
        "{error}"
    );
    let error = error_of(&mut wheel(&root().join("pythons"), &["-p", "hpy-pythons"]));
    assert!(
        error.starts_with("error: package `hpy-pythons` is no extension: it has no library of the type cdylib"),
        "{error}"
    );
    fs::write(path.join("pyproject.toml"), "[project]\nname = \n").unwrap();
    let error = error_of(&mut wheel(&path, &[]));
    assert!(error.contains("/pyproject.toml:2: ") && error.contains("\n  = help: correct that line: "), "{error}");
    assert!(!path.join("dist").exists());
}

/// The library says what it lacks, and a run that was interrupted leaves no wheel; the next one deletes its folder.
#[test]
fn nothing_is_half_done() {
    let Some(python) = common::python() else { return skip("there is no supported Python") };
    let path = folder("wheel_empty");
    write_crate(&path, "one", "use hpy_sys as _;");
    let wish = ["--python", python.path.to_str().unwrap(), "--no-test", "--profile", "dev"];
    let mut interrupted = wheel(&path, &wish).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(interrupted.stderr.take().unwrap()).lines();
    let is_building = |line: std::io::Result<String>| line.is_ok_and(|line| line.starts_with("building "));
    let started = lines.any(is_building);
    run(Command::new("kill").args(["-s", "INT", &interrupted.id().to_string()]));
    assert!(!interrupted.wait().unwrap().success());
    if !started {
        return skip("the tools for wheels cannot be installed");
    }
    let left = || -> Vec<_> {
        fs::read_dir(path.join("dist"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    assert!(left().iter().all(|name| name.starts_with(".work-")), "{:?}", left());

    // What the interrupted run has started may still be at work.
    let until = Instant::now() + Duration::from_secs(60);
    let mut error = error_of(&mut wheel(&path, &wish));
    while error.contains("cannot") && Instant::now() < until {
        error = error_of(&mut wheel(&path, &wish));
    }
    let name = python.name();
    assert!(error.contains(&format!("{name}: error: the library has no module: ")), "{error}");
    assert!(error.contains("\n  = help: define one: HPy_MODINIT!(name, DEFINITION); "), "{error}");
    assert_eq!(left(), [] as [&str; 0]);
}

#[test]
fn a_project_is_not_begun_over_another() {
    let path = folder("new_errors");
    let error = |arguments: &[&str]| error_of(cargo_hpy(arguments).current_dir(&path));
    for name in ["class", "9lives", "hpy"] {
        let said = error(&["new", name]);
        let expected = format!(
            "error: `{name}` cannot be the name of a crate and of a module of Python\n  \
             = help: take ASCII letters, digits, `-` and `_`, with a letter first, and no keyword: cargo hpy new my-module\n"
        );
        assert_eq!(said, expected);
    }
    fs::create_dir(path.join("there")).unwrap();
    assert_eq!(
        error(&["new", "there"]),
        "error: there is there already\n  \
         = help: choose another name, or add a workflow to a project that is there: cargo hpy ci there\n"
    );
    assert_eq!(
        error(&["ci", "there"]),
        "error: there is no Cargo.toml and no pyproject.toml in there\n  \
         = help: name the folder of a project: cargo hpy ci PATH; or begin one: cargo hpy new NAME\n"
    );
    fs::write(path.join("there/setup.py"), "").unwrap();
    fs::create_dir_all(path.join("there/.github/workflows")).unwrap();
    fs::write(path.join("there/.github/workflows/wheels.yml"), "name: own\n").unwrap();
    let said = error(&["ci", "there"]);
    assert!(
        said.starts_with("error: there/.github/workflows/wheels.yml is there, and not written by this command\n"),
        "{said}"
    );
    assert!(said.ends_with("wheels.yml there/.github/workflows/own.yml\n"), "{said}");
}
