// cargo-hpy/src/bench/user_crate.rs: `cargo hpy bench PATH --statement ...`: the user's own extension crate, and a Python
// statement of theirs.

use std::path::Path;

use super::compile::Modules;
use super::loader;
use super::modes::Mode;
use super::modules::{Failure, Module, left_out};
use crate::abi::Abi;
use crate::error::{Error, Result};
use crate::progress::Progress;

/// The crate in a folder, or why it is none.
pub fn check(path: &Path) -> Result<()> {
    if path.join("Cargo.toml").is_file() {
        return Ok(());
    }
    let found = if path.is_dir() { "there is no Cargo.toml in it" } else { "there is no such folder" };
    Err(Error::new(
        format!("{}: {found}", path.display()),
        "name the folder of an extension crate: cargo hpy bench path/to/crate --statement \"...\"",
    ))
}

/// Builds the crate in one mode, into a folder of its own below `folder`.
pub fn build(
    path: &Path,
    mode: Mode,
    modules: &Modules,
    folder: &Path,
    progress: &Progress,
) -> std::result::Result<Module, Failure> {
    let folder = folder.join(mode.name());
    super::run::empty_folder(&folder).map_err(Failure::Broken)?;
    let (abi, loader) = match mode {
        Mode::Universal => (Abi::Universal, Some(loader::folder(modules)?)),
        _ => (Abi::Cpython, None),
    };
    let built = crate::build::optimised(path, abi, modules.python, None, &folder, progress);
    let mut files = built.map_err(|error| match mode {
        // A crate does not have to be one for every ABI.
        Mode::Universal => left_out(error),
        _ => Failure::Broken(error),
    })?;
    let file = files.swap_remove(0);
    Ok(Module { mode, folder, file, version: format!("hpy-sys in {}", path.display()), headers: None, loader })
}
