// cargo-hpy/tests/choice.rs: which Python is taken, and what is said if it cannot be.

#![cfg(unix)]

mod common;

use std::fs;

use common::{both, cargo_hpy_alone, error_of, folder, stand_in};

#[test]
fn no_python_at_all() {
    let path = folder("no_python");
    let error = error_of(&mut cargo_hpy_alone(&path, &["demo"]));
    assert!(error.starts_with("error: no Python was found\n  = help: install a CPython "), "{error}");
    assert!(error.ends_with(": uv python install, or give the path of one: --python PATH\n"), "{error}");
}

#[test]
fn only_others() {
    let path = folder("only_others");
    stand_in(&path.join("python3"), "CPython", "3.8.18");
    stand_in(&path.join("pypy3"), "PyPy", "3.11.11");
    let error = error_of(&mut cargo_hpy_alone(&path, &["demo"]));
    assert!(error.starts_with("error: no CPython 3."), "{error}");
    assert!(error.contains(" was found, only cpython-3.8, pypy-3.11\n  = help: install a CPython "), "{error}");
}

/// The error for the Python `wish`, which recommends CPython 3.12.
fn error_about(name: &str, wish: &str) -> String {
    let path = folder(name);
    stand_in(&path.join("python3.12"), "CPython", "3.12.1");
    stand_in(&path.join("python3.8"), "CPython", "3.8.18");
    stand_in(&path.join("python3.99"), "CPython", "3.99.0");
    stand_in(&path.join("pypy3"), "PyPy", "3.11.11");
    stand_in(&path.join("graalpy"), "GraalVM", "3.11.7");
    common::script(&path.join("other"), "echo; echo 'I am something else' >&2; exit 4");
    fs::write(path.join("text"), "").unwrap();
    let option = error_of(&mut cargo_hpy_alone(&path, &["demo", "--python", wish]));
    let variable = error_of(cargo_hpy_alone(&path, &["demo"]).env("PYO3_PYTHON", wish));
    let problem = option.strip_prefix(&format!("error: --python {wish}: ")).expect(&option);
    assert_eq!(variable, format!("error: PYO3_PYTHON={wish}: {problem}"));
    let help = "\n  = help: take another one: --python 3.12 (`cargo hpy pythons` lists them all)\n";
    problem.strip_suffix(help).expect(problem).replace(path.to_str().unwrap(), "/path")
}

#[test]
fn too_old_and_too_new() {
    let error = error_about("too_old", "3.8");
    assert!(error.starts_with("this is CPython 3.8.18 (/path/python3.8), and the oldest supported one is CPython 3."));
    let error = error_about("too_new", "python3.99");
    assert!(error.starts_with("this is CPython 3.99.0 (/path/python3.99), and the newest supported one is CPython 3."));
}

#[test]
fn other_implementations() {
    let error = error_about("pypy", "pypy3");
    assert!(error.starts_with("this is PyPy 3.11.11 (/path/pypy3), and only CPython 3."), "{error}");
    let error = error_about("graalpy", "graalpy");
    assert!(error.starts_with("this is GraalVM 3.11.7 (/path/graalpy), and only CPython 3."), "{error}");
}

#[test]
fn no_interpreter() {
    let path = folder("no_interpreter");
    let inside = |name: &str| path.join(name).display().to_string();
    assert_eq!(error_about("no_interpreter", &inside("nothing")), "there is no such file");
    assert_eq!(error_about("no_interpreter", &inside("text")), "this file is not executable");
    assert_eq!(error_about("no_interpreter", "python9"), "there is no command `python9`");
    assert_eq!(error_about("no_interpreter", "3.42"), "no CPython 3.42 was found");
    assert_eq!(error_about("no_interpreter", path.to_str().unwrap()), "this is a folder, and no interpreter");
    assert_eq!(
        error_about("no_interpreter", &inside("other")),
        "`/path/other` is no Python 3: exit status: 4, and it printed: I am something else"
    );
}

#[test]
fn a_folder_with_an_interpreter() {
    let path = folder("environment");
    fs::create_dir(path.join("bin")).unwrap();
    stand_in(&path.join("bin/python"), "CPython", "3.12.1");
    let folder = path.to_str().unwrap();
    assert_eq!(
        error_of(&mut cargo_hpy_alone("", &["demo", "--python", folder])),
        format!(
            "error: --python {folder}: this is a folder, and no interpreter\n  \
             = help: name the interpreter in it: --python {folder}/bin/python\n"
        )
    );
}

