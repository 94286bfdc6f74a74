// pythons/tests/known.rs: what was found is held against pythons.toml: kinds, limits, loaders.

use hpy_pythons::{Found, Version, find, known, loaders};

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
fn only_a_cpython_with_headers_is_of_a_kind() {
    let kind = known().pythons.into_iter().find(|python| python.name() == "cpython-3.12").unwrap();
    let all = [found(11, "CPython", true), found(12, "PyPy", true), found(12, "CPython", false)];
    assert_eq!(find(&kind, &all), None);
    let all = [found(12, "CPython", false), found(12, "CPython", true)];
    assert_eq!(find(&kind, &all), Some(&all[1]));
}

#[test]
fn beyond_the_limits_the_error_says_what_is_supported() {
    let limits = known().limits;
    let check = |implementation: &str, minor, free_threaded| {
        Found { free_threaded, ..found(minor, implementation, true) }.is_within(&limits)
    };
    let (minimum, maximum) = (limits.minimum.minor, limits.maximum.minor);
    assert_eq!(check("CPython", minimum, false), Ok(()));
    assert_eq!(check("CPython", maximum, false), Ok(()));
    assert_eq!(check("CPython", limits.minimum_free_threaded.minor, true), Ok(()));
    assert_eq!(check("CPython", minimum - 1, false).unwrap_err(), "the oldest supported one is CPython 3.9");
    assert_eq!(check("CPython", maximum + 1, false).unwrap_err(), "the newest supported one is CPython 3.15");
    assert_eq!(
        check("CPython", limits.minimum_free_threaded.minor - 1, true).unwrap_err(),
        "the oldest supported one without a global lock is CPython 3.14t"
    );
    assert_eq!(check("PyPy", 11, false).unwrap_err(), "only CPython 3.9 to 3.15 is supported");
}

#[test]
fn a_loader_is_found_on_each_of_its_versions() {
    let all = known().loaders;
    let hpy = all.iter().find(|loader| loader.implementation == "CPython").unwrap();
    let names: Vec<_> = hpy.versions().map(|version| hpy.name_on(version)).collect();
    assert_eq!(names, ["hpy-0.9.0-cpython-3.9", "hpy-0.9.0-cpython-3.10", "hpy-0.9.0-cpython-3.11"]);
    let python = [found(11, "PyPy", true), found(11, "CPython", false)];
    assert_eq!(loaders::find_for(hpy, Version { major: 3, minor: 11 }, &python), Some(&python[1]));
    assert_eq!(loaders::find_for(hpy, Version { major: 3, minor: 10 }, &python), None);
}

#[test]
fn an_environment_of_what_is_no_python_is_an_error() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-environment");
    let error = hpy_pythons::Environment::new(&folder, "no-such-python".as_ref()).map(|made| made.python).unwrap_err();
    assert!(error.starts_with("`uv` failed: ") || error.starts_with("cannot run `no-such-python`: "), "{error}");
    assert!(!folder.exists());
}
