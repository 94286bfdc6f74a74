// abi-tests/tests/conformance_c.rs: the assertions of `python/` on the families in C, for each interpreter that is found.
//
// `conformance` reports missing interpreters.

mod common;

use std::process::ExitCode;

use common::suite::{MORE, Suite};
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
    let trials = suites.flat_map(|suite| suite.trials().into_iter().chain(sanitized(&suite.python))).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The library with the compiler's checks, on one interpreter.
fn sanitized(python: &Found) -> Option<Trial> {
    if python.version != MORE || python.debug {
        return None;
    }
    let name = format!("c-{}-sanitized", python.name());
    if c::sanitizer().is_none() {
        return Some(skipped(&name, Reason::Missing("libasan")));
    }
    let build = Box::new(|python: &Found| c::build_sanitized(Abi::Cpython(python)));
    Some(Suite::new(name.clone(), python, "c", build).trial(name, &[], false))
}