#[test]
fn the_list_shows_what_would_be_used() {
    let path = folder("list");
    stand_in(&path.join("python3"), "CPython", "3.8.18");
    stand_in(&path.join("python3.12"), "CPython", "3.12.1");
    stand_in(&path.join("python3.13"), "CPython", "3.13.0");
    let output = cargo_hpy_alone(&path, &["pythons"]).output().unwrap();
    let text = both(&output).replace(path.to_str().unwrap(), "/path");
    let lines: Vec<_> = text.lines().collect();
    assert!(
        lines[0].starts_with("  cpython-3.8   3.8.18    /path/python3  not supported: the oldest supported one is")
    );
    assert_eq!(
        lines[1..],
        [
            "  cpython-3.12  3.12.1    /path/python3.12",
            "* cpython-3.13  3.13.0    /path/python3.13",
            "* is what would be used: the newest one that was found",
        ]
    );
    assert!(output.status.success());

    stand_in(&path.join("python3"), "CPython", "3.12.7");
    let text = both(&cargo_hpy_alone(&path, &["pythons"]).output().unwrap());
    assert!(text.ends_with("* is what would be used: python3 in PATH\n"), "{text}");
}

#[test]
fn an_interpreter_that_never_answers() {
    let path = folder("silent");
    // A process that it leaves behind keeps the pipes open.
    let sleep = "PATH=/bin:/usr/bin; sleep 30";
    common::script(&path.join("python3"), sleep);
    common::script(&path.join("python3.12"), sleep);
    stand_in(&path.join("python3.11"), "CPython", "3.11.7");
    let hpy = |arguments: &[&str]| {
        let mut command = cargo_hpy_alone(&path, arguments);
        command.env("HPY_PYTHONS_LIMIT", "1");
        command
    };
    let started = std::time::Instant::now();
    let output = hpy(&["pythons"]).output().unwrap();
    let said = both(&output).replace(path.to_str().unwrap(), "/path");
    assert!(output.status.success(), "{said}");
    assert!(said.contains("* cpython-3.11  3.11.7    /path/python3.11\n"), "{said}");
    for name in ["python3", "python3.12"] {
        let warning = format!("warning: `/path/{name}` gave no answer within 1 seconds, and is left out\n");
        assert!(said.contains(&warning), "{said}");
    }
    let file = path.join("python3.12");
    let error = error_of(&mut hpy(&["demo", "--python", file.to_str().unwrap()]));
    let problem = format!("error: --python {0}: `{0}` gave no answer within 1 seconds\n", file.display());
    assert!(
        error.contains(&problem) && error.ends_with("--python 3.11 (`cargo hpy pythons` lists them all)\n"),
        "{error}"
    );
    assert!(started.elapsed().as_secs() < 25);
}

/// By the same rule as pyo3-ffi, which tests/build_errors.rs of hpy-sys asks.
#[test]
fn the_active_environment_comes_before_path() {
    let path = folder("active");
    stand_in(&path.join("python3"), "CPython", "3.12.1");
    for environment in ["venv", "conda", "old"] {
        fs::create_dir_all(path.join(environment).join("bin")).unwrap();
    }
    stand_in(&path.join("venv/bin/python"), "CPython", "3.11.7");
    stand_in(&path.join("conda/bin/python"), "CPython", "3.10.1");
    stand_in(&path.join("old/bin/python"), "CPython", "3.8.18");
    let pythons = |variables: &[(&str, &str)]| {
        let mut command = cargo_hpy_alone(&path, &["pythons"]);
        command.envs(variables.iter().map(|&(name, value)| (name, path.join(value))));
        both(&command.output().unwrap()).replace(path.to_str().unwrap(), "/path")
    };
    let said = pythons(&[("VIRTUAL_ENV", "venv")]);
    assert!(said.contains("* CPython 3.11.7 (/path/venv/bin/python)\n"), "{said}");
    assert!(said.contains("* is what would be used: the active environment, VIRTUAL_ENV\n"), "{said}");
    let said = pythons(&[("CONDA_PREFIX", "conda")]);
    assert!(said.contains("* CPython 3.10.1 (/path/conda/bin/python)\n"), "{said}");
    // Two environments say nothing, and PYO3_PYTHON says more than one.
    let said = pythons(&[("VIRTUAL_ENV", "venv"), ("CONDA_PREFIX", "conda")]);
    assert!(said.contains("* is what would be used: python3 in PATH\n"), "{said}");
    let said = pythons(&[("VIRTUAL_ENV", "venv"), ("PYO3_PYTHON", "conda/bin/python")]);
    assert!(said.contains("* CPython 3.10.1 (/path/conda/bin/python)\n"), "{said}");
    // Cargo would build for this one too, and not for another.
    let said = pythons(&[("VIRTUAL_ENV", "old")]);
    let error =
        "error: the active environment, VIRTUAL_ENV: this is CPython 3.8.18 (/path/old/bin/python), and the oldest ";
    assert!(said.contains(error), "{said}");
    let said = pythons(&[("VIRTUAL_ENV", "gone")]);
    assert!(
        said.contains("error: the active environment, VIRTUAL_ENV: cannot run `/path/gone/bin/python`: "),
        "{said}"
    );
}
