// pythons/src/lib.rs: the interpreters of this machine, and those of pythons.toml.
//
//     let found = hpy_pythons::find_all();
//     for kind in &hpy_pythons::known().pythons {
//         match hpy_pythons::find(kind, &found) {
//             Some(python) => println!("{}: {}", kind.name(), python.path.display()),
//             None => println!("{}: not found", kind.name()),
//         }
//     }

//! Finds Python interpreters, and runs each to describe itself.
//!
//! [`find_all`] gives what is there, [`search`] also what gave no answer, [`known`] what pythons.toml says, and [`find`] brings
//! the two together. [`loaders`] finds what loads modules of the universal ABI, and prepares an interpreter with it, in an
//! [`Environment`] if need be; [`own_loader`] builds that of this project. [`ask`] asks one interpreter.

mod ask;
mod environment;
pub mod loaders;
pub mod own_loader;
mod places;

use std::path::PathBuf;

pub use ask::{LIMIT_VARIABLE, Unusable, ask};
pub use environment::Environment;
pub use hpy_generator::target::pythons::{Limits, Loader, Python, Pythons, Tested};
pub use hpy_generator::target::version::Version;
pub use loaders::module_suffix;
pub use places::{PYTHONS_VARIABLE, Search, find_all, of_environment, search};

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
        hpy_generator::target::pythons::name(&self.implementation, self.version, self.free_threaded, self.debug)
    }

    /// Whether it is of the kind that pythons.toml names, and extensions can be built for it, which takes headers.
    pub fn is(&self, kind: &Python) -> bool {
        self.implementation == "CPython"
            && self.version == kind.version
            && self.debug == kind.debug
            && self.free_threaded == kind.free_threaded
            && self.include.is_some()
    }

    /// Tells whether extensions can be built for it; the error says what is supported instead.
    pub fn is_within(&self, limits: &Limits) -> Result<(), String> {
        limits.check(&self.implementation, self.version, self.free_threaded).map_err(|error| error.to_string())
    }
}

/// The project's pythons.toml.
pub fn known() -> Pythons {
    let file = ("pythons.toml".to_owned(), include_str!("../pythons.toml").to_owned());
    hpy_generator::target::pythons::read(&file).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The first interpreter of a kind.
pub fn find<'a>(kind: &Python, found: &'a [Found]) -> Option<&'a Found> {
    found.iter().find(|found| found.is(kind))
}
