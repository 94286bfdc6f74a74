// cargo-hpy/src/bench/modules.rs: builds the measured module with each tool, into a folder of its own.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::compile::Modules;
use super::loader;
use super::modes::Mode;
use super::peers;
use super::run::{self, LeftOut};
use crate::abi::Abi;
use crate::build;
use crate::cargo;
use crate::cargo_options::CargoOptions;
use crate::error::Error;
use crate::extension;
use crate::progress::Progress;
use crate::sdk;

/// A module that can be imported from a folder.
pub struct Module {
    pub mode: Mode,
    pub folder: PathBuf,
    pub file: PathBuf,
    /// The tool and its version.
    pub version: String,
    /// The folder of the tool's hpy.h, if it has one.
    pub headers: Option<PathBuf>,
    /// The folder of the loader that it needs, if it needs one.
    pub loader: Option<PathBuf>,
}

impl Module {
    /// PYTHONPATH for the measured Python.
    pub fn search_path(&self) -> OsString {
        let folders = [Some(&self.folder), self.loader.as_ref()];
        std::env::join_paths(folders.into_iter().flatten())
            .expect("cargo's target folders have no colon in their names")
    }
}

/// The reason for a missing module.
pub enum Failure {
    /// An optional tool is missing.
    LeftOut(LeftOut),
    /// A step that has to work failed.
    Broken(Error),
}

impl From<LeftOut> for Failure {
    fn from(why: LeftOut) -> Failure {
        Failure::LeftOut(why)
    }
}

impl Modules<'_> {
    pub fn build(&self, mode: Mode, progress: &Progress) -> Result<Module, Failure> {
        progress.step(&format!("building the module with {}", mode.name()));
        let folder = self.folder.join("modules").join(mode.name());
        run::empty_folder(&folder).map_err(Failure::Broken)?;
        let abi = mode.abi();
        let file = folder.join(format!("sample{}", abi.suffix(Some(self.python))));
        let loader = mode.loader().map(|loader| loader::folder(self, loader)).transpose()?;
        let mut headers = None;
        let version = match mode {
            Mode::Capi => self.capi(&file)?,
            Mode::Pyo3Ffi => self.rust("pyo3-ffi", &file, progress).map_err(left_out)?,
            Mode::NativeC | Mode::UniversalC | Mode::UniversalCByHpy09 => {
                self.hpy_c(abi, &file, &mut headers, progress)?
            }
            Mode::Native | Mode::Universal | Mode::UniversalByHpy09 => {
                self.hpy_rust(abi, &folder, progress).map_err(Failure::Broken)?
            }
            Mode::Pyo3 => self.rust("pyo3", &file, progress).map_err(left_out)?,
            Mode::Hpy09 | Mode::Hpy09Universal | Mode::Hpy09UniversalByHpy09 => {
                headers = Some(peers::hpy09(self, abi, &file)?);
                "HPy 0.9.0".to_owned()
            }
            Mode::Nanobind | Mode::Cython | Mode::Pybind11 | Mode::Cffi => peers::build(self, mode, &file)?,
        };
        if abi == Abi::Universal {
            let stub = folder.join("sample.py");
            fs::write(&stub, build::STUB).map_err(|error| Failure::Broken(run::cannot_write(&stub, &error)))?;
        }
        // Those of the universal ABI are the same.
        let headers = headers.filter(|_| abi == Abi::Cpython);
        Ok(Module { mode, folder, file, version, headers, loader })
    }

    fn capi(&self, file: &Path) -> Result<String, LeftOut> {
        self.compile("capi", &[], &[], file)?;
        // CPython's counterpart of examples/json.
        let json = file.with_file_name("hpy_json.py");
        fs::write(&json, "from json import loads\n")
            .map_err(|error| format!("cannot write {}: {error}", json.display()))?;
        Ok(format!("CPython {}", self.python.full_version))
    }

    /// Builds the module in C with an SDK, and tells the folder of the headers.
    fn hpy_c(
        &self,
        abi: Abi,
        file: &Path,
        headers: &mut Option<PathBuf>,
        progress: &Progress,
    ) -> Result<String, Failure> {
        let include = self.include()?;
        let built = match abi {
            Abi::Cpython => sdk::native(self.root, self.python, include, &CargoOptions::default(), progress),
            _ => sdk::for_loaders(self.root, &CargoOptions::default(), progress),
        };
        let built = built.map_err(Failure::Broken)?;
        let flags = [abi.define(), format!("-I{}", built.headers.display())];
        self.compile("hpy-c", &flags, &[built.library], file)?;
        *headers = Some(built.headers);
        Ok(version())
    }

    /// Builds the module in Rust as `cargo hpy build` does, and beside it a real extension, the JSON decoder.
    fn hpy_rust(&self, abi: Abi, folder: &Path, progress: &Progress) -> Result<String, Error> {
        let target = self.folder.join("cargo/hpy-rust");
        for source in [self.sources.join("hpy-rust"), self.root.join("examples/json")] {
            build::optimised(&source, abi, self.python, Some(&target), folder, &CargoOptions::default(), progress)?;
        }
        Ok(version())
    }

    /// Builds the crate in a folder. It is no member of the repository's workspace, and has a lock file of its own.
    fn rust(&self, folder: &str, file: &Path, progress: &Progress) -> Result<String, Error> {
        let source = self.sources.join(folder);
        let mut command = cargo::for_python(&source, "build", self.python);
        // A target folder for each, as all libraries have one name.
        command.args(["--release", "--locked", "--target-dir"]).arg(self.folder.join("cargo").join(folder));
        let built = cargo::build(command, Some(self.python), progress)?;
        let library = built.iter().find(|built| built.name == "sample").expect("each of the crates is called sample");
        fs::copy(&library.file, file).map_err(|error| extension::cannot_write(file, &error))?;
        Ok(locked_version(&source, folder))
    }
}

/// hpy-sys, of which this command is a part.
fn version() -> String {
    format!("hpy-sys {}", env!("CARGO_PKG_VERSION"))
}

/// The most telling line of a failed optional build.
pub fn left_out(error: Error) -> Failure {
    let text = error.to_string();
    let lines = text.lines().filter(|line| line.starts_with("error") && !line.contains("the build failed"));
    Failure::LeftOut(lines.map(str::to_owned).next().unwrap_or(text))
}

/// The tool and its version, from the lock file of its crate.
fn locked_version(source: &Path, folder: &str) -> String {
    let lock = fs::read_to_string(source.join("Cargo.lock")).unwrap_or_default();
    let start = format!("name = \"{folder}\"\nversion = \"");
    let version = lock.split_once(&start).and_then(|(_, rest)| rest.split_once('"'));
    version.map_or_else(|| folder.to_owned(), |(version, _)| format!("{folder} {version}"))
}
