// tests/common/mod.rs: what the build script reads of this package, and targets, for tests.

use std::path::PathBuf;

use hpy_generator::target::Target;
use hpy_generator::target::abi::Abi;
use hpy_generator::target::pythons::{self, Pythons};
use hpy_generator::target::version::Version;
use hpy_generator::{Sources, read_folder};

/// The folder of the package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files that the build script reads.
#[allow(dead_code)]
pub fn sources() -> Sources {
    Sources::read(&root()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The hand-written Rust sources.
#[allow(dead_code)]
pub fn rust() -> Vec<(String, String)> {
    read_folder(&root(), "src", "rs").unwrap_or_else(|problems| panic!("{problems}"))
}

/// pythons.toml.
#[allow(dead_code)]
pub fn pythons() -> Pythons {
    pythons::read(&sources().pythons).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A target of the native ABI: `3.12`, or `3.14t` without a global lock.
#[allow(dead_code)]
pub fn target(name: &str) -> Target {
    let version: Version = name.trim_end_matches('t').parse().unwrap();
    Target {
        implementation: "CPython".to_owned(),
        version,
        free_threaded: name.ends_with('t'),
        debug: false,
        executable: None,
    }
}

/// The native ABI of a target.
#[allow(dead_code)]
pub fn cpython(name: &str) -> Abi {
    Abi::CPython(target(name))
}
