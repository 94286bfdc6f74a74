// pythons/src/expected.rs: the interpreters that pythons.toml names.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::{Found, Version, name};

/// An interpreter that pythons.toml names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    #[serde(deserialize_with = "version")]
    pub version: Version,
    #[serde(default)]
    pub debug: bool,
    #[serde(default)]
    pub free_threaded: bool,
    #[serde(default)]
    pub tested: Tested,
}

/// How far the conformance tests go with an interpreter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tested {
    /// Everything is built for it and run on it.
    #[default]
    Run,
    /// It is hard to come by: everything is compiled for it, and run on it where it is there.
    Compile,
}

impl Expected {
    /// The name of its kind: `cpython-3.14`, `cpython-3.14-debug`, `cpython-3.14t`.
    pub fn name(&self) -> String {
        name("CPython", self.version, self.free_threaded, self.debug)
    }

    /// The first interpreter of this kind that extensions can be built for, which takes headers.
    pub fn find_in<'a>(&self, found: &'a [Found]) -> Option<&'a Found> {
        found.iter().find(|found| {
            found.implementation == "CPython"
                && found.version == self.version
                && found.debug == self.debug
                && found.free_threaded == self.free_threaded
                && found.include.is_some()
        })
    }
}

/// Reads the text of pythons.toml.
pub fn expected(text: &str) -> Result<Vec<Expected>, String> {
    #[derive(Deserialize)]
    struct File {
        python: Vec<Expected>,
    }
    read(text).map(|File { python }| python)
}

/// A part of pythons.toml; the error has the line.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        let line = 1 + text.bytes().take(offset).filter(|&byte| byte == b'\n').count();
        format!("pythons.toml:{line}: {}", error.message())
    })
}

pub(crate) fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Version, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}
