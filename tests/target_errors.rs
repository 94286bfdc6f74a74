// tests/target_errors.rs: the errors for an unsupported Python or ABI.

mod common;

use common::{pythons, target};
use hpy_generator::target::Target;
use hpy_generator::target::abi::{Abi, choose};

fn refused(target: &Target) -> String {
    target.check(&pythons(), false).unwrap_err().to_string()
}

#[test]
fn every_python_of_pythons_toml_is_accepted() {
    for python in pythons().pythons {
        let found = Target {
            version: python.version,
            free_threaded: python.free_threaded,
            debug: python.debug,
            ..target("3.12")
        };
        assert!(found.check(&pythons(), false).is_ok(), "{}", found.name());
    }
}

#[test]
fn too_old() {
    let found = Target { executable: Some("/opt/python3.8".to_owned()), ..target("3.8") };
    assert_eq!(
        refused(&found),
        "error: the Python to build for is CPython 3.8 (/opt/python3.8), and the oldest supported one is CPython 3.9\n  \
         = help: set PYO3_PYTHON to the path of a supported CPython, or set HPY_SYS_SKIP_VERSION_CHECK=1 to try this one anyway"
    );
    assert!(found.check(&pythons(), true).is_ok());
}

#[test]
fn too_new() {
    assert_eq!(
        refused(&target("3.16")),
        "error: the Python to build for is CPython 3.16, and the newest supported one is CPython 3.15\n  \
         = help: set PYO3_PYTHON to the path of a supported CPython, or set HPY_SYS_SKIP_VERSION_CHECK=1 to try this one anyway"
    );
}

#[test]
fn free_threaded_too_old() {
    assert!(
        refused(&target("3.13t"))
            .contains("CPython 3.13t, and the oldest supported one without a global lock is CPython 3.14t")
    );
}

#[test]
fn other_implementations() {
    for implementation in ["PyPy", "GraalPy"] {
        let found = Target { implementation: implementation.to_owned(), ..target("3.11") };
        assert_eq!(
            refused(&found),
            format!(
                "error: the Python to build for is {implementation} 3.11, and the ABIs cpython and hybrid need a CPython 3.9 to 3.15\n  \
                 = help: set PYO3_PYTHON to the path of a supported CPython"
            )
        );
        assert!(found.check(&pythons(), true).is_err(), "the version is not what is wrong");
    }
}

#[test]
fn exactly_one_abi() {
    assert_eq!(choose([true, false, false]).unwrap(), "cpython");
    assert_eq!(choose([false, true, false]).unwrap(), "universal");
    assert_eq!(choose([false, false, true]).unwrap(), "hybrid");
    let said = |chosen| choose(chosen).unwrap_err().to_string();
    assert_eq!(
        said([false, false, false]),
        "error: no HPy ABI is chosen\n  = help: give the dependency on hpy-sys one of features = [\"cpython\"], which is the default, [\"universal\"] and [\"hybrid\"]"
    );
    let two = said([true, true, false]);
    assert!(two.starts_with(
        "error: two HPy ABIs are chosen: cpython and universal\n  = help: \"cpython\" is a default feature"
    ));
    assert!(
        said([true, true, true]).starts_with("error: three HPy ABIs are chosen: cpython and universal and hybrid\n")
    );
}

#[test]
fn what_was_detected_is_printed() {
    let found = Target { executable: Some("/opt/python3.14t".to_owned()), ..target("3.14t") };
    let text = Abi::CPython(found).describe(&pythons());
    for line in [
        "abi = cpython",
        "target = CPython 3.14t",
        "interpreter = /opt/python3.14t",
        "free_threaded = true",
        "debug = false",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
    }
    assert!(text.contains("facts = type_from_metaclass, "), "{text}");
}
