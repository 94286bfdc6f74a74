// generator/src/target/pythons.rs: pythons.toml: which interpreters there are, the limits, and the facts that differ between them.

use std::fmt;

use super::Target;
use super::abi::Abi;
use super::version::{Range, Version};
use crate::problems::{Place, Problems};
use crate::table::record::{File, Record};

/// Something that is true of some CPythons; written code asks for it as `cfg(cpython_NAME)`.
#[derive(Debug)]
pub struct Fact {
    pub name: String,
    pub range: Range,
    pub free_threaded: Option<bool>,
    pub debug: Option<bool>,
}

/// An interpreter that the conformance tests run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Python {
    pub version: Version,
    pub debug: bool,
    pub free_threaded: bool,
    pub tested: Tested,
}

/// How far the conformance tests go with an interpreter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tested {
    /// Everything is built for it and run on it.
    Run,
    /// It is hard to come by: everything is compiled for it, and run on it where it is there.
    Compile,
}

/// A loader of modules of the universal ABI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loader {
    /// Its name in the tests: `hpy-0.9.0`.
    pub name: String,
    /// The implementation of Python that it is for.
    pub implementation: String,
    /// The oldest and the newest version of Python.
    pub from: Version,
    pub until: Version,
    /// What `hpy.universal.get_version()` says first.
    pub version: String,
    /// The packages to install, unless the interpreter has the loader built in.
    pub packages: Vec<String>,
}

/// The oldest and the newest CPython that extensions can be built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub minimum: Version,
    pub maximum: Version,
    pub minimum_free_threaded: Version,
}

/// All of pythons.toml.
#[derive(Debug)]
pub struct Pythons {
    pub limits: Limits,
    pub pythons: Vec<Python>,
    pub loaders: Vec<Loader>,
    pub facts: Vec<Fact>,
}

/// The name of a kind of interpreter: `cpython-3.14`, `cpython-3.14-debug`, `cpython-3.14t`, `pypy-3.11`.
pub fn name(implementation: &str, version: Version, free_threaded: bool, debug: bool) -> String {
    let implementation = implementation.to_lowercase();
    let (t, d) = (if free_threaded { "t" } else { "" }, if debug { "-debug" } else { "" });
    format!("{implementation}-{version}{t}{d}")
}

impl Python {
    /// The name of its kind: `cpython-3.14`, `cpython-3.14-debug`, `cpython-3.14t`.
    pub fn name(&self) -> String {
        name("CPython", self.version, self.free_threaded, self.debug)
    }
}

impl Loader {
    /// The versions of Python that it is for.
    pub fn versions(&self) -> impl Iterator<Item = Version> {
        let Version { major, .. } = self.from;
        (self.from.minor..=self.until.minor).map(move |minor| Version { major, minor })
    }

    /// The name of the loader and its interpreter: `hpy-0.9.0-cpython-3.11`.
    pub fn name_on(&self, version: Version) -> String {
        format!("{}-{}", self.name, name(&self.implementation, version, false, false))
    }
}

/// Why no extension can be built for an interpreter: what is supported instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsupported {
    /// It is no CPython.
    Implementation(Limits),
    /// It is older or newer than what is known.
    Version(String),
}

impl Limits {
    /// Tells whether extensions can be built for an interpreter.
    pub fn check(&self, implementation: &str, version: Version, free_threaded: bool) -> Result<(), Unsupported> {
        let Limits { minimum, maximum, minimum_free_threaded } = self;
        if implementation != "CPython" {
            return Err(Unsupported::Implementation(*self));
        }
        let supported = if version < *minimum {
            format!("the oldest supported one is CPython {minimum}")
        } else if version > *maximum {
            format!("the newest supported one is CPython {maximum}")
        } else if free_threaded && version < *minimum_free_threaded {
            format!("the oldest supported one without a global lock is CPython {minimum_free_threaded}t")
        } else {
            return Ok(());
        };
        Err(Unsupported::Version(supported))
    }
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unsupported::Implementation(Limits { minimum, maximum, .. }) => {
                write!(f, "only CPython {minimum} to {maximum} is supported")
            }
            Unsupported::Version(supported) => f.write_str(supported),
        }
    }
}

