// build.rs: turns the table of HPy calls into the C shims and the Rust wrappers for the ABI that is chosen.
//
// The phases: ABI and target -> table -> emit -> write. The generator in `build/` consists of pure functions; the
// environment, the files, other programs (`build/c_library.rs`) and the exit code are handled by the build script alone.

#[path = "build/mod.rs"]
mod generator;

#[cfg(feature = "c-library")]
#[path = "build/c_library.rs"]
mod c_library;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use generator::abi::{self, Abi};
use generator::problems::Problems;
use generator::{Outputs, Sources};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            eprintln!("{problems}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Problems> {
    println!("cargo::rerun-if-env-changed=HPY_SYS_PRINT_CONFIG");
    println!("cargo::rerun-if-env-changed=HPY_SYS_SKIP_VERSION_CHECK");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));

    let sources = read_sources(&root)?;
    let pythons = generator::pythons::read(&sources.pythons)?;
    abi::choose([cfg!(feature = "cpython"), cfg!(feature = "universal"), cfg!(feature = "hybrid")])?;
    let abi = detect()?;
    if let Some(target) = abi.target() {
        target.check(&pythons, env::var("HPY_SYS_SKIP_VERSION_CHECK").is_ok_and(|value| value == "1"))?;
    }
    if env::var("HPY_SYS_PRINT_CONFIG").is_ok_and(|value| value == "1") {
        return Err(Problems::notice(abi.describe(&pythons)));
    }
    let Outputs { files, cfgs } = generator::generate(&sources, &pythons, &abi)?;

    for (name, text) in &files {
        write_if_changed(&out.join(name), text)?;
    }
    #[cfg(feature = "c-library")]
    c_library::compile(&root, &out, &abi)?;
    for line in cfgs {
        println!("cargo::{line}");
    }
    // What the build script of a dependent needs, as DEP_HPY_INCLUDE and DEP_HPY_ABI; where the build is for a Python,
    // also DEP_HPY_TARGET, and with the feature `c-library` DEP_HPY_PYTHON_INCLUDE.
    println!("cargo::metadata=include={}", out.join("include").display());
    println!("cargo::metadata=abi={}", abi.name());
    if let Some(target) = abi.target() {
        println!("cargo::metadata=target={}", target.name());
    }
    Ok(())
}

/// The ABI this build is for. Its Python is the one that pyo3-ffi was built for, so that declarations and wrappers agree.
#[cfg(feature = "cpython")]
fn detect() -> Result<Abi, Problems> {
    generator::target::Target::from_interpreter(pyo3_build_config::get()).map(Abi::CPython)
}

/// The same, for legacy code beside HPy's context.
#[cfg(all(feature = "hybrid", not(feature = "cpython")))]
fn detect() -> Result<Abi, Problems> {
    generator::target::Target::from_interpreter(pyo3_build_config::get()).map(Abi::Hybrid)
}

/// No Python is looked for.
#[cfg(not(any(feature = "cpython", feature = "hybrid")))]
fn detect() -> Result<Abi, Problems> {
    Ok(Abi::Universal)
}

/// Reads the table, the facts and the written headers, and tells cargo to run this script again when they change.
fn read_sources(root: &Path) -> Result<Sources, Problems> {
    let mut sources = Sources::default();
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=pythons.toml");
    sources.pythons = read_file(root, "pythons.toml")?;
    sources.table = read_folder(root, "shims/api", "toml")?;
    sources.headers = read_folder(root, "shims/include", "h")?;
    Ok(sources)
}

fn read_folder(root: &Path, folder: &str, extension: &str) -> Result<Vec<(String, String)>, Problems> {
    println!("cargo::rerun-if-changed={folder}");
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(root.join(&folder)).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|error| {
                Problems::one(format!("cannot list {folder}: {error}"), "restore the folder from the package")
            })?;
        for entry in entries {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(name);
            } else if Path::new(&name).extension().is_some_and(|found| found == extension) {
                files.push(read_file(root, &name)?);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn read_file(root: &Path, name: &str) -> Result<(String, String), Problems> {
    match fs::read_to_string(root.join(name)) {
        Ok(text) => Ok((name.to_owned(), text)),
        Err(error) => Err(Problems::one(format!("cannot read {name}: {error}"), "restore the file from the package")),
    }
}

/// Leaves an unchanged file alone, so that what depends on it is not built again.
fn write_if_changed(path: &Path, text: &str) -> Result<(), Problems> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    let folder = path.parent().expect("every output stands in OUT_DIR");
    fs::create_dir_all(folder).and_then(|()| fs::write(path, text)).map_err(|error| {
        Problems::one(
            format!("cannot write {}: {error}", path.display()),
            "free some disk space or change CARGO_TARGET_DIR",
        )
    })
}
