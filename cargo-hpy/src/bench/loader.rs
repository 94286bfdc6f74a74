// cargo-hpy/src/bench/loader.rs: what loads modules of the universal ABI, in an environment of its own.

use std::path::PathBuf;

use hpy_pythons::Environment;

use super::compile::Modules;
use super::run::LeftOut;
use crate::python;

/// The folder from which the measured Python can import `hpy.universal`.
pub fn folder(modules: &Modules) -> Result<PathBuf, LeftOut> {
    let loader = python::loader();
    let measured = modules.python;
    if !hpy_pythons::loaders::is_for(&loader, measured) {
        return Err(format!(
            "{}, which loads it, is for release builds of {} {} to {}: measure it with --python {}",
            loader.name, loader.implementation, loader.from, loader.until, loader.until
        ));
    }
    Environment { python: hpy_pythons::loaders::prepare(&loader, measured, &modules.folder.join("loaders"))? }
        .packages()
}
