// pythons/tests/limits.rs: which interpreters are within the limits of pythons.toml.

use hpy_pythons::{Found, Limits, Version};

const TEXT: &str = "minimum = \"3.9\"\nmaximum = \"3.15\"\nminimum_free_threaded = \"3.14\"\n";

fn check(implementation: &str, minor: u8, free_threaded: bool) -> Result<(), String> {
    Limits::read(TEXT).unwrap().check(&Found {
        path: "python".into(),
        implementation: implementation.to_owned(),
        version: Version { major: 3, minor },
        full_version: format!("3.{minor}.0"),
        debug: false,
        free_threaded,
        extension_suffix: ".so".to_owned(),
        include: None,
    })
}

#[test]
fn the_projects_own_file_is_read() {
    let limits = Limits::read(include_str!("../../pythons.toml")).unwrap();
    assert!(limits.minimum < limits.maximum && limits.minimum_free_threaded <= limits.maximum);
}

#[test]
fn both_limits_are_included() {
    assert_eq!(check("CPython", 9, false), Ok(()));
    assert_eq!(check("CPython", 15, false), Ok(()));
    assert_eq!(check("CPython", 14, true), Ok(()));
}

#[test]
fn beyond_them_the_error_says_what_is_supported() {
    assert_eq!(check("CPython", 8, false).unwrap_err(), "the oldest supported one is CPython 3.9");
    assert_eq!(check("CPython", 16, false).unwrap_err(), "the newest supported one is CPython 3.15");
    assert_eq!(
        check("CPython", 13, true).unwrap_err(),
        "the oldest supported one without a global lock is CPython 3.14t"
    );
    assert_eq!(check("PyPy", 11, false).unwrap_err(), "only CPython 3.9 to 3.15 is supported");
}
