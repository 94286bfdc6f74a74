// pythons/src/own_loader.rs: this project's loader, built for one interpreter and put into an environment of it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::{env, fs};

use crate::Found;
use crate::environment::{Environment, succeed};

/// The folder of the project, of which `python/` is the loader.
const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Where [`prepare`] puts the interpreter.
pub fn place(python: &Found, folder: &Path) -> PathBuf {
    Environment::place(&folder.join(python.name()))
}

/// The interpreter of an environment below `folder` that has the loader, made of the sources with this profile of cargo.
///
/// The error says why there is none.
pub fn prepare(python: &Found, profile: &str, folder: &Path) -> Result<PathBuf, String> {
    // Tests that run at the same time want the same one.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock();
    let name = python.name();
    let environment = Environment::new(&folder.join(&name), &python.path)?;
    let library = build(python, profile, &folder.join("target").join(&name))?;
    let package = environment.packages()?.join("hpy");
    let _ = fs::remove_dir_all(&package);
    copy_tree(&Path::new(PROJECT).join("python/hpy"), &package)?;
    let module = package.join(format!("universal{}", python.extension_suffix));
    fs::copy(&library, &module).map_err(|error| format!("cannot copy {}: {error}", library.display()))?;
    Ok(environment.python)
}

/// Puts the loader, made as [`prepare`] makes it, into another environment of the interpreter too.
///
/// The error says why it cannot.
pub fn install(python: &Found, profile: &str, folder: &Path, environment: &Environment) -> Result<(), String> {
    let own = Environment { python: prepare(python, profile, folder)? };
    copy_tree(&own.packages()?.join("hpy"), &environment.packages()?.join("hpy"))
}

/// Builds the extension module.
fn build(python: &Found, profile: &str, target: &Path) -> Result<PathBuf, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--package", "hpy-loader", "--profile", profile, "--target-dir"]).arg(target);
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PYO3_")) {
        build.env_remove(name);
    }
    succeed(build.current_dir(PROJECT).env("PYO3_PYTHON", &python.path))?;
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(target.join(folder).join(format!("{}universal{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX)))
}

fn copy_tree(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |error| format!("cannot copy {} to {}: {error}", from.display(), to.display());
    fs::create_dir_all(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            if entry.file_name() != "__pycache__" {
                copy_tree(&entry.path(), &target)?;
            }
        } else {
            fs::copy(entry.path(), &target).map_err(failed)?;
        }
    }
    Ok(())
}
