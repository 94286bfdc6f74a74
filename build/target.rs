// build/target.rs: what one build is for: an ABI and, for the CPython ABI, one CPython.

use super::problems::Problems;
use super::pythons::{Pythons, Version};

/// How an extension talks to the interpreter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abi {
    /// Directly through the C API of one CPython.
    CPython,
    /// Through the context that the loader passes: one binary, many interpreters.
    Universal,
}

/// What the generator emits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub abi: Abi,
    /// `CPython`, or the implementation that was found instead.
    pub implementation: String,
    pub version: Version,
    pub free_threaded: bool,
    pub debug: bool,
    /// The interpreter that was asked, if it was one and not a config file.
    pub executable: Option<String>,
}

impl Abi {
    /// The one ABI that the features of the package name.
    pub fn from_features(cpython: bool, universal: bool) -> Result<Abi, Problems> {
        const ONE: &str = "features = [\"cpython\"] or, with default-features = false, features = [\"universal\"]";
        match (cpython, universal) {
            (true, false) => Ok(Abi::CPython),
            (false, true) => Ok(Abi::Universal),
            (false, false) => {
                Err(Problems::one("no HPy ABI is chosen", format!("give the dependency on hpy-sys {ONE}")))
            }
            (true, true) => Err(Problems::one(
                "two HPy ABIs are chosen: cpython and universal",
                format!("give the dependency on hpy-sys one of them, everywhere in the dependency graph: {ONE}"),
            )),
        }
    }

    /// The ABI's name in `HPY_ABI` and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Abi::CPython => "cpython",
            Abi::Universal => "universal",
        }
    }
}

impl Target {
    /// A build for the universal ABI, which needs no Python.
    pub fn universal() -> Target {
        Target {
            abi: Abi::Universal,
            implementation: String::new(),
            version: Version { major: 0, minor: 0 },
            free_threaded: false,
            debug: false,
            executable: None,
        }
    }

    /// A build for the CPython ABI of the interpreter that pyo3-build-config describes.
    #[cfg(feature = "cpython")]
    pub fn from_interpreter(config: &pyo3_build_config::InterpreterConfig) -> Target {
        let found = config.version();
        Target {
            abi: Abi::CPython,
            implementation: config.implementation().to_string(),
            version: Version { major: found.major, minor: found.minor },
            free_threaded: config.is_free_threaded(),
            debug: config.build_flags().0.contains(&pyo3_build_config::BuildFlag::Py_DEBUG),
            executable: config.executable().map(str::to_owned),
        }
    }

    /// Holds the target against the limits of pythons.toml.
    pub fn check(&self, pythons: &Pythons, skip_version_check: bool) -> Result<(), Problems> {
        const OTHER: &str = "set PYO3_PYTHON to the path of a supported CPython";
        let Pythons { minimum, maximum, minimum_free_threaded, .. } = *pythons;
        let found = match &self.executable {
            Some(path) => format!("{} ({path})", self.name()),
            None => self.name(),
        };
        if self.implementation != "CPython" {
            return Err(Problems::one(
                format!(
                    "the Python to build for is {found}, and the CPython ABI needs a CPython {minimum} to {maximum}"
                ),
                format!(
                    "{OTHER}, or build for the universal ABI: cargo build --no-default-features --features universal"
                ),
            ));
        }
        if skip_version_check {
            return Ok(());
        }
        let problem = if self.version < minimum {
            format!("the Python to build for is {found}, and the oldest supported one is CPython {minimum}")
        } else if self.version > maximum {
            format!("the Python to build for is {found}, and the newest supported one is CPython {maximum}")
        } else if self.free_threaded && self.version < minimum_free_threaded {
            format!(
                "the Python to build for is {found}, and the oldest supported one is CPython {minimum_free_threaded}t"
            )
        } else {
            return Ok(());
        };
        Err(Problems::one(problem, format!("{OTHER}, or set HPY_SYS_SKIP_VERSION_CHECK=1 to try this one anyway")))
    }

    /// The target's short name: `CPython 3.14t`, `PyPy 3.11`, or `universal`.
    pub fn name(&self) -> String {
        match self.abi {
            Abi::Universal => "universal".to_owned(),
            Abi::CPython => format!(
                "{} {}{}{}",
                self.implementation,
                self.version,
                if self.free_threaded { "t" } else { "" },
                if self.debug { "d" } else { "" }
            ),
        }
    }

    /// What `HPY_SYS_PRINT_CONFIG=1` prints.
    pub fn describe(&self, pythons: &Pythons) -> String {
        let facts: Vec<_> =
            pythons.facts.iter().filter(|fact| fact.holds(self)).map(|fact| fact.name.as_str()).collect();
        format!(
            "HPY_SYS_PRINT_CONFIG=1 is set: this is what was detected, and the build stops here.\n\
             abi = {}\ntarget = {}\ninterpreter = {}\nfree_threaded = {}\ndebug = {}\nfacts = {}",
            self.abi.name(),
            self.name(),
            self.executable.as_deref().unwrap_or("none (a configuration file, a cross build, or no Python needed)"),
            self.free_threaded,
            self.debug,
            if facts.is_empty() { "none".to_owned() } else { facts.join(", ") },
        )
    }
}
