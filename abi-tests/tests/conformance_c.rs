// abi-tests/tests/conformance_c.rs: the assertions of `python/` on the families in C, for each interpreter that is found.
//
// An interpreter that is missing is what `conformance` tells of.

mod common;

use std::process::ExitCode;

use common::suite::Suite;
use common::{Abi, c};
use libtest_mimic::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let found = hpy_pythons::find_all();
    let expected = hpy_pythons::expected(include_str!("../../pythons.toml")).expect("pythons.toml can be read");
    let found = expected.iter().filter_map(|expected| expected.find_in(&found)).filter(|_| cfg!(unix));
    let suites = found.map(|python| {
        Suite::new(format!("c-{}", python.name()), python, "c", Box::new(|python| c::build(Abi::Cpython(python))))
    });
    let trials = suites.flat_map(|suite| suite.trials()).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}
