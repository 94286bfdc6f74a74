// cargo-hpy/src/bench/user_crate.rs: `cargo hpy bench PATH --statement ...`: the user's own extension crate, and a Python
// statement of theirs.

use std::path::Path;
use std::process::{Command, Stdio};

use hpy_pythons::Found;

use super::compile::Modules;
use super::loader;
use super::modes::Mode;
use super::modules::{Failure, Module, left_out};
use super::rows::Row;
use crate::abi::Abi;
use crate::cargo_options::CargoOptions;
use crate::error::{Error, Result};
use crate::progress::Progress;

/// The crate in a folder, or an error that names what is missing.
pub fn check(path: &Path) -> Result<()> {
    if path.join("Cargo.toml").is_file() {
        return Ok(());
    }
    let found = if path.is_dir() { "there is no Cargo.toml in it" } else { "there is no such folder" };
    Err(Error::new(
        format!("{}: {found}", path.display()),
        "name the folder of an extension crate: cargo hpy bench path/to/crate --statement \"...\"",
    ))
}

/// Checks, before the module exists, that each setup and statement is Python.
const CHECK: &str = "
import sys
for option, text in zip(('--setup', '--statement'), sys.argv[1:]):
    try:
        compile(text, option, 'exec')
    except SyntaxError as error:
        sys.exit(f'{option}: {type(error).__name__}: {error}')
";

/// Runs each setup and statement once.
const TRY: &str = "
import sys
names = {}
for option, text in zip(('--setup', '--statement'), sys.argv[1:]):
    try:
        exec(compile(text, option, 'exec'), names)
    except Exception as error:
        sys.exit(f'{option}: {type(error).__name__}: {error}')
";

/// Reports at once a setup or statement that is no Python.
pub fn check_statements<'a>(python: &Found, rows: impl Iterator<Item = &'a Row>) -> Result<()> {
    run(&mut Command::new(&python.path), CHECK, rows)
}

/// Runs the setup and the statement once, before they are measured.
pub fn try_statements<'a>(python: &Found, module: &Module, rows: impl Iterator<Item = &'a Row>) -> Result<()> {
    run(Command::new(&python.path).env("PYTHONPATH", module.search_path()), TRY, rows)
}

fn run<'a>(python: &mut Command, script: &str, rows: impl Iterator<Item = &'a Row>) -> Result<()> {
    python.args(["-B", "-c", script]);
    for row in rows {
        python.args([&row.setup, &row.statement]);
    }
    let output = python.stdin(Stdio::null()).output();
    let problem = match output {
        Ok(output) if output.status.success() => return Ok(()),
        Ok(output) => String::from_utf8_lossy(&output.stderr).trim().lines().last().map(str::to_owned),
        Err(error) => Some(error.to_string()),
    };
    let problem = problem.unwrap_or_else(|| "the interpreter ended without a word".to_owned());
    Err(Error::new(
        format!("nothing was measured: {problem}"),
        "type a setup and a statement that run: --setup \"import name\" --statement \"name.function(1)\"",
    ))
}

/// Builds the crate in one mode, into a folder of its own below `folder`.
pub fn build(
    path: &Path,
    mode: Mode,
    modules: &Modules,
    folder: &Path,
    cargo: &CargoOptions,
    progress: &Progress,
) -> std::result::Result<Module, Failure> {
    let folder = folder.join(mode.name());
    super::run::empty_folder(&folder).map_err(Failure::Broken)?;
    let (abi, loader) = (mode.abi(), mode.loader().map(|loader| loader::folder(modules, loader)).transpose()?);
    let built = crate::build::optimised(path, abi, modules.python, None, &folder, cargo, progress);
    let mut files = built.map_err(|error| match abi {
        Abi::Cpython => Failure::Broken(error),
        // A crate may lack an ABI.
        _ => left_out(error),
    })?;
    let file = files.swap_remove(0);
    Ok(Module { mode, folder, file, version: format!("hpy-sys in {}", path.display()), headers: None, loader })
}
