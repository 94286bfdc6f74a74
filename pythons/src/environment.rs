// pythons/src/environment.rs: an environment of an interpreter, with packages of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A virtual environment, made by uv or else by venv.
pub struct Environment {
    /// Its interpreter.
    pub python: PathBuf,
}

impl Environment {
    /// The environment in `folder`, which is made of `python` unless an earlier call has made it.
    ///
    /// The error says what failed.
    pub fn new(folder: &Path, python: &Path) -> Result<Environment, String> {
        let inside = Environment::place(folder);
        if succeed(Command::new(&inside).arg("--version")).is_err() {
            let mut make;
            if has_uv() {
                make = Command::new("uv");
                make.args(["venv", "--quiet", "--clear", "--python"]).arg(python);
            } else {
                make = Command::new(python);
                make.args(["-m", "venv", "--clear"]);
            }
            succeed(make.arg(folder))?;
        }
        Ok(Environment { python: inside })
    }

    /// The path of the interpreter of an environment in `folder`.
    pub fn place(folder: &Path) -> PathBuf {
        folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
    }

    /// Installs packages, each written as for pip.
    ///
    /// The error says what failed.
    pub fn install(&self, packages: &[impl AsRef<str>]) -> Result<(), String> {
        let mut install;
        if has_uv() {
            install = Command::new("uv");
            install.args(["pip", "install", "--quiet", "--python"]).arg(&self.python);
        } else {
            install = Command::new(&self.python);
            install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        }
        succeed(install.args(packages.iter().map(AsRef::as_ref))).map(drop)
    }

    /// The version of a package that is installed.
    pub fn version(&self, package: &str) -> Result<String, String> {
        self.evaluate("importlib.metadata", &format!("importlib.metadata.version({package:?})"))
    }

    /// The folder of an installed package.
    pub fn folder_of(&self, package: &str) -> Result<PathBuf, String> {
        self.evaluate(package, &format!("{package}.__path__[0]")).map(PathBuf::from)
    }

    /// The folder of all installed packages.
    pub fn packages(&self) -> Result<PathBuf, String> {
        self.evaluate("sysconfig", "sysconfig.get_paths()['platlib']").map(PathBuf::from)
    }

    /// The value of a Python expression, which needs a module.
    fn evaluate(&self, module: &str, expression: &str) -> Result<String, String> {
        let script = format!("import {module}; print({expression})");
        succeed(Command::new(&self.python).args(["-c", &script])).map(|printed| printed.trim().to_owned())
    }
}

fn has_uv() -> bool {
    succeed(Command::new("uv").arg("--version")).is_ok()
}

/// Runs a command to its end, and returns its output; the error is the last line of stderr.
pub(crate) fn succeed(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("cannot run `{name}`: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{name}` failed: {}", said.trim().lines().last().unwrap_or("it said nothing")))
}
