// generator/src/target/version.rs: versions of Python, and ranges of them.

use std::fmt;
use std::str::FromStr;

use crate::table::record::Record;

/// A Python version, `major.minor`. It is read from and written as `3.12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
