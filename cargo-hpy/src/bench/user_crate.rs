// cargo-hpy/src/bench/user_crate.rs: `cargo hpy bench PATH --statement ...`: the user's own extension crate, and a Python
// statement of theirs.

use std::path::Path;

use hpy_pythons::Found;

use super::modes::Mode;
use super::modules::{Failure, Module};
use crate::error::{Error, Result};
use crate::extension;
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
    python: &Found,
    folder: &Path,
    progress: &Progress,
) -> std::result::Result<Module, Failure> {
    let folder = folder.join(mode.name());
    super::run::empty_folder(&folder).map_err(Failure::Broken)?;
    match mode {
        Mode::Native => extension::build(path, &[], python, &folder, progress).map_err(Failure::Broken)?,
        // A module in the universal ABI is built here, once `cargo hpy build --abi universal` can.
        Mode::Universal => {
            return Err(Failure::LeftOut("this version does not build for the universal ABI".to_owned()));
        }
        _ => return Err(Failure::LeftOut("a crate of your own is built with hpy-sys in Rust alone".to_owned())),
    }
    let module = folder.read_dir().ok().and_then(|mut entries| Some(entries.next()?.ok()?.path()));
    match module {
        Some(file) => {
            Ok(Module { mode, folder, file, version: format!("hpy-sys in {}", path.display()), headers: None })
        }
        None => Err(Failure::Broken(Error::new(
            format!("{}: the build made no extension module", path.display()),
            "write crate-type = [\"cdylib\"] into the [lib] of its Cargo.toml",
        ))),
    }
}
