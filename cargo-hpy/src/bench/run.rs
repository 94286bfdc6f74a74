// cargo-hpy/src/bench/run.rs: runs other programs, and reports an error in one line.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::error::{Error, Result};
use crate::in_path;

/// The reason why a mode is missing, which the report shows with its name.
pub type LeftOut = String;

/// The path of a program, or an error that it is missing.
pub fn program(name: &str, package: &str) -> std::result::Result<PathBuf, LeftOut> {
    let path = env::var_os("PATH");
    in_path::find(name, path.as_deref()).ok_or_else(|| format!("{name} is not installed ({package})"))
}

/// Runs a command to its end, and returns its output. The error is its most telling line.
pub fn succeed(command: &mut Command) -> std::result::Result<String, LeftOut> {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("cannot run {name}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let (said, printed) = (String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    let lines: Vec<_> = said.lines().chain(printed.lines()).map(str::trim).filter(|line| !line.is_empty()).collect();
    let telling = lines.iter().find(|line| line.contains("error")).or(lines.last());
    Err(format!("{name} failed ({}): {}", output.status, telling.map_or("it said nothing", |line| line)))
}

/// An empty folder at `path`.
pub fn empty_folder(path: &Path) -> Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).map_err(|error| cannot_write(path, &error))?;
    }
    fs::create_dir_all(path).map_err(|error| cannot_write(path, &error))
}

pub fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(|error| cannot_write(path, &error))
}

pub fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Error::new(format!("cannot write {}: {error}", path.display()), "name a folder where you may write: --out DIR")
}
