// cargo-hpy/src/build.rs: `cargo hpy build`: builds an extension crate, and leaves its modules ready to be imported.

pub mod features;
pub mod module;
pub mod package;

use std::path::{Path, PathBuf};

use hpy_pythons::Found;

use crate::abi::Abi;
use crate::cargo;
use crate::cargo_options::CargoOptions;
use crate::cli;
use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::python::{self, Choice};
use module::{Module, Placed};
use package::{Package, Workspace};

/// The file `name.py`, which loads a module of a loader ABI.
pub const STUB: &str = hpy_sdk::STUB_TEXT;

pub fn run(options: &cli::Build) -> Result<()> {
    let workspace = Workspace::read(options.path.as_deref(), &options.cargo)?;
    let package = workspace.choose(options.package.as_deref())?;
    // Before the search for a Python, so that the error comes at once.
    features::arguments(package, options.abi)?;
    let choice = choose(options)?;
    let python = choice.as_ref().map(|choice| &choice.python);

    let progress = Progress::start(format!("building {} for {}", package.name, target(options.abi, python)));
    let profile = if options.release { "release" } else { "dev" };
    let wanted = Wanted { abi: options.abi, python, profile, cargo: &options.cargo };
    let folder = options.out.clone().unwrap_or_else(|| workspace.target_directory.join("hpy"));
    let placed = make(&workspace, package, &wanted, &folder, &progress)?;
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

/// The target of a module: `cpython-3.12`, `universal`, `hybrid-cpython-3.12`.
fn target(abi: Abi, python: Option<&Found>) -> String {
    match (abi, python) {
        (Abi::Cpython, Some(python)) => python.name(),
        (abi, Some(python)) => format!("{}-{}", abi.name(), python.name()),
        (abi, None) => abi.name().to_owned(),
    }
}

/// The options of a build.
pub struct Wanted<'a> {
    pub abi: Abi,
    /// The Python to build for, where the ABI needs one.
    pub python: Option<&'a Found>,
    /// The profile, unless the options name one.
    pub profile: &'a str,
    pub cargo: &'a CargoOptions,
}

/// Builds the extension at `path`, optimised, and returns the files that it puts into `folder`: modules and their loader files.
/// The compiler's own files go below `target`, or where cargo puts them.
pub fn optimised(
    path: &Path,
    abi: Abi,
    python: &Found,
    target: Option<&Path>,
    folder: &Path,
    cargo: &CargoOptions,
    progress: &Progress,
) -> Result<Vec<PathBuf>> {
    let mut workspace = Workspace::read(Some(path), cargo)?;
    workspace.target_directory = target.map_or(workspace.target_directory, Path::to_owned);
    let package = workspace.choose(None)?;
    let python = abi.needs_python().then_some(python);
    let wanted = Wanted { abi, python, profile: "release", cargo };
    make(&workspace, package, &wanted, folder, progress).map(|placed| placed.files)
}

/// Builds `package`, and puts its modules into `folder`.
pub fn make(
    workspace: &Workspace,
    package: &Package,
    wanted: &Wanted<'_>,
    folder: &Path,
    progress: &Progress,
) -> Result<Placed> {
    let library = compile(workspace, package, wanted, progress)?;
    let Wanted { abi, python, .. } = *wanted;
    let suffix = suffix(wanted);
    let modules = module::names(&library, abi)?.into_iter().map(|name| Module { name, abi, python, suffix: &suffix });
    module::place(folder, &library, &modules.collect::<Vec<_>>())
}

/// Builds the library of `package`.
///
/// Each ABI and Python has a target folder of its own, so that a build for one is no change for the other.
fn compile(workspace: &Workspace, package: &Package, wanted: &Wanted<'_>, progress: &Progress) -> Result<PathBuf> {
    let folder = package.folder();
    let subcommand = if needs_linker_flags(wanted.cargo) { "rustc" } else { "build" };
    let mut command = match (wanted.python, wanted.cargo.foreign()) {
        (Some(python), Some(_)) => cargo::for_python_elsewhere(folder, subcommand, python),
        (Some(python), None) => cargo::for_python(folder, subcommand, python),
        (None, _) => cargo::command(folder, subcommand),
    };
    let features = features::arguments(package, wanted.abi)?;
    command.arg("--lib").arg("--manifest-path").arg(&package.manifest_path).args(features);
    command.arg("--target-dir").arg(target_folder(workspace, wanted.abi, wanted.python));
    command.args(wanted.cargo.arguments(wanted.profile));
    if subcommand == "rustc" {
        command.args(["--", "-C", "link-arg=-undefined", "-C", "link-arg=dynamic_lookup"]);
    }
    let library = package.library().expect("the package was chosen for it");
    let built = cargo::build(command, wanted.python, progress)?.into_iter().find(|built| built.name == library.name);
    match built {
        Some(built) => Ok(built.file),
        None => Err(Error::new(
            format!("cargo does not say where it has put the library of `{}`", package.name),
            "look at what cargo itself says: cargo build --message-format=json",
        )),
    }
}

/// Cargo's target folder for a build.
pub fn target_folder(workspace: &Workspace, abi: Abi, python: Option<&Found>) -> PathBuf {
    workspace.target_directory.join("hpy-build").join(target(abi, python))
}

/// Whether the linker has to be told that Python's symbols are the interpreter's: on macOS.
fn needs_linker_flags(options: &CargoOptions) -> bool {
    options.target.as_deref().unwrap_or(env!("HPY_HOST")).contains("-apple-")
}

/// The end of the module's file name.
fn suffix(wanted: &Wanted<'_>) -> String {
    match wanted.cargo.foreign() {
        Some(target) => wanted.abi.suffix_elsewhere(wanted.python, target),
        None => wanted.abi.suffix(wanted.python),
    }
}

/// A path as it is typed from the current folder, where it is below it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).ok());
    below.unwrap_or(path).display().to_string()
}
