// cargo-hpy/tests/common/loaders.rs: the interpreters here that load modules of HPy's universal ABI.

use std::path::{Path, PathBuf};

use hpy_pythons::{Found, Loader, Version, known, loaders, own_loader};

/// The loader that pythons.toml has for an implementation of Python.
pub fn of_implementation(implementation: &str) -> Loader {
    let all = known().loaders;
    all.into_iter().find(|loader| loader.implementation == implementation).unwrap()
}

/// The interpreter with a loader to run modules of this version with; the error says why there is none.
pub fn prepare(loader: &Loader, version: Version, all: &[Found]) -> Result<PathBuf, String> {
    let found = loaders::find_for(loader, version, all).ok_or("no such interpreter was found")?;
    loaders::prepare(loader, found, &Path::new(env!("CARGO_TARGET_TMPDIR")).join("loaders"))
}

/// An interpreter with this project's loader for each CPython of pythons.toml that is found.
pub fn own(all: &[Found]) -> Vec<PathBuf> {
    // The tests of conformance have built it there.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-loader");
    let found = known().pythons.into_iter().filter_map(|kind| hpy_pythons::find(&kind, all).cloned());
    found.map(|python| own_loader::prepare(&python, "checked", &folder).unwrap_or_else(|why| panic!("{why}"))).collect()
}

/// The newest CPython that HPy's own loader is for.
pub fn newest_cpython(all: &[Found]) -> Result<PathBuf, String> {
    let loader = of_implementation("CPython");
    prepare(&loader, loader.until, all)
}
