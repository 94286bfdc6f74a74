// cargo-hpy/src/wheel/back_end.rs: a wheel of a project with a build back end of its own: setuptools, scikit-build-core, meson-python.

use std::path::{Path, PathBuf};
use std::process::Command;

use hpy_pythons::Found;

use super::lines;
use super::tools::Tools;
use super::tree::{Tree, only_entry};
use crate::abi::Abi;
use crate::error::{Error, Result};
use crate::progress::Progress;

/// The variable that tells the back end the ABI; `hpy.devel` reads it.
pub const VARIABLE: &str = "HPY_ABI";

/// Has the back end build a wheel of a source distribution, and unpacks it below `work`, a folder of its own.
pub fn wheel(
    sdist: &Path,
    name: &str,
    tools: &Tools,
    (abi, python): (Abi, &Found),
    work: &Path,
    progress: &Progress,
) -> Result<Tree> {
    let built = work.join("built");
    let mut command = build(tools, "--wheel", python, &built, sdist);
    lines(command.env(VARIABLE, abi.name()), progress).map_err(|said| failed(name, "wheel", &said))?;
    let tree = Tree::unpack(tools, &only_entry(&built)?, &work.join("tree"))?;
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

/// Has the back end make a source distribution in `out`, a folder that is not there yet.
///
/// Each wheel is built of it: builds of one folder at the same time would overwrite each other's files.
pub fn sdist(
    folder: &Path,
    name: &str,
    tools: &Tools,
    python: &Found,
    out: &Path,
    progress: &Progress,
) -> Result<PathBuf> {
    let mut command = build(tools, "--sdist", python, out, folder);
    lines(&mut command, progress).map_err(|said| failed(name, "source distribution", &said))?;
    only_entry(out)
}

fn build(tools: &Tools, kind: &str, python: &Found, out: &Path, from: &Path) -> Command {
    let mut command = tools.command("uv");
    command.args(["build", kind, "--python"]).arg(&python.path).arg("--out-dir").arg(out).arg(from);
    command
}

fn failed(name: &str, what: &str, said: &str) -> Error {
    Error::new(
        format!("{name} built no {what}:\n\n{}\n", said.trim_end()),
        "solve what it says, and type the same command again",
    )
}
