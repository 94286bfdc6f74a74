// cargo-hpy/src/build.rs: `cargo hpy build`: builds an extension crate, and leaves its modules ready to be imported.

mod features;
mod module;
mod package;

use std::path::{Path, PathBuf};

use hpy_pythons::Found;

use crate::abi::Abi;
use crate::cargo;
use crate::cli;
use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::python::{self, Choice};
use module::Module;
use package::{Package, Workspace};

/// What loads a module for the universal or the hybrid ABI, as the file `name.py`.
pub const STUB: &str = include_str!("build/stub.py");

pub fn run(options: &cli::Build) -> Result<()> {
    let workspace = Workspace::read(options.path.as_deref())?;
    let package = workspace.choose(options.package.as_deref())?;
    let features = features::of(package, options.abi)?;
    let choice = choose(options)?;
    let python = choice.as_ref().map(|choice| &choice.python);

    let progress = Progress::start(format!("building {} for {}", package.name, target(options.abi, python)));
    let library = compile(&workspace, package, options, python, &features, &progress)?;
    let modules = module::names(&library, options.abi)?;
    let folder = options.out.clone().unwrap_or_else(|| workspace.target_directory.join("hpy"));
    let modules = modules.into_iter().map(|name| Module { name, abi: options.abi, python });
    let placed = module::place(&folder, &library, &modules.collect::<Vec<_>>())?;
    progress.done();

    match &choice {
        Some(Choice { python, by }) => println!("{}, by {by}", python::describe(python)),
        None => println!("any interpreter that has hpy.universal"),
    }
    for path in placed.files {
        println!("{}", shown(&path));
    }
    for note in placed.notes {
        eprintln!("{note}");
    }
    Ok(())
}

/// The Python to build for, where the ABI needs one.
fn choose(options: &cli::Build) -> Result<Option<Choice>> {
    match &options.python {
        Some(wish) if !options.abi.needs_python() => Err(Error::new(
            format!("--python {wish}: a universal module is for no Python in particular"),
            "leave --python out, or build for that one: --abi cpython or --abi hybrid",
        )),
        _ if !options.abi.needs_python() => Ok(None),
        wish => python::choose(wish.as_deref()).map(Some),
    }
}

/// What a module is for: `cpython-3.12`, `universal`, `hybrid-cpython-3.12`.
fn target(abi: Abi, python: Option<&Found>) -> String {
    match (abi, python) {
        (Abi::Cpython, Some(python)) => python.name(),
        (abi, Some(python)) => format!("{}-{}", abi.name(), python.name()),
        (abi, None) => abi.name().to_owned(),
    }
}

/// Builds the library of `package`.
///
/// Each ABI and Python has a target folder of its own, so that a build for one is no change for the other.
fn compile(
    workspace: &Workspace,
    package: &Package,
    options: &cli::Build,
    python: Option<&Found>,
    features: &[String],
    progress: &Progress,
) -> Result<PathBuf> {
    let folder = package.folder();
    let mut command = match python {
        Some(python) => cargo::for_python(folder, "build", python),
        None => cargo::command(folder, "build"),
    };
    command.arg("--lib").arg("--manifest-path").arg(&package.manifest_path).args(features);
    command.arg("--target-dir").arg(workspace.target_directory.join("hpy-build").join(target(options.abi, python)));
    for feature in &options.features {
        command.args(["--features", feature]);
    }
    if options.release {
        command.arg("--release");
    }
    let library = package.library().expect("the package was chosen for it");
    let built = cargo::build(command, progress)?.into_iter().find(|built| built.name == library.name);
    match built {
        Some(built) => Ok(built.file),
        None => Err(Error::new(
            format!("cargo does not say where it has put the library of `{}`", package.name),
            "look at what cargo itself says: cargo build --message-format=json",
        )),
    }
}

/// A path as it is typed from the current folder, where it is below it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).ok());
    below.unwrap_or(path).display().to_string()
}
