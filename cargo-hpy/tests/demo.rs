// cargo-hpy/tests/demo.rs: the demo, from the build to what Python shows, and the ways in which it can fail.

mod common;

use std::env;
use std::path::Path;
use std::process::Command;

use common::{both, cargo_hpy, error_of, folder, root};

/// The whole demo for the Python that it finds, and then the tests of the JSON decoder that it has built.
#[test]
fn it_builds_the_examples_and_shows_what_they_do() {
    if !cargo_hpy(&["pythons"]).output().unwrap().status.success() {
        return common::skip("there is no supported Python");
    }
    let output = cargo_hpy(&["demo"]).output().unwrap();
    let text = both(&output);
    assert!(output.status.success(), "{text}");
    let shown = String::from_utf8_lossy(&output.stdout);
    for expected in [
        "    >>> quickstart.myabs(-7)\n    7\n",
        "    >>> quickstart.add_ints(40, 2)\n    42\n",
        "    >>> point\n    Point(3, 4)\n    >>> point.norm()\n    5.0\n",
        "    (1.0, 2.0, 'P', True)\n",
        "    The results are equal.",
    ] {
        assert!(shown.contains(expected), "{expected} is missing in:\n{text}");
    }
    assert!(shown.lines().count() < 30 && shown.lines().all(|line| line.len() < 120), "{text}");
    assert!(!text.contains('\x1b'), "without a terminal the output is plain");
    test_the_decoder(&shown);
}

fn test_the_decoder(shown: &str) {
    let path =
        shown.split_once(" (").and_then(|(_, rest)| rest.split_once(')')).expect("the first line names Python").0;
    let python = hpy_pythons::ask(Path::new(path)).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let output = Command::new(path)
        .arg(root().join("examples/json/tests/test_hpy_json.py"))
        .env("PYTHONPATH", target.join("hpy-demo").join(python.name()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", both(&output));
}

#[test]
fn outside_of_the_repository() {
    let elsewhere = env::temp_dir();
    assert_eq!(
        error_of(cargo_hpy(&["demo"]).current_dir(&elsewhere)),
        format!(
            "error: the examples are in the hpy-sys repository, and {} is not inside a clone of it\n  \
             = help: change to the clone first: cd hpy-sys && cargo hpy demo\n",
            elsewhere.display()
        )
    );
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_linker() {
    let path = folder("no_linker");
    common::stand_in(&path.join("python3"), "CPython", "3.12.1");
    let mut command = common::cargo_hpy_alone(&path, &["demo"]);
    common::real_cargo(&mut command, &path);
    let error = error_of(&mut command);
    assert!(
        error.contains(
            "\nerror: the linker `cc` was not found, which Rust needs to make a library\n  = help: install a C compiler: "
        ),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn a_build_that_fails_shows_the_compilers_errors() {
    let path = folder("build_fails");
    let message = r#"{"reason":"compiler-message","message":{"level":"error","message":"no","rendered":"error[E1]: no\n --> lib.rs:1:2\n"}}"#;
    common::stand_in(&path.join("python3"), "CPython", "3.12.1");
    let cargo =
        common::cargo_stand_in(&path, &format!("echo '   Compiling a' >&2; printf '%s\\n' '{message}'; exit 101"));
    let error = error_of(common::cargo_hpy_alone(&path, &["demo"]).env("CARGO", cargo));
    assert_eq!(
        error,
        "building quickstart and json-decoder for cpython-3.12\n  Compiling a\n\
         error: the build failed:\n\nerror[E1]: no\n --> lib.rs:1:2\n\n  \
         = help: solve what the compiler says, and type the same command again\n"
    );
}

#[cfg(unix)]
#[test]
fn a_python_that_fails_is_named() {
    let path = folder("python_fails");
    common::stand_in(&path.join("python3"), "CPython", "3.12.1");
    let cargo = common::cargo_stand_in(&path, "true");
    let error = error_of(common::cargo_hpy_alone(&path, &["demo"]).env("CARGO", cargo));
    let python = path.join("python3");
    assert!(
        error.ends_with(&format!(
            "error: the demo did not run to its end in CPython 3.12.1 ({}): exit status: 3\n  \
             = help: what Python said stands above; try another one with --python (`cargo hpy pythons` lists them)\n",
            python.display()
        )),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn without_cargo() {
    let path = folder("no_cargo");
    common::stand_in(&path.join("python3"), "CPython", "3.12.1");
    let error = error_of(common::cargo_hpy_alone(&path, &["demo"]).env_remove("CARGO"));
    assert!(error.starts_with("error: cannot run cargo: "), "{error}");
    assert!(
        error.ends_with("\n  = help: install Rust with https://rustup.rs, so that `cargo --version` works\n"),
        "{error}"
    );
}
