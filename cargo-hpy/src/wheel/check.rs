// cargo-hpy/src/wheel/check.rs: installs a wheel in a fresh environment, imports its modules, and runs the user's command.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use hpy_pythons::{Environment, Found, own_loader};

use super::output;
use super::tools::with_first;
use super::tree::Tree;
use crate::abi::Abi;
use crate::cli;
use crate::error::{Error, Result};
use crate::python::describe;
use crate::workspace;

/// Imports each module, and compares its file's name with what this Python has to take.
const IMPORT: &str = "
import importlib, sys
for name, end in zip(sys.argv[1::2], sys.argv[2::2]):
    module = importlib.import_module(name)
    if not module.__file__.endswith(end):
        sys.exit(f'{name} was imported from {module.__file__}, and not from a file that ends in {end}')
";

/// The distribution that has the loader.
const LOADER: &str = "hpy-sys";

pub struct Check<'a> {
    pub options: &'a cli::Wheel,
    /// The folder of the project, where the user's command runs.
    pub project: &'a Path,
}

/// A module of a wheel as one Python takes it.
struct Expected {
    name: String,
    end: String,
    is_native: bool,
}

impl Check<'_> {
    /// Checks a wheel, whose files are those of `tree`, with one Python. `work` is a folder that is not there yet.
    pub fn run(&self, wheel: &Path, tree: &Tree, python: &Found, work: &Path) -> Result<()> {
        let expected = expected(tree, python)?;
        let environment = Environment::new(work, &python.path).map_err(|why| no_environment(python, &why))?;
        let mut packages = vec![wheel.display().to_string()];
        packages.extend(self.options.with.iter().map(|requirement| self.absolute(requirement)));
        if python.implementation == "CPython" && expected.iter().any(|module| !module.is_native) {
            packages.extend(self.loader(python, &environment)?);
        }
        environment.install(&packages).map_err(|why| not_installed(&packages, python, &why))?;

        let modules = expected.iter().flat_map(|module| [module.name.as_str(), module.end.as_str()]);
        let mut import = Command::new(&environment.python);
        import.args(["-I", "-B", "-c", IMPORT]).args(modules).current_dir(work);
        output(&mut import).map_err(|said| not_imported(wheel, python, &said))?;
        self.options.test.as_ref().map_or(Ok(()), |command| self.command(command, python, &environment.python))
    }

    /// What to install for the loader, after this project's own one is in place if there is a clone of it.
    fn loader(&self, python: &Found, environment: &Environment) -> Result<Vec<String>> {
        if !self.options.loader.is_empty() {
            return Ok(self.options.loader.iter().map(|requirement| self.absolute(requirement)).collect());
        }
        // All projects share the loaders of one clone.
        let Some(root) = workspace::compiled_in() else { return Ok(vec![LOADER.to_owned()]) };
        let folder = workspace::metadata(root)?.target.join("hpy-loader");
        own_loader::install(python, "checked", &folder, environment).map_err(|why| {
            Error::new(
                format!("the loader of universal modules cannot be built for {}: {why}", describe(python)),
                "name another one: --loader REQUIREMENT, or build without tests: --no-test",
            )
        })?;
        Ok(Vec::new())
    }

    /// A requirement that is a path, as it is typed in any folder.
    fn absolute(&self, requirement: &str) -> String {
        let is_path = requirement.contains(['/', '\\']) && !requirement.contains("://");
        let path = env::current_dir().unwrap_or_default().join(requirement);
        if is_path && path.exists() { path.display().to_string() } else { requirement.to_owned() }
    }

    /// Runs the user's command with the environment's programs first in PATH.
    fn command(&self, text: &str, python: &Found, inside: &Path) -> Result<()> {
        let mut command = if cfg!(windows) { Command::new("cmd") } else { Command::new("sh") };
        command.args([if cfg!(windows) { "/C" } else { "-c" }, text]).current_dir(self.project).stdin(Stdio::null());
        let programs = inside.parent().expect("an interpreter is in a folder");
        command.env("PATH", with_first(programs)).env("VIRTUAL_ENV", programs.parent().unwrap_or(programs));
        for variable in ["PYTHONPATH", "PYTHONHOME"] {
            command.env_remove(variable);
        }
        let run = command.output();
        let (how, said) = match &run {
            Ok(run) if run.status.success() => return Ok(()),
            Ok(run) => (run.status.to_string(), both(run)),
            Err(error) => (error.to_string(), String::new()),
        };
        Err(Error::new(
            format!("--test `{text}` failed with {}: {how}\n\n{}\n", describe(python), said.trim_end()),
            "solve what the command says; it runs in the project's folder, with what --with names installed",
        ))
    }
}

fn both(run: &std::process::Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr))
}

/// The modules of a wheel, with the file that `python` imports: the native one for itself, the hybrid one, the universal one.
fn expected(tree: &Tree, python: &Found) -> Result<Vec<Expected>> {
    let native = python.extension_suffix.clone();
    let ends = [native.clone(), Abi::Hybrid.suffix(Some(python)), Abi::Universal.suffix(None)];
    let mut all: Vec<Expected> = Vec::new();
    for end in ends {
        for file in tree.modules(&end)? {
            let name = dotted(file.strip_suffix(end.as_str()).unwrap_or(&file));
            if !all.iter().any(|module| module.name == name) {
                all.push(Expected { name, is_native: end == native, end: end.clone() });
            }
        }
    }
    if all.is_empty() {
        let described = describe(python);
        return Err(Error::new(
            format!("the wheel has no module that {described} can import"),
            format!("build one for it: --python {}, or a universal one: --abi universal", python.version),
        ));
    }
    Ok(all)
}

/// The name under which a file of a wheel, without its suffix, is imported.
fn dotted(file: &str) -> String {
    // A wheel may put files into the folder of packages by way of `NAME.data/platlib/`.
    let inside = file.split_once(".data/").and_then(|(_, rest)| rest.split_once('/')).map_or(file, |(_, rest)| rest);
    inside.replace('/', ".")
}

fn no_environment(python: &Found, why: &str) -> Error {
    let version = python.version;
    Error::new(
        format!("{} makes no environment: {why}", describe(python)),
        format!(
            "install uv, which needs no pip: https://docs.astral.sh/uv; or pip for it: apt install python{version}-venv"
        ),
    )
}

fn not_installed(packages: &[String], python: &Found, why: &str) -> Error {
    Error::new(
        format!("cannot install {} with {}: {why}", packages.join(", "), describe(python)),
        "check the requirements that --with, --loader and the project's dependencies name",
    )
}

fn not_imported(wheel: &Path, python: &Found, said: &str) -> Error {
    let name = wheel.file_name().unwrap_or_default().to_string_lossy();
    Error::new(
        format!("{name} is installed, and cannot be imported by {}:\n\n{}\n", describe(python), said.trim_end()),
        "solve what Python says, and type the same command again",
    )
}

/// A folder for an environment.
pub fn place(work: &Path, wheel: &str, python: &Found) -> PathBuf {
    work.join("environments").join(format!("{wheel}-{}", python.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_module_is_its_path() {
        assert_eq!(dotted("package/part/name"), "package.part.name");
        assert_eq!(dotted("p-1.0.data/platlib/name"), "name");
    }
}
