// abi-tests/tests/conformance_c.rs: the assertions of `python/` on the families in C, for each interpreter that is found.
//
// `conformance` reports missing interpreters.

mod common;

use std::process::ExitCode;

use common::suite::{MORE, Suite, longest_first};
use common::{Abi, Reason, c, skipped};
use hpy_pythons::Found;
use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let found = hpy_pythons::find_all();
    let expected = hpy_pythons::known().pythons;
    let found = expected.iter().filter_map(|expected| hpy_pythons::find(expected, &found)).filter(|_| cfg!(unix));
    let suites = found.map(|python| {
        Suite::new(format!("c-{}", python.name()), python, "c", Box::new(|python| c::build(Abi::Cpython(python))))
    });
    let trials = suites.flat_map(|suite| {
        let mut trials = suite.trials();
        if suite.python.version == MORE && !suite.python.debug {
            trials.extend([suite.under_valgrind(), sanitized(&suite.python)]);
        }
        trials
    });
    libtest_mimic::run(&arguments, longest_first(trials)).exit_code()
}

/// The library with the compiler's checks.
fn sanitized(python: &Found) -> Trial {
    let name = format!("c-{}-sanitized", python.name());
    if c::sanitizer().is_none() {
        return skipped(&name, Reason::Missing("libasan"));
    }
    let build = Box::new(|python: &Found| c::build_sanitized(Abi::Cpython(python)));
    Suite::new(name.clone(), python, "c", build).trial(name, &[], false)
}
