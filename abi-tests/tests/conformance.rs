// abi-tests/tests/conformance.rs: one test for each interpreter of pythons.toml: builds the extension for it and runs `python/run.py`.
//
// A missing interpreter is an ignored test that says so, and a failed one in continuous integration.

mod common;

use std::path::PathBuf;
use std::process::ExitCode;

use common::suite::{MORE, Suite, longest_first};
use common::{Reason, build, build_package, skipped};
use hpy_pythons::{Found, Python, Tested};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let found = hpy_pythons::find_all();
    let expected = hpy_pythons::known().pythons;
    let trials = expected.iter().flat_map(|expected| trials(expected, hpy_pythons::find(expected, &found).cloned()));
    libtest_mimic::run(&arguments, longest_first(trials)).exit_code()
}

/// The tests of one interpreter.
fn trials(expected: &Python, found: Option<Found>) -> Vec<Trial> {
    let name = expected.name();
    let mut trials = Vec::new();
    let Some(python) = found else {
        if expected.tested == Tested::Compile {
            trials.push(Trial::test(format!("{name}-compiles"), compiles(*expected)));
        }
        trials.push(skipped(&name, Reason::Interpreter(expected.tested)));
        return trials;
    };
    trials.extend(Suite::new(name.clone(), &python, "rust", Box::new(|python| build_for(python, "dev"))).trials());
    if !python.debug && python.version == MORE {
        let release =
            Suite::new(format!("{name}-release"), &python, "rust", Box::new(|python| build_for(python, "release")));
        trials.push(release.under_valgrind());
        trials.push(release.trial(release.name.clone(), &[], false));
    }
    trials
}

fn build_for(python: &Found, profile: &str) -> Result<PathBuf, Failed> {
    build("build", profile, &python.name(), |cargo| cargo.env("PYO3_PYTHON", &python.path))
}

/// Compiles for a missing interpreter, which a pyo3-build-config file describes.
fn compiles(expected: Python) -> impl FnOnce() -> Result<(), Failed> + Send + 'static {
    move || {
        let name = expected.name();
        let flags: Vec<_> = [(expected.free_threaded, "Py_GIL_DISABLED"), (expected.debug, "Py_DEBUG,Py_REF_DEBUG")]
            .into_iter()
            .filter_map(|(on, flag)| on.then_some(flag))
            .collect();
        let text = format!(
            "implementation=CPython\nversion={}\nshared=true\nbuild_flags={}\nsuppress_build_script_link_lines=true\n",
            expected.version,
            flags.join(",")
        );
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.txt"));
        std::fs::write(&file, text)?;
        build("check", "dev", &name, |cargo| cargo.env("PYO3_CONFIG_FILE", &file))?;
        // So is this project's loader.
        let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("abi-tests").join(&name);
        build_package("hpy-loader", "check", "dev", &target, |cargo| cargo.env("PYO3_CONFIG_FILE", &file))
    }
}
