// generator/src/target/mod.rs: the CPython that one build is for, and the ones that are refused.

pub mod abi;
pub mod pythons;
pub mod version;

use crate::problems::Problems;
use crate::target::pythons::{Limits, Pythons, Unsupported};
use crate::target::version::Version;

/// What is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `CPython`, or the implementation that was found instead.
    pub implementation: String,
    pub version: Version,
    pub free_threaded: bool,
    pub debug: bool,
    /// The interpreter that was asked, if it was one and not a config file.
    pub executable: Option<String>,
}

impl Target {
    /// What is wrong with a pyo3-ffi that another crate of the build has turned to CPython's stable ABI: a build has one.
    pub fn stable_abi(abi: &str) -> Problems {
        Problems::one(
            format!(
                "pyo3-ffi is built for CPython's stable ABI ({abi}) here, and the ABIs cpython and hybrid of hpy-sys need all of \
                 CPython's API"
            ),
            format!(
                "a crate of this build turns on a feature `{abi}...` of pyo3 or pyo3-ffi (`cargo tree -e features -i pyo3-ffi` \
                 says which one): build the two apart, `cargo build -p NAME`, or move one of them to a workspace of its own; the \
                 ABI universal of hpy-sys does without pyo3-ffi"
            ),
        )
    }

    /// Holds the target against the limits of pythons.toml.
    pub fn check(&self, pythons: &Pythons, skip_version_check: bool) -> Result<(), Problems> {
        const OTHER: &str = "set PYO3_PYTHON to the path of a supported CPython";
        let found = match &self.executable {
            Some(path) => format!("{} ({path})", self.name()),
            None => self.name(),
        };
        match pythons.limits.check(&self.implementation, self.version, self.free_threaded) {
            Err(Unsupported::Implementation(Limits { minimum, maximum, .. })) => Err(Problems::one(
                format!(
                    "the Python to build for is {found}, and the ABIs cpython and hybrid need a CPython {minimum} to {maximum}"
                ),
                OTHER,
            )),
            Err(unsupported @ Unsupported::Version(_)) if !skip_version_check => Err(Problems::one(
                format!("the Python to build for is {found}, and {unsupported}"),
                format!("{OTHER}, or set HPY_SYS_SKIP_VERSION_CHECK=1 to try this one anyway"),
            )),
            _ => Ok(()),
        }
    }

    /// The target's short name: `CPython 3.14t`, `PyPy 3.11`.
    pub fn name(&self) -> String {
        let threads = if self.free_threaded { "t" } else { "" };
        let debug = if self.debug { "d" } else { "" };
        format!("{} {}{threads}{debug}", self.implementation, self.version)
    }

    /// The target in a symbol: `cp314t`.
    pub fn tag(&self) -> String {
        let threads = if self.free_threaded { "t" } else { "" };
        let debug = if self.debug { "d" } else { "" };
        format!("cp{}{}{threads}{debug}", self.version.major, self.version.minor)
    }

    /// The target in `built_for.toml`.
    pub fn record(&self) -> String {
        let Target { implementation, version, free_threaded, debug, executable } = self;
        let executable = executable.as_ref().map_or(String::new(), |path| format!("executable = {}\n", quoted(path)));
        let implementation = quoted(implementation);
        format!(
            "implementation = {implementation}\nversion = \"{version}\"\nfree_threaded = {free_threaded}\n\
             debug = {debug}\n{executable}"
        )
    }

    /// The lines about it that `HPY_SYS_PRINT_CONFIG=1` prints.
    pub fn describe(&self, pythons: &Pythons) -> String {
        let facts: Vec<_> =
            pythons.facts.iter().filter(|fact| fact.holds(self)).map(|fact| fact.name.as_str()).collect();
        format!(
            "target = {}\ninterpreter = {}\nfree_threaded = {}\ndebug = {}\nfacts = {}",
            self.name(),
            self.executable.as_deref().unwrap_or("none (a configuration file or a cross build)"),
            self.free_threaded,
            self.debug,
            if facts.is_empty() { "none".to_owned() } else { facts.join(", ") },
        )
    }
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            _ if letter.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(letter))),
            _ => quoted.push(letter),
        }
    }
    quoted + "\""
}
