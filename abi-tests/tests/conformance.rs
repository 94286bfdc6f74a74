// abi-tests/tests/conformance.rs: one test for each interpreter of pythons.toml: builds the extension for it and runs `python/run.py`.
//
// An interpreter that is not there is an ignored test that says so, and in continuous integration a failed one.

mod common;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use common::{Reason, build, conclude, python_folder, skipped};
use hpy_pythons::{Expected, Found, Tested, Version};
use libtest_mimic::{Arguments, Trial};

/// The version that is also tested with optimisation and under valgrind.
const MORE: Version = Version { major: 3, minor: 12 };

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let found = hpy_pythons::find_all();
    let expected = hpy_pythons::expected(include_str!("../../pythons.toml")).expect("pythons.toml can be read");
    let trials = expected.iter().flat_map(|expected| trials(expected, expected.find_in(&found).cloned())).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The tests of one interpreter.
fn trials(expected: &Expected, found: Option<Found>) -> Vec<Trial> {
    let name = expected.name();
    let mut trials = Vec::new();
    let Some(python) = found else {
        if expected.tested == Tested::Compile {
            trials.push(Trial::test(format!("{name}-compiles"), compiles(*expected)));
        }
        trials.push(skipped(&name, Reason::Interpreter(expected.tested)));
        return trials;
    };
    trials.push(runs(&name, &python, "dev", &[]));
    if python.debug {
        trials.push(runs(&name.replace("-debug", "-leaks"), &python, "dev", &["--leaks"]));
    } else if python.version == MORE {
        trials.push(runs(&format!("{name}-release"), &python, "release", &[]));
        let name = format!("{name}-valgrind");
        match Command::new("valgrind").arg("--version").output() {
            Ok(_) => trials.push(runs(&name, &python, "dev", &["--valgrind"])),
            Err(_) => trials.push(skipped(&name, Reason::Missing("valgrind"))),
        }
    }
    trials
}

/// Builds for `python` and runs the assertions.
fn runs(name: &str, python: &Found, profile: &'static str, options: &'static [&'static str]) -> Trial {
    let (name, python) = (name.to_owned(), python.clone());
    Trial::test(name.clone(), move || {
        let library = build("build", profile, &python.name(), |cargo| cargo.env("PYO3_PYTHON", &python.path))?;
        let mut run = Command::new(&python.path);
        run.arg("-s").arg(python_folder().join("run.py")).args(options).arg(library);
        run.env_remove("PYTHONPATH")
            .env_remove("PYTHONHOME")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env_remove("RUST_BACKTRACE");
        if profile == "dev" {
            // CPython's own check of memory that is written beyond its end or used after it is freed.
            run.env("PYTHONMALLOC", "debug");
        }
        let said = conclude(run)?;
        println!("{name}: {}", said.lines().last().unwrap_or_default());
        Ok(())
    })
}

/// Compiles for an interpreter that is not there, described by a file as pyo3-build-config reads it.
fn compiles(expected: Expected) -> impl FnOnce() -> Result<(), libtest_mimic::Failed> + Send + 'static {
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
        Ok(())
    }
}
