// cargo-hpy/tests/common/loaders.rs: the interpreters that load HPy's universal ABI: PyPy, and CPython with the package hpy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hpy_pythons::Found;

/// The CPythons that the package hpy 0.9.0 has a loader for.
pub const CPYTHONS: [&str; 3] = ["cpython-3.9", "cpython-3.10", "cpython-3.11"];

/// A CPython of an environment of its own, which has hpy 0.9.0; the error says why there is none.
///
/// The environment stays in the target folder. Its setuptools is one that hpy's own stubs work with.
pub fn cpython(name: &str, all: &[Found]) -> Result<PathBuf, String> {
    let Some(found) = all.iter().find(|python| python.name() == name) else { return Err("it was not found".into()) };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hpy-loaders").join(name);
    let python = folder.join("bin/python");
    if !has_loader(&python) {
        let _ = fs::remove_dir_all(&folder);
        run(Command::new("uv").args(["venv", "--quiet", "--python"]).arg(&found.path).arg(&folder))?;
        let mut install = Command::new("uv");
        install.args(["pip", "install", "--quiet", "--python"]).arg(&python).args(["hpy==0.9.0", "setuptools<81"]);
        run(&mut install)?;
    }
    Ok(python)
}

/// A PyPy, which comes with its loader.
pub fn pypy(all: &[Found]) -> Result<PathBuf, String> {
    let found = all.iter().filter(|python| python.implementation == "PyPy");
    let python = found.map(|python| python.path.clone()).find(|python| has_loader(python));
    python.ok_or_else(|| "it was not found".to_owned())
}

fn has_loader(python: &Path) -> bool {
    Command::new(python).args(["-c", "import hpy.universal"]).output().is_ok_and(|output| output.status.success())
}

fn run(command: &mut Command) -> Result<(), String> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("{command:?}: {}", super::both(&output))),
        Err(error) => Err(format!("uv cannot be run: {error}")),
    }
}
