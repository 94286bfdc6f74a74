// cargo-hpy/src/bench/loader.rs: what loads modules of the universal ABI, in an environment of its own.

use std::path::PathBuf;

use hpy_pythons::{Environment, loaders, own_loader};

use super::compile::Modules;
use super::modes::Loader;
use super::run::LeftOut;
use crate::python;

/// The folder from which the measured Python can import `hpy.universal`.
pub fn folder(modules: &Modules, loader: Loader) -> Result<PathBuf, LeftOut> {
    let python = match loader {
        Loader::Own => own_loader::prepare(modules.python, "release", &modules.folder.join("own-loader"))?,
        Loader::Hpy09 => hpy09(modules)?,
    };
    Environment { python }.packages()
}

/// An interpreter with the loader of HPy 0.9.0.
fn hpy09(modules: &Modules) -> Result<PathBuf, LeftOut> {
    let (loader, measured) = (python::hpys_loader(), modules.python);
    if !loaders::is_for(&loader, measured) {
        return Err(format!(
            "{}, which loads it, is for release builds of {} {} to {}: measure it with --python {}",
            loader.name, loader.implementation, loader.from, loader.until, loader.until
        ));
    }
    loaders::prepare(&loader, measured, &modules.folder.join("loaders"))
}
