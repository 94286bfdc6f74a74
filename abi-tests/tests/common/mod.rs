// abi-tests/tests/common/mod.rs: what the tests share: building the extension, running programs, and what is missing.

// Each test uses a part of it.
#![allow(dead_code)]

pub mod c;
pub mod suite;

/// The module `calls` from the table.
#[path = "../../probes/mod.rs"]
pub mod probes;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use hpy_pythons::{Found, Tested, module_suffix};
use libtest_mimic::{Failed, Trial};

/// Why a test cannot be run.
pub enum Reason {
    Interpreter(Tested),
    Missing(&'static str),
    /// There is no such loader of the universal ABI, for this reason.
    Loader(String),
    /// The Python package cannot be installed, for this reason.
    Package(&'static str, String),
}

impl Reason {
    fn text(&self) -> String {
        match self {
            Reason::Interpreter(_) => "no such interpreter with headers".to_owned(),
            Reason::Missing(what) => format!("no {what}"),
            Reason::Loader(what) => what.clone(),
            Reason::Package(what, why) => format!("{what} cannot be installed: {why}"),
        }
    }

    /// The remedy.
    fn help(&self) -> String {
        match self {
            Reason::Interpreter(_) => format!(
                "install it with its headers, or give its folder in {}: PATH, pyenv's and uv's folders are searched too",
                hpy_pythons::PYTHONS_VARIABLE
            ),
            Reason::Loader(_) => format!(
                "pythons.toml names the loaders, what they run on, and the packages; {} can name interpreters",
                hpy_pythons::PYTHONS_VARIABLE
            ),
            Reason::Package(what, _) => format!("uv or pip installs {what} from a package index: let it reach one"),
            Reason::Missing(what) => format!("install {what}: on Debian, `apt-get install {what}`"),
        }
    }
}

/// A test that is ignored for a reason; in continuous integration it fails, unless the interpreter is hard to come by.
pub fn skipped(name: &str, reason: Reason) -> Trial {
    let ignored = !in_continuous_integration() || matches!(reason, Reason::Interpreter(Tested::Compile));
    let text = format!("{name} cannot be tested: {}\n= help: {}", reason.text(), reason.help());
    Trial::test(name, move || Err(text.into())).with_kind(reason.text()).with_ignored_flag(ignored)
}

/// The target of a library.
#[derive(Clone, Copy)]
pub enum Abi<'a> {
    Cpython(&'a Found),
    Universal,
    Hybrid(&'a Found),
}

impl<'a> Abi<'a> {
    /// Its name as a feature.
    pub fn name(self) -> &'static str {
        match self {
            Abi::Cpython(_) => "cpython",
            Abi::Universal => "universal",
            Abi::Hybrid(_) => "hybrid",
        }
    }

    /// The one Python that it is for.
    pub fn python(self) -> Option<&'a Found> {
        match self {
            Abi::Cpython(python) | Abi::Hybrid(python) => Some(python),
            Abi::Universal => None,
        }
    }

    /// The end of a module's file name.
    pub fn suffix(self) -> String {
        match self {
            Abi::Cpython(python) => python.extension_suffix.clone(),
            Abi::Universal | Abi::Hybrid(_) => module_suffix(self.python()),
        }
    }

    /// The folder that its builds have for themselves.
    pub fn folder(self) -> String {
        match self {
            Abi::Cpython(python) => python.name(),
            Abi::Universal => "universal".to_owned(),
            Abi::Hybrid(python) => format!("hybrid-{}", python.name()),
        }
    }
}

fn in_continuous_integration() -> bool {
    env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

/// Runs cargo's `command` on the extension, in a target folder of its own, and gives the path of the library.
pub fn build(
    command: &str,
    profile: &str,
    folder: &str,
    environment: impl FnOnce(&mut Command) -> &mut Command,
) -> Result<PathBuf, Failed> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("abi-tests").join(folder);
    build_package(env!("CARGO_PKG_NAME"), command, profile, &target, environment)?;
    let folder = if profile == "dev" { "debug" } else { profile };
    let file = format!("{}hpy_abi_tests{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    Ok(target.join(folder).join(file))
}

/// Runs cargo's `command` on a package of the workspace, in a target folder.
pub fn build_package(
    package: &str,
    command: &str,
    profile: &str,
    target: &Path,
    environment: impl FnOnce(&mut Command) -> &mut Command,
) -> Result<(), Failed> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([command, "--quiet", "--package", package, "--lib", "--profile", profile]);
    cargo.arg("--target-dir").arg(target).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    for_python(&mut cargo, None);
    environment(&mut cargo);
    conclude(cargo).map(drop)
}

/// Lets cargo build for this Python, or for none.
pub fn for_python(cargo: &mut Command, python: Option<&Found>) {
    // Variables for the build of this test must not reach that one.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PYO3_")) {
        cargo.env_remove(name);
    }
    if let Some(python) = python {
        cargo.env("PYO3_PYTHON", &python.path);
    }
    // What cargo would keep for the next build takes two thirds of the disk, for each Python.
    cargo.env("CARGO_INCREMENTAL", "0");
}

/// Runs a file of `python/`, without what the caller's surroundings would change.
pub fn python(interpreter: &Path, file: &str) -> Command {
    let mut command = Command::new(interpreter);
    command.arg("-s").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("python").join(file));
    for variable in ["PYTHONPATH", "PYTHONHOME", "RUST_BACKTRACE", "HPY"] {
        command.env_remove(variable);
    }
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// Runs a program, and gives what it printed to stdout; if it fails, all that it printed is the failure.
pub fn conclude(mut program: Command) -> Result<String, Failed> {
    let output = program.output().map_err(|error| format!("cannot run {program:?}: {error}"))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(stdout);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program:?}\nended with {}\n{stdout}{stderr}", output.status).into())
}
