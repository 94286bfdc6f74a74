// cargo-hpy/src/bench/environment.rs: a private environment with the Python packages that are measured or measure.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::run::{self, LeftOut};

/// A virtual environment below the target folder; packages are fetched into it when they are first asked for.
pub struct Environment {
    uv: PathBuf,
    pub python: PathBuf,
}

impl Environment {
    /// The environment of an earlier run, or a new one.
    pub fn new(folder: &Path, python: &Path) -> Result<Environment, LeftOut> {
        let uv = run::program("uv", "https://docs.astral.sh/uv")?;
        let inside = if cfg!(windows) { folder.join("Scripts/python.exe") } else { folder.join("bin/python") };
        if !inside.exists() {
            run::succeed(Command::new(&uv).args(["venv", "--quiet", "--python"]).arg(python).arg(folder))?;
        }
        Ok(Environment { uv, python: inside })
    }

    /// Makes sure that packages are there, each written as pip takes it.
    pub fn install(&self, packages: &[&str]) -> Result<(), LeftOut> {
        let mut command = Command::new(&self.uv);
        command.args(["pip", "install", "--quiet", "--python"]).arg(&self.python).args(packages);
        run::succeed(&mut command).map(|_| ())
    }

    /// The version of a package that is installed.
    pub fn version(&self, package: &str) -> Result<String, LeftOut> {
        self.evaluate("import importlib.metadata", &format!("importlib.metadata.version({package:?})"))
    }

    /// The folder of an installed package.
    pub fn folder_of(&self, package: &str) -> Result<PathBuf, LeftOut> {
        self.evaluate(&format!("import {package}"), &format!("{package}.__path__[0]")).map(PathBuf::from)
    }

    /// The folder of all installed packages.
    pub fn packages(&self) -> Result<PathBuf, LeftOut> {
        self.evaluate("import sysconfig", "sysconfig.get_paths()['platlib']").map(PathBuf::from)
    }

    /// What Python prints for an expression.
    fn evaluate(&self, import: &str, expression: &str) -> Result<String, LeftOut> {
        let mut command = Command::new(&self.python);
        let printed = run::succeed(command.args(["-c", &format!("{import}; print({expression})")]))?;
        Ok(printed.trim().to_owned())
    }
}
