// cargo-hpy/src/bench/compile.rs: the sources and the target of the measured modules, and the compilation of their C.

use std::path::{Path, PathBuf};
use std::process::Command;

use hpy_pythons::Found;

use super::run::{self, LeftOut};

/// The sources and the target of all modules.
pub struct Modules<'a> {
    /// The repository.
    pub root: &'a Path,
    /// `cargo-hpy/bench` in it.
    pub sources: PathBuf,
    pub python: &'a Found,
    /// Where everything of this run is built.
    pub folder: PathBuf,
}

impl Modules<'_> {
    /// The folder of Python.h.
    pub fn include(&self) -> Result<&Path, LeftOut> {
        let version = self.python.version;
        let missing = || format!("Python.h is not installed (apt install python{version}-dev)");
        self.python.include.as_deref().ok_or_else(missing)
    }

    /// Compiles the C files of a folder, and links them.
    pub fn compile(&self, folder: &str, flags: &[String], libraries: &[PathBuf], file: &Path) -> Result<(), LeftOut> {
        let sources = files(&self.sources.join(folder), &["c"])?;
        let compiler = run::program("cc", "apt install gcc")?;
        let mut command = Command::new(compiler);
        command.args(c_flags()).args(link_flags()).args(flags).arg("-I").arg(self.include()?);
        run::succeed(command.args(sources).args(libraries).arg("-o").arg(file)).map(|_| ())
    }
}

/// As the CPythons of Linux distributions compile extensions, with hidden symbols, as the SDK's packages ask for, and what the
/// variable `CFLAGS` adds.
pub fn c_flags() -> Vec<String> {
    let own = std::env::var("CFLAGS").unwrap_or_default();
    let usual = ["-O2", "-DNDEBUG", "-fPIC", "-fvisibility=hidden"];
    usual.into_iter().chain(own.split_whitespace()).map(str::to_owned).collect()
}

/// Python's symbols are those of the interpreter that loads the module.
pub fn link_flags() -> &'static [&'static str] {
    if cfg!(target_vendor = "apple") {
        &["-bundle", "-undefined", "dynamic_lookup", "-Wl,-dead_strip"]
    } else {
        &["-shared", "-Wl,--gc-sections"]
    }
}

/// The files of a folder that end in one of `extensions`, in order.
pub fn files(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, LeftOut> {
    let entries = folder.read_dir().map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let fits = |path: &PathBuf| path.extension().is_some_and(|found| extensions.iter().any(|e| found == *e));
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(fits).collect();
    files.sort();
    Ok(files)
}
