// abi-tests/tests/common/loader.rs: an interpreter with a loader of the universal ABI, in an environment of its own if needed.

use std::path::{Path, PathBuf};
use std::process::Command;

use hpy_pythons::{Found, Loader};
use libtest_mimic::Failed;

use super::conclude;

/// What the loader is asked for its version with.
const VERSION: &str = "from hpy import universal; print(universal.get_version()[0])";

/// The interpreter to run: `python`, or that of an environment with the loader's package, made once.
///
/// The error says why there is none.
pub fn prepare(loader: &Loader, python: &Found) -> Result<PathBuf, String> {
    let Some(package) = &loader.package else {
        return check(loader, &python.path).map(|()| python.path.clone());
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("loaders").join(loader.name_on(python.version));
    let inside = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if check(loader, &inside).is_ok() {
        return Ok(inside);
    }
    install(&python.path, &folder, &inside, package).map_err(|error| {
        let last = error.message().unwrap_or_default().trim().lines().last().unwrap_or_default();
        format!("{package} cannot be installed: {last}")
    })?;
    check(loader, &inside).map(|()| inside)
}

/// Makes an environment with the package: by uv, or else by what Python brings along.
fn install(python: &Path, folder: &Path, inside: &Path, package: &str) -> Result<(), Failed> {
    let (mut make, mut fetch);
    if Command::new("uv").arg("--version").output().is_ok() {
        (make, fetch) = (Command::new("uv"), Command::new("uv"));
        make.args(["venv", "--quiet", "--clear", "--python"]).arg(python).arg(folder);
        fetch.args(["pip", "install", "--quiet", "--python"]).arg(inside).arg(package);
    } else {
        (make, fetch) = (Command::new(python), Command::new(inside));
        make.args(["-m", "venv", "--clear"]).arg(folder);
        fetch.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).arg(package);
    }
    conclude(make)?;
    conclude(fetch).map(drop)
}

/// Whether the interpreter has this very loader.
fn check(loader: &Loader, python: &Path) -> Result<(), String> {
    let mut ask = Command::new(python);
    ask.args(["-I", "-c", VERSION]);
    let said = conclude(ask).map_err(|_| format!("`{}` has no hpy.universal", python.display()))?;
    match said.trim() == loader.version {
        true => Ok(()),
        false => Err(format!("its loader is {}, and what is known is of {}", said.trim(), loader.version)),
    }
}
