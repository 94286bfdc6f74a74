// cargo-hpy/src/bench/peers.rs: builds the measured module with tools that come from Python's package index.

use std::path::{Path, PathBuf};

use super::modes::Mode;
use super::modules::Modules;
use super::run::LeftOut;

/// Builds the module with a tool, and gives the tool's version.
pub fn build(modules: &Modules, mode: Mode, file: &Path) -> Result<String, LeftOut> {
    let _: (&Modules, &Path, Option<PathBuf>) = (modules, file, None);
    Err(format!("{} is not supported yet", mode.name()))
}