impl Fact {
    /// Whether the fact holds for `target`.
    pub fn holds(&self, target: &Target) -> bool {
        self.range.contains(target.version)
            && self.free_threaded.is_none_or(|needed| needed == target.free_threaded)
            && self.debug.is_none_or(|needed| needed == target.debug)
    }
}

impl Pythons {
    /// The cargo instructions that declare every fact, and set those that hold for the CPython of the build.
    pub fn cfgs(&self, abi: &Abi) -> Vec<String> {
        let mut lines = Vec::new();
        for fact in &self.facts {
            lines.push(format!("rustc-check-cfg=cfg(cpython_{})", fact.name));
            if abi.target().is_some_and(|target| fact.holds(target)) {
                lines.push(format!("rustc-cfg=cpython_{}", fact.name));
            }
        }
        lines
    }
}

/// Reads pythons.toml, given as its path and its text.
pub fn read((path, text): &(String, String)) -> Result<Pythons, Problems> {
    let mut problems = Problems::default();
    let limits = Limits { minimum: UNKNOWN, maximum: UNKNOWN, minimum_free_threaded: UNKNOWN };
    let mut all = Pythons { limits, pythons: Vec::new(), loaders: Vec::new(), facts: Vec::new() };
    File { path, text }.read(&mut problems, |root| {
        all.limits = Limits {
            minimum: required_version(root, "minimum"),
            maximum: required_version(root, "maximum"),
            minimum_free_threaded: required_version(root, "minimum_free_threaded"),
        };
        root.each("python", |record| {
            let version = required_version(record, "version");
            let debug = record.boolean("debug").unwrap_or(false);
            let free_threaded = record.boolean("free_threaded").unwrap_or(false);
            let tested = tested(record);
            all.pythons.push(Python { version, debug, free_threaded, tested });
        });
        root.each("loader", |record| all.loaders.push(loader(record)));
        root.each("fact", |record| {
            let name = record.required_text("name");
            if record.required_text("doc").trim().is_empty() {
                record.wrong(format!("fact `{name}` is not described"), "say in `doc` what is true of these versions");
            }
            let range = Range::read(record);
            let (free_threaded, debug) = (record.boolean("free_threaded"), record.boolean("debug"));
            if all.facts.iter().any(|fact| fact.name == name) {
                record.wrong(format!("fact `{name}` is given twice"), "merge the two records");
            }
            all.facts.push(Fact { name, range, free_threaded, debug });
        });
    });
    let Limits { minimum, maximum, .. } = all.limits;
    if minimum > maximum {
        let place = Place { file: path.clone(), line: 1 };
        problems.add(&place, format!("the minimum {minimum} is above the maximum {maximum}"), "swap them");
    }
    problems.unless_any(all)
}

fn tested(record: &mut Record<'_>) -> Tested {
    match record.text("tested").as_deref() {
        None => Tested::Run,
        Some("compile") => Tested::Compile,
        Some(tested) => {
            record.wrong(
                format!("`tested = \"{tested}\"` is not known"),
                "write `tested = \"compile\"`, or leave it out",
            );
            Tested::Run
        }
    }
}

fn loader(record: &mut Record<'_>) -> Loader {
    let (name, implementation) = (record.required_text("name"), record.required_text("implementation"));
    let (from, until) = (required_version(record, "from"), required_version(record, "until"));
    let (version, packages) = (record.required_text("version"), record.texts("packages").unwrap_or_default());
    Loader { name, implementation, from, until, version, packages }
}

const UNKNOWN: Version = Version { major: 0, minor: 0 };

fn required_version(record: &mut Record<'_>, key: &'static str) -> Version {
    if record.required_text(key).is_empty() { UNKNOWN } else { record.parsed(key).unwrap_or(UNKNOWN) }
}
