// cargo-hpy/src/bench/peers.rs: builds the measured module with tools that come from Python's package index.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hpy_pythons::Environment;

use super::compile::{Modules, c_flags, files, link_flags};
use super::modes::Mode;
use super::run::{self, LeftOut};
use crate::abi::Abi;

/// Builds the module with a tool, which is fetched into an environment of its own, and returns the tool's version.
pub fn build(modules: &Modules, mode: Mode, file: &Path) -> Result<String, LeftOut> {
    let (environment, package) = (environment(modules)?, mode.name());
    // Extensions of cffi are built with setuptools, which newer Pythons come without.
    environment.install(&[package, "setuptools"])?;
    match mode {
        Mode::Nanobind => nanobind(modules, &environment, file)?,
        Mode::Pybind11 => pybind11(modules, &environment, file)?,
        Mode::Cython => cython(modules, &environment, file)?,
        _ => cffi(modules, &environment, file)?,
    }
    Ok(format!("{package} {}", environment.version(package)?))
}

fn environment(modules: &Modules) -> Result<Environment, LeftOut> {
    Environment::new(&modules.folder.join("environment"), &modules.python.path)
}

/// A C++ compiler with the flags that nanobind's and pybind11's own build files give.
fn cpp(modules: &Modules, include: &[PathBuf]) -> Result<Command, LeftOut> {
    let mut command = Command::new(run::program("c++", "apt install g++")?);
    command.args(["-std=c++17", "-O3", "-DNDEBUG", "-fPIC", "-fvisibility=hidden", "-fno-strict-aliasing"]);
    command.args(["-ffunction-sections", "-fdata-sections"]).args(link_flags());
    command.args(include.iter().map(|folder| format!("-I{}", folder.display()))).arg("-I").arg(modules.include()?);
    Ok(command)
}

fn nanobind(modules: &Modules, environment: &Environment, file: &Path) -> Result<(), LeftOut> {
    let root = environment.folder_of("nanobind")?;
    let mut command = cpp(modules, &[root.join("include"), root.join("ext/robin_map/include")])?;
    command.args(files(&modules.sources.join("nanobind"), &["cpp"])?).arg(root.join("src/nb_combined.cpp"));
    run::succeed(command.arg("-o").arg(file)).map(|_| ())
}

fn pybind11(modules: &Modules, environment: &Environment, file: &Path) -> Result<(), LeftOut> {
    let mut command = cpp(modules, &[environment.folder_of("pybind11")?.join("include")])?;
    command.arg("-flto").arg(modules.sources.join("pybind11/sample.cpp"));
    run::succeed(command.arg("-o").arg(file)).map(|_| ())
}

fn cython(modules: &Modules, environment: &Environment, file: &Path) -> Result<(), LeftOut> {
    let translated = modules.folder.join("sample-cython.c");
    let mut command = Command::new(&environment.python);
    command.args(["-m", "cython", "-3", "-o"]).arg(&translated).arg(modules.sources.join("cython/sample.pyx"));
    run::succeed(&mut command)?;
    let mut command = Command::new(run::program("cc", "apt install gcc")?);
    command.args(c_flags()).args(link_flags()).arg("-I").arg(modules.include()?).arg(&translated);
    run::succeed(command.arg("-o").arg(file)).map(|_| ())
}

/// The module is a file of Python, beside a library that cffi compiles, and a part of cffi that has to be found.
fn cffi(modules: &Modules, environment: &Environment, file: &Path) -> Result<(), LeftOut> {
    let (source, folder) = (modules.sources.join("cffi"), file.parent().ok_or("a file is in a folder")?);
    let mut command = Command::new(&environment.python);
    run::succeed(command.arg("-B").arg(source.join("build.py")).current_dir(folder))?;
    let copy = |from: &Path| {
        let name = from.file_name().ok_or("a file has a name")?;
        fs::copy(from, folder.join(name)).map_err(|error| format!("cannot copy {}: {error}", from.display()))
    };
    copy(&source.join("sample.py"))?;
    for backend in files(&environment.packages()?, &["so", "pyd"])? {
        copy(&backend)?;
    }
    Ok(())
}

/// Builds the module with the headers of HPy 0.9 and the sources that HPy compiles into each extension of the ABI. Returns the
/// folder of the headers.
pub fn hpy09(modules: &Modules, abi: Abi, file: &Path) -> Result<PathBuf, LeftOut> {
    let devel = hpy09_sources(modules)?.join("hpy/devel");
    let headers = devel.join("include");
    let flags = [abi.define(), format!("-I{}", headers.display())];
    let mut sources = files(&devel.join("src/runtime"), &["c"])?;
    // The functions of the context: in the universal ABI they are the loader's.
    let of_context = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("ctx_"));
    sources.retain(|path| abi == Abi::Cpython || !of_context(path));
    modules.compile("hpy-c", &flags, &sources, file)?;
    Ok(headers)
}

/// The folder of HPy 0.9's source package, which is fetched once.
fn hpy09_sources(modules: &Modules) -> Result<PathBuf, LeftOut> {
    const NAME: &str = "hpy-0.9.0";
    let place = modules.folder.join(NAME);
    if !place.exists() {
        let environment = environment(modules)?;
        environment.install(&["pip", "setuptools", "setuptools_scm"])?;
        let mut command = Command::new(&environment.python);
        command.args(["-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation", "--no-binary=hpy"]);
        run::succeed(command.arg("hpy==0.9.0").arg("--dest").arg(&modules.folder))?;
        let mut command = Command::new(run::program("tar", "apt install tar")?);
        let archive = modules.folder.join(format!("{NAME}.tar.gz"));
        run::succeed(command.arg("-xzf").arg(archive).arg("-C").arg(&modules.folder))?;
    }
    Ok(place)
}
