// tests/common/mod.rs: the generator of the build script, and the sources of this package, for tests.

#[path = "../../build/mod.rs"]
#[allow(dead_code)]
pub mod generator;

use std::path::{Path, PathBuf};

use generator::Sources;
use generator::abi::Abi;
use generator::pythons::{Pythons, Version};
use generator::target::Target;

/// The folder of the package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files that the build script reads.
#[allow(dead_code)]
pub fn sources() -> Sources {
    Sources { table: folder("shims/api", "toml"), pythons: file("pythons.toml"), headers: folder("shims/include", "h") }
}

/// The hand-written Rust sources.
#[allow(dead_code)]
pub fn rust() -> Vec<(String, String)> {
    folder("src", "rs")
}

/// pythons.toml.
#[allow(dead_code)]
pub fn pythons() -> Pythons {
    generator::pythons::read(&file("pythons.toml")).unwrap_or_else(|problems| panic!("{problems}"))
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

fn file(name: &str) -> (String, String) {
    let text = std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    (name.to_owned(), text)
}

fn folder(name: &str, extension: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root().join(name)).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{name}/{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            files.extend(folder(&name, extension));
        } else if Path::new(&name).extension().is_some_and(|found| found == extension) {
            files.push(file(&name));
        }
    }
    files.sort();
    files
}
