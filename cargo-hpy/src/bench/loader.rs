// cargo-hpy/src/bench/loader.rs: what loads modules of the universal ABI: the package hpy, in an environment of its own.

use std::path::PathBuf;

use super::environment::Environment;
use super::modules::Modules;
use super::run::LeftOut;

const PACKAGE: &str = "hpy==0.9.0";
/// The CPythons that the package is there for, as minor versions.
const MINOR: std::ops::RangeInclusive<u8> = 9..=11;

/// The folder from which the measured Python can import `hpy.universal`.
pub fn folder(modules: &Modules) -> Result<PathBuf, LeftOut> {
    if !MINOR.contains(&modules.python.version.minor) || modules.python.debug {
        return Err(format!(
            "{PACKAGE}, which loads it, is for release builds of CPython 3.{} to 3.{}: measure it with --python 3.{}",
            MINOR.start(),
            MINOR.end(),
            MINOR.end()
        ));
    }
    let environment = Environment::new(&modules.folder.join("loader"), &modules.python.path)?;
    environment.install(&[PACKAGE])?;
    environment.packages()
}
