// python/build.rs: emits the contexts that the loader hands to modules, from the table that hpy-sys is made of, and the SDK.

#[cfg(feature = "sdk")]
#[path = "build/sdk.rs"]
mod sdk;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use hpy_generator::problems::Problems;
use hpy_generator::target::pythons;
use hpy_generator::{Sources, contexts};

fn main() -> ExitCode {
    match emit() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            eprintln!("{problems}");
            ExitCode::FAILURE
        }
    }
}

fn emit() -> Result<(), Problems> {
    let folder = |name| PathBuf::from(env::var_os(name).expect("cargo and hpy-sys set it"));
    let (root, out) = (folder("DEP_HPY_ROOT"), folder("OUT_DIR"));
    for path in Sources::PATHS {
        println!("cargo::rerun-if-changed={}", root.join(path).display());
    }
    let sources = Sources::read(&root)?;
    let pythons = pythons::read(&sources.pythons)?;
    write(&out.join("contexts.rs"), &contexts(&sources, &pythons)?)?;
    #[cfg(feature = "sdk")]
    sdk::build(&root, &out)?;
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Problems> {
    fs::write(path, text).map_err(|error| {
        Problems::one(
            format!("cannot write {}: {error}", path.display()),
            "free some disk space or change CARGO_TARGET_DIR",
        )
    })
}
