// cargo-hpy/src/wheel/back_end.rs: a wheel of a project with a build back end of its own: setuptools, scikit-build-core, meson-python.

use std::env;
use std::path::Path;
use std::process::Command;

use hpy_pythons::Found;

use super::lines;
use super::tools::Tools;
use super::tree::{Tree, cannot_write, only_entry};
use crate::abi::Abi;
use crate::error::{Error, Result};
use crate::in_path;
use crate::progress::Progress;
use crate::python;

/// The variable that tells the back end the ABI; `hpy.devel` reads it.
pub const VARIABLE: &str = "HPY_ABI";

/// Has the back end build a wheel, and unpacks it below `work`, a folder of its own.
pub fn wheel(
    folder: &Path,
    name: &str,
    tools: &Tools,
    (abi, python): (Abi, &Found),
    work: &Path,
    progress: &Progress,
) -> Result<Tree> {
    let built = work.join("built");
    let mut command = build(python, "wheel", &built, folder)?;
    command.current_dir(folder).env(VARIABLE, abi.name());
    lines(&mut command, progress).map_err(|said| failed(name, &said))?;
    let wheel = only_entry(&built).map_err(|error| cannot_write(&built, &error))?;
    let tree = Tree::unpack(tools, &wheel, &work.join("tree"))?;
    let suffix = abi.suffix(abi.needs_python().then_some(python));
    if tree.modules(&suffix)?.is_empty() {
        let has = tree.files()?.into_iter().filter(|file| file.ends_with(".so") || file.ends_with(".pyd"));
        let has: Vec<_> = has.collect();
        let has = if has.is_empty() { "no extension module".to_owned() } else { has.join(", ") };
        return Err(Error::new(
            format!("the wheel that {name} built for {} has no module *{suffix}, but {has}", abi.name()),
            format!("let the build follow the variable {VARIABLE}={}, as hpy.devel does", abi.name()),
        ));
    }
    Ok(tree)
}

/// Has the back end make a source distribution in `out`.
pub fn sdist(folder: &Path, name: &str, python: &Found, out: &Path, progress: &Progress) -> Result<()> {
    let mut command = build(python, "sdist", out, folder)?;
    lines(command.current_dir(folder), progress).map(drop).map_err(|said| failed(name, &said))
}

/// The command of a front end: uv, or else the package `build` or pip of the Python.
fn build(python: &Found, kind: &str, out: &Path, folder: &Path) -> Result<Command> {
    if in_path::find("uv", env::var_os("PATH").as_deref()).is_some() {
        let mut command = Command::new("uv");
        command
            .args(["build", &format!("--{kind}"), "--python"])
            .arg(&python.path)
            .arg("--out-dir")
            .arg(out)
            .arg(folder);
        return Ok(command);
    }
    let has = |module: &str| super::output(Command::new(&python.path).args(["-m", module, "--version"])).is_ok();
    let mut command = Command::new(&python.path);
    if has("build") {
        command.args(["-m", "build", &format!("--{kind}"), "--outdir"]).arg(out).arg(folder);
    } else if kind == "wheel" && has("pip") {
        command.args(["-m", "pip", "wheel", "--no-deps", "--wheel-dir"]).arg(out).arg(folder);
    } else {
        let described = python::describe(python);
        return Err(Error::new(
            format!("{described} has neither the package `build` nor pip, and there is no uv"),
            format!("install one of them: {} -m ensurepip, or https://docs.astral.sh/uv", python.path.display()),
        ));
    }
    Ok(command)
}

fn failed(name: &str, said: &str) -> Error {
    Error::new(
        format!("{name} built no wheel:\n\n{}\n", said.trim_end()),
        "solve what it says, and type the same command again",
    )
}
