// cargo-hpy/src/python_tests.rs: the choice among given interpreters, and the text of each error.

use hpy_pythons::Version;

use super::*;

fn python(implementation: &str, full_version: &str) -> Found {
    let mut numbers = full_version.split('.').map(|number| number.parse().unwrap_or(0));
    Found {
        path: format!("/opt/python{full_version}").into(),
        implementation: implementation.to_owned(),
        version: Version { major: numbers.next().unwrap(), minor: numbers.next().unwrap() },
        full_version: full_version.to_owned(),
        debug: false,
        free_threaded: false,
        extension_suffix: ".so".to_owned(),
        include: None,
    }
}

fn error(wish: &str, python: &Found, all: &[Found]) -> String {
    let by = format!("--python {wish}");
    unsupported(&by, python, &check(python).unwrap_err(), all).to_string()
}

#[test]
fn the_newest_supported_one_is_taken() {
    let all = [python("CPython", "3.8.18"), python("CPython", "3.12.1"), python("CPython", "3.99.0")];
    assert_eq!(newest_supported(&all), Some(&all[1]));
    assert_eq!(newest_supported(&all[..1]), None);
}

#[test]
fn a_release_comes_before_a_pre_release_and_a_usual_build_before_a_special_one() {
    let mut all = [python("CPython", "3.13.0"), python("CPython", "3.14.0"), python("CPython", "3.15.0a2")];
    assert_eq!(newest_supported(&all), Some(&all[1]));
    all[1].debug = true;
    assert_eq!(newest_supported(&all), Some(&all[0]));
}

#[test]
fn of_equal_ones_the_first_is_taken() {
    let mut all = [python("CPython", "3.13.0"), python("CPython", "3.13.0")];
    all[1].path = "/other".into();
    assert_eq!(newest_supported(&all), Some(&all[0]));
}

#[test]
fn versions_are_told_from_paths() {
    for version in ["3.14", "3.14t", "3.15-debug", "3.14.2", "cpython-3.14t", "pypy-3.11"] {
        assert!(is_version(version), "{version}");
    }
    for path in ["python3", "python3.14", "./3.14", "/opt/cpython-3.14/bin/python", "pypy3.11", "python3.14-dbg"] {
        assert!(!is_version(path), "{path}");
    }
}

#[test]
fn a_version_names_an_interpreter_of_exactly_that_kind() {
    let mut debug = python("CPython", "3.14.2");
    debug.debug = true;
    assert!(has_name(&debug, "3.14-debug") && has_name(&debug, "cpython-3.14-debug") && has_name(&debug, "3.14.2"));
    assert!(has_name(&debug, "3.14d"));
    assert!(!has_name(&debug, "3.14") && !has_name(&debug, "3.14t"));
    assert!(!has_name(&python("PyPy", "3.11.11"), "3.11"));
}

#[test]
fn too_old() {
    let all = [python("CPython", "3.8.18"), python("CPython", "3.13.0")];
    let Limits { minimum, .. } = limits();
    assert_eq!(
        error("3.8", &all[0], &all),
        format!(
            "error: --python 3.8: this is CPython 3.8.18 (/opt/python3.8.18), and the oldest supported one is CPython {minimum}\n  \
             = help: take another one: --python 3.13 (`cargo hpy pythons` lists them all)"
        )
    );
}

#[test]
fn too_new() {
    let new = python("CPython", "3.99.0");
    let Limits { minimum, maximum, .. } = limits();
    assert_eq!(
        error("3.99", &new, &[]),
        format!(
            "error: --python 3.99: this is CPython 3.99.0 (/opt/python3.99.0), and the newest supported one is CPython {maximum}\n  \
             = help: install a CPython {minimum} to {maximum}: uv python install, or give the path of one: --python PATH"
        )
    );
}

#[test]
fn free_threaded_too_old() {
    let mut old = python("CPython", "3.13.0");
    old.free_threaded = true;
    let text = error("3.13t", &old, &[]);
    assert!(text.contains("this is CPython 3.13.0 without a global lock"), "{text}");
    let Limits { minimum_free_threaded, .. } = limits();
    let supported = format!("the oldest supported one without a global lock is CPython {minimum_free_threaded}t\n");
    assert!(text.contains(&supported), "{text}");
}

#[test]
fn other_implementations() {
    for name in ["PyPy", "GraalVM"] {
        let text = error("x", &python(name, "3.11.11"), &[]);
        assert!(text.contains(&format!("this is {name} 3.11.11 (/opt/python3.11.11)")), "{text}");
        assert!(text.contains(&format!("only CPython {} to ", limits().minimum)), "{text}");
    }
}

#[test]
fn no_python_at_all() {
    assert!(
        none_supported(&[], &limits())
            .to_string()
            .starts_with("error: no Python was found\n  = help: install a CPython")
    );
    let all = [python("CPython", "3.8.18"), python("PyPy", "3.11.11")];
    let text = none_supported(&all, &limits()).to_string();
    assert!(text.contains(" was found, only cpython-3.8, pypy-3.11\n"), "{text}");
}

#[test]
fn a_version_that_is_not_there() {
    assert_eq!(
        no_such_version("--python 3.14", "3.14", &[python("CPython", "3.12.1")]).to_string(),
        "error: --python 3.14: no CPython 3.14 was found\n  \
         = help: take another one: --python 3.12 (`cargo hpy pythons` lists them all)"
    );
}

#[test]
fn what_a_program_prints_is_cut() {
    assert_eq!(first_line("one\ntwo"), "one");
    assert_eq!(first_line(&"é".repeat(500)), format!("{}...", "é".repeat(160)));
}
