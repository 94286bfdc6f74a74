// pythons/tests/expected.rs: pythons.toml is read strictly, and what was found is held against it.

use hpy_pythons::{Expected, Found, Tested, Version, expected, loaders};

fn found(minor: u8, implementation: &str, headers: bool) -> Found {
    Found {
        path: "python".into(),
        implementation: implementation.to_owned(),
        version: Version { major: 3, minor },
        full_version: format!("3.{minor}.0"),
        debug: false,
        free_threaded: false,
        extension_suffix: ".so".to_owned(),
        include: headers.then(|| "include".into()),
    }
}

#[test]
fn the_projects_own_file_is_read() {
    let all = expected(include_str!("../../pythons.toml")).unwrap();
    let names: Vec<_> = all.iter().map(Expected::name).collect();
    for name in ["cpython-3.9", "cpython-3.14", "cpython-3.14-debug", "cpython-3.14t"] {
        assert!(names.iter().any(|known| known == name), "{name} is not among {names:?}");
    }
    assert!(all.iter().all(|python| python.free_threaded == (python.tested == Tested::Compile)));
}

#[test]
fn a_key_that_nobody_knows_is_an_error() {
    let error = expected("[[python]]\nversion = \"3.12\"\ntread = true\n").unwrap_err();
    assert!(error.contains("tread"), "{error}");
    let error = expected("[[python]]\nversion = \"3\"\n").unwrap_err();
    assert!(error.contains("`3` is no Python version of the form 3.12"), "{error}");
}

#[test]
fn only_a_cpython_with_headers_is_taken() {
    let python = expected("[[python]]\nversion = \"3.12\"\n").unwrap()[0];
    let all = [found(11, "CPython", true), found(12, "PyPy", true), found(12, "CPython", false)];
    assert_eq!(python.find_in(&all), None);
    let all = [found(12, "CPython", false), found(12, "CPython", true)];
    assert_eq!(python.find_in(&all), Some(&all[1]));
}

#[test]
fn a_loader_is_found_on_each_of_its_versions() {
    let all = loaders(include_str!("../../pythons.toml")).unwrap();
    let hpy = all.iter().find(|loader| loader.implementation == "CPython").unwrap();
    let names: Vec<_> = hpy.versions().map(|version| hpy.name_on(version)).collect();
    assert_eq!(names, ["hpy-0.9.0-cpython-3.9", "hpy-0.9.0-cpython-3.10", "hpy-0.9.0-cpython-3.11"]);
    let python = [found(11, "PyPy", true), found(11, "CPython", false)];
    assert_eq!(hpy.find_in(Version { major: 3, minor: 11 }, &python), Some(&python[1]));
    assert_eq!(hpy.find_in(Version { major: 3, minor: 10 }, &python), None);
}

#[test]
fn an_environment_of_what_is_no_python_is_an_error() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-environment");
    let error = hpy_pythons::Environment::new(&folder, "no-such-python".as_ref()).map(|made| made.python).unwrap_err();
    assert!(error.starts_with("`uv` failed: ") || error.starts_with("cannot run `no-such-python`: "), "{error}");
    assert!(!folder.exists());
}
