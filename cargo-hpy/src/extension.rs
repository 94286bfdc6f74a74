// cargo-hpy/src/extension.rs: builds extension crates for one Python, and puts their modules into a folder.

use std::fs;
use std::path::{Path, PathBuf};

use hpy_pythons::Found;

use crate::cargo::{self, Built};
use crate::error::{Error, Result};
use crate::progress::Progress;

/// Builds the `packages` of the workspace at `root` for `python`, optimised, and puts their modules into `folder`.
///
/// It needs no Python headers: hpy-sys has CPython's declarations in Rust.
pub fn build(root: &Path, packages: &[&str], python: &Found, folder: &Path, progress: &Progress) -> Result<()> {
    let mut command = cargo::for_python(root, "build", python);
    command.arg("--release");
    for package in packages {
        command.args(["--package", package]);
    }
    let built = cargo::build(command, Some(python), progress)?;
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    for Built { name, file, .. } in built {
        let module = module_file(folder, &name, python);
        // Replace the file, do not overwrite it: a Python may have mapped it.
        let _ = fs::remove_file(&module);
        fs::copy(file, &module).map_err(|error| cannot_write(&module, &error))?;
    }
    Ok(())
}

/// The file from which `python` imports the module `name`: `name.cpython-314-x86_64-linux-gnu.so`.
pub fn module_file(folder: &Path, name: &str, python: &Found) -> PathBuf {
    folder.join(format!("{name}{}", python.extension_suffix))
}

pub fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Error::new(
        format!("cannot write {}: {error}", path.display()),
        "free some disk space, or build elsewhere: CARGO_TARGET_DIR=/path/to/folder cargo hpy demo",
    )
}
