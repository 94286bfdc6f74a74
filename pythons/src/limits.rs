// pythons/src/limits.rs: the limits of pythons.toml: which interpreters extensions can be built for.

use serde::Deserialize;

use crate::expected::{read, version};
use crate::{Found, Version};

/// The oldest and the newest CPython that extensions can be built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Limits {
    #[serde(deserialize_with = "version")]
    pub minimum: Version,
    #[serde(deserialize_with = "version")]
    pub maximum: Version,
    #[serde(deserialize_with = "version")]
    pub minimum_free_threaded: Version,
}

impl Limits {
    /// Reads the text of pythons.toml.
    pub fn read(text: &str) -> Result<Limits, String> {
        read(text)
    }

    /// Tells whether extensions can be built for `found`; the error says what is supported instead.
    pub fn check(&self, found: &Found) -> Result<(), String> {
        let Limits { minimum, maximum, minimum_free_threaded } = self;
        if found.implementation != "CPython" {
            Err(format!("only CPython {minimum} to {maximum} is supported"))
        } else if found.version < *minimum {
            Err(format!("the oldest supported one is CPython {minimum}"))
        } else if found.version > *maximum {
            Err(format!("the newest supported one is CPython {maximum}"))
        } else if found.free_threaded && found.version < *minimum_free_threaded {
            Err(format!("the oldest supported one without a global lock is CPython {minimum_free_threaded}t"))
        } else {
            Ok(())
        }
    }
}
