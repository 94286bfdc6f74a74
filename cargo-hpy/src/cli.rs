// cargo-hpy/src/cli.rs: the command line of `cargo hpy`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::abi::Abi;
use crate::cargo_options::CargoOptions;

/// Cargo passes the name of the subcommand on, so that the command begins with `hpy`.
#[derive(Parser)]
#[command(name = "cargo", bin_name = "cargo")]
pub enum Cargo {
    Hpy(Hpy),
}

/// Python extensions with hpy-sys
#[derive(Args)]
#[command(version)]
pub struct Hpy {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    Bench(Bench),
    Build(Build),
    Ci(Ci),
    Demo(Demo),
    New(New),
    Sdk(Sdk),
    Wheel(Wheel),
    /// List the Python interpreters of this machine, and which one would be used
    Pythons,
}

/// Measure hpy-sys beside CPython's API and other tools: instructions, time, and build cost
#[derive(Args)]
pub struct Bench {
    /// The folder of an extension crate of your own, to measure instead
    #[arg(value_name = "PATH", requires = "statement")]
    pub path: Option<PathBuf>,
    /// The Python statement to measure with your own crate
    #[arg(long, requires = "path")]
    pub statement: Option<String>,
    /// Python code that runs once before the statement: imports, for example
    #[arg(long, requires = "path", default_value = "")]
    pub setup: String,
    /// The Python to build for: a version like 3.14, or the path of an interpreter
    #[arg(long, value_name = "PATH_OR_VERSION")]
    pub python: Option<String>,
    /// Measure the rows whose name begins with one of these
    #[arg(long, value_name = "ROW", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Measure these modes, beside capi: native, native-c, universal, pyo3-ffi, hpy09, pyo3, nanobind, ...
    #[arg(long, value_name = "MODE", value_delimiter = ',')]
    pub modes: Vec<String>,
    /// Count the instructions of CPython's API and hpy-sys alone, and measure no time
    #[arg(long)]
    pub quick: bool,
    /// The folder of the reports: report.md, report.html and results.json
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Options for the build of your own crate
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Build an extension crate, and leave its module ready to be imported
///
/// The module's file has the name that Python looks for: `name.cpython-312-x86_64-linux-gnu.so`, `name.hpy0.so` or
/// `name.hpy0-cp312.so`; `name.py` beside a universal or hybrid module loads it. Modules for several ABIs and Pythons can
/// share a folder: an interpreter takes the native module for itself, else the hybrid, else the universal one.
///
/// The features `cpython`, `universal` and `hybrid` of the crate choose the ABI, and pass it on to hpy-sys.
#[derive(Args)]
pub struct Build {
    /// The folder of the crate; without it and without a package, the current folder
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// The package to build, where a workspace has several
    #[arg(short, long, value_name = "NAME")]
    pub package: Option<String>,
    /// The ABI to build for
    #[arg(long, value_enum, default_value = "cpython")]
    pub abi: Abi,
    /// The Python to build for: a version like 3.14, or the path of an interpreter
    #[arg(long, value_name = "PATH_OR_VERSION")]
    pub python: Option<String>,
    /// The folder for the module; without it, `hpy` in cargo's target folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Optimise, as in `cargo build`
    #[arg(short, long, conflicts_with = "profile")]
    pub release: bool,
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Write a workflow for GitHub Actions that builds, tests and publishes wheels
///
/// The file is `.github/workflows/wheels.yml`. It makes native wheels for every supported CPython, a universal one and a source
/// distribution, on Linux, macOS and Windows.
#[derive(Args)]
pub struct Ci {
    /// The folder of the project; without it, the current folder
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
}

/// Begin an extension: sources, tests, type stubs, pyproject.toml and a workflow for GitHub Actions
#[derive(Args)]
pub struct New {
    /// The folder to make; its name is that of the project
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Write the extension in C; Cargo compiles it
    #[arg(long)]
    pub c: bool,
}

/// Build the examples of the hpy-sys repository, and show in Python what they do
#[derive(Args)]
pub struct Demo {
    /// The Python to build for: a version like 3.14, or the path of an interpreter
    #[arg(long, value_name = "PATH_OR_VERSION")]
    pub python: Option<String>,
}

/// Write a folder with headers, static libraries and build files, for extensions in C and C++
///
/// It serves native extensions for one CPython, and universal and hybrid ones.
#[derive(Args)]
pub struct Sdk {
    /// Only the parts for this ABI; universal and hybrid need no Python
    #[arg(long, value_enum)]
    pub abi: Option<Abi>,
    /// The Python to build for: a version like 3.14, or the path of an interpreter
    #[arg(long, value_name = "PATH_OR_VERSION")]
    pub python: Option<String>,
    /// The folder to write: a new or an empty one, or an SDK, which is replaced
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Build wheels of an extension, install each in a fresh environment, and import it there
///
/// The project is a crate, or any project whose pyproject.toml names a build back end; that one gets the ABI in the variable
/// HPY_ABI. maturin makes the wheels of a crate.
///
/// The exit status is the number of wheels that failed.
#[derive(Args)]
pub struct Wheel {
    /// The folder of the project; without it, the current folder
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// The package to build, where a workspace has several
    #[arg(short, long, value_name = "NAME")]
    pub package: Option<String>,
    /// What to build: `all` is one wheel with a native module for each Python and a universal module for all others
    #[arg(long, value_enum, value_delimiter = ',', default_value = "cpython")]
    pub abi: Vec<Kind>,
    /// The Pythons to build for and to test with: 3.12, 3.9..3.15, a path, or `all` that are found
    #[arg(long, value_name = "PYTHONS", value_delimiter = ',')]
    pub python: Vec<String>,
    /// The folder for the wheels; without it, `wheels` in cargo's target folder, or `dist` beside pyproject.toml
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Make a source distribution too
    #[arg(long)]
    pub sdist: bool,
    /// Run this command in the project's folder, in each environment that has the wheel
    #[arg(long, value_name = "COMMAND")]
    pub test: Option<String>,
    /// Install this in each environment too, as pip does: pytest, for example
    #[arg(long, value_name = "REQUIREMENT")]
    pub with: Vec<String>,
    /// What to install for the loader of universal modules on CPython
    #[arg(long, value_name = "REQUIREMENT")]
    pub loader: Vec<String>,
    /// Build only, and neither install nor import
    #[arg(long, conflicts_with_all = ["test", "with"])]
    pub no_test: bool,
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// The kinds of wheels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A native module for one CPython
    Cpython,
    /// A module for every interpreter that can load HPy's universal ABI
    Universal,
    /// A module of the hybrid ABI, for one CPython with a loader
    Hybrid,
    /// One wheel: a native module for each CPython, and the universal one
    All,
}
