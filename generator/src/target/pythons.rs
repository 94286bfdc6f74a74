// generator/src/target/pythons.rs: pythons.toml: which CPythons are supported, and which facts hold on which of them.

use std::fmt;
use std::str::FromStr;

use crate::problems::{Place, Problems};
use crate::table::record::{File, Record};
use crate::target::Target;
use crate::target::abi::Abi;

/// A Python version, `major.minor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    pub major: u8,
    pub minor: u8,
}

/// The versions from `from` to `until`, both included and both optional.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub from: Option<Version>,
    pub until: Option<Version>,
}

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
}

/// All of pythons.toml.
#[derive(Debug)]
pub struct Pythons {
    pub minimum: Version,
    pub maximum: Version,
    pub minimum_free_threaded: Version,
    pub pythons: Vec<Python>,
    pub facts: Vec<Fact>,
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

impl Range {
    pub fn contains(&self, version: Version) -> bool {
        self.from.is_none_or(|from| from <= version) && self.until.is_none_or(|until| version <= until)
    }

    /// Reads the keys `from` and `until` of a record.
    pub fn read(record: &mut Record<'_>) -> Range {
        let range = Range { from: record.parsed("from"), until: record.parsed("until") };
        if let (Some(from), Some(until)) = (range.from, range.until) {
            if from > until {
                record.wrong(format!("the range {from} to {until} is empty"), "swap `from` and `until`");
            }
        }
        range
    }
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

/// Reads pythons.toml, given as its path and its text.
pub fn read((path, text): &(String, String)) -> Result<Pythons, Problems> {
    const UNKNOWN: Version = Version { major: 0, minor: 0 };
    let mut problems = Problems::default();
    let mut all = Pythons {
        minimum: UNKNOWN,
        maximum: UNKNOWN,
        minimum_free_threaded: UNKNOWN,
        pythons: Vec::new(),
        facts: Vec::new(),
    };
    File { path, text }.read(&mut problems, |root| {
        all.minimum = required_version(root, "minimum");
        all.maximum = required_version(root, "maximum");
        all.minimum_free_threaded = required_version(root, "minimum_free_threaded");
        root.each("python", |record| {
            let version = required_version(record, "version");
            let debug = record.boolean("debug").unwrap_or(false);
            let free_threaded = record.boolean("free_threaded").unwrap_or(false);
            if record.text("tested").is_some_and(|tested| tested != "run" && tested != "compile") {
                record.wrong("`tested` is neither \"run\" nor \"compile\"".to_owned(), "leave it out for \"run\"");
            }
            if let Some(tested) = record.text("tested").filter(|tested| tested != "compile") {
                record.wrong(
                    format!("`tested = \"{tested}\"` is not known"),
                    "write `tested = \"compile\"`, or leave it out",
                );
            }
            all.pythons.push(Python { version, debug, free_threaded });
        });
        // What the tests run on: hpy_pythons reads it.
        root.ignore("loader");
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
    if all.minimum > all.maximum {
        let place = Place { file: path.clone(), line: 1 };
        problems.add(&place, format!("the minimum {} is above the maximum {}", all.minimum, all.maximum), "swap them");
    }
    problems.unless_any(all)
}

fn required_version(record: &mut Record<'_>, key: &'static str) -> Version {
    let missing = Version { major: 0, minor: 0 };
    if record.required_text(key).is_empty() { missing } else { record.parsed(key).unwrap_or(missing) }
}
