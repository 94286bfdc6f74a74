// pythons/src/lib.rs: the interpreters of this machine, and those of pythons.toml.
//
//     let found = hpy_pythons::find_all();
//     for expected in hpy_pythons::expected(include_str!("../pythons.toml"))? {
//         match expected.find_in(&found) {
//             Some(python) => println!("{}: {}", expected.name(), python.path.display()),
//             None => println!("{}: not found", expected.name()),
//         }
//     }

//! Finds Python interpreters, and runs each to describe itself.
//!
//! [`find_all`] gives what is there, [`search`] also what gave no answer, [`expected`] what pythons.toml asks for, and [`Expected::find_in`] brings the two
//! together. [`loaders`] gives what loads modules of the universal ABI, and [`Loader::prepare`] an interpreter with it, in
//! an [`Environment`] if need be. [`ask`] asks one interpreter.

mod ask;
mod environment;
mod expected;
mod limits;
mod loaders;
mod places;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

pub use ask::{LIMIT_VARIABLE, Unusable, ask};
pub use environment::Environment;
pub use expected::{Expected, Tested, expected};
pub use limits::Limits;
pub use loaders::{Loader, loaders, module_suffix};
pub use places::{PYTHONS_VARIABLE, Search, find_all, of_environment, search};

/// A Python version, `major.minor`. It is read from and written as `3.12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    pub major: u8,
    pub minor: u8,
}

/// An interpreter that has been run and has told what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The path of the executable, also for PYO3_PYTHON.
    pub path: PathBuf,
    /// `CPython`, `PyPy`, ...
    pub implementation: String,
    pub version: Version,
    /// The whole version, like `3.15.0a2`.
    pub full_version: String,
    /// Whether it is a debug build, which counts all references: it has `sys.gettotalrefcount`.
    pub debug: bool,
    /// Whether it is a build without a global lock, `3.14t`.
    pub free_threaded: bool,
    /// How the file name of an extension module ends, like `.cpython-314-x86_64-linux-gnu.so`.
    pub extension_suffix: String,
    /// The folder of Python.h, if it is installed.
    pub include: Option<PathBuf>,
}

impl Found {
    /// The name of its kind: `cpython-3.14`, `cpython-3.14-debug`, `cpython-3.14t`, `pypy-3.11`.
    pub fn name(&self) -> String {
        name(&self.implementation, self.version, self.free_threaded, self.debug)
    }
}

fn name(implementation: &str, version: Version, free_threaded: bool, debug: bool) -> String {
    let implementation = implementation.to_lowercase();
    let (t, d) = (if free_threaded { "t" } else { "" }, if debug { "-debug" } else { "" });
    format!("{implementation}-{version}{t}{d}")
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Version, String> {
        text.split_once('.')
            .and_then(|(major, minor)| Some(Version { major: major.parse().ok()?, minor: minor.parse().ok()? }))
            .ok_or_else(|| format!("`{text}` is no Python version of the form 3.12"))
    }
}
