// pythons/src/loaders.rs: the loaders of HPy's universal ABI that pythons.toml names.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use serde::Deserialize;

use crate::environment::{Environment, succeed};
use crate::expected::{read, version};
use crate::{Found, Version, name};

/// A loader of modules of the universal ABI that pythons.toml names.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loader {
    /// Its name in the tests: `hpy-0.9.0`.
    pub name: String,
    /// The implementation of Python that it is for.
    pub implementation: String,
    /// The oldest and the newest version of Python.
    #[serde(deserialize_with = "version")]
    pub from: Version,
    #[serde(deserialize_with = "version")]
    pub until: Version,
    /// What `hpy.universal.get_version()` says first.
    pub version: String,
    /// The packages to install, unless the interpreter has the loader built in.
    #[serde(default)]
    pub packages: Vec<String>,
}

/// The script that prints the version of an interpreter's loader.
const VERSION: &str = "from hpy import universal; print(universal.get_version()[0])";

impl Loader {
    /// The versions of Python that it is for.
    pub fn versions(&self) -> impl Iterator<Item = Version> {
        let Version { major, .. } = self.from;
        (self.from.minor..=self.until.minor).map(move |minor| Version { major, minor })
    }

    /// Whether it is for this interpreter, which needs no headers.
    pub fn is_for(&self, python: &Found) -> bool {
        python.implementation == self.implementation
            && (self.from..=self.until).contains(&python.version)
            && !python.debug
            && !python.free_threaded
    }

    /// The first interpreter of a version that it is for.
    pub fn find_in<'a>(&self, version: Version, found: &'a [Found]) -> Option<&'a Found> {
        found.iter().find(|found| found.version == version && self.is_for(found))
    }

    /// The name of the loader and its interpreter: `hpy-0.9.0-cpython-3.11`.
    pub fn name_on(&self, version: Version) -> String {
        format!("{}-{}", self.name, name(&self.implementation, version, false, false))
    }

    /// The interpreter to run modules with: `python`, or that of an environment below `folder`, which has the packages.
    ///
    /// The error says why there is none.
    pub fn prepare(&self, python: &Found, folder: &Path) -> Result<PathBuf, String> {
        // Tests that run at the same time want the same one.
        static ALONE: Mutex<()> = Mutex::new(());
        let _alone = ALONE.lock();
        if self.packages.is_empty() {
            return self.check(&python.path).map(|()| python.path.clone());
        }
        let environment = Environment::new(&folder.join(self.name_on(python.version)), &python.path)?;
        if self.check(&environment.python).is_err() {
            environment.install(&self.packages)?;
            self.check(&environment.python)?;
        }
        Ok(environment.python)
    }

    /// Whether the interpreter has this very loader.
    fn check(&self, python: &Path) -> Result<(), String> {
        let said = succeed(Command::new(python).args(["-I", "-c", VERSION]))
            .map_err(|_| format!("`{}` has no hpy.universal", python.display()))?;
        match said.trim() == self.version {
            true => Ok(()),
            false => Err(format!("its loader is {}, and what is known is of {}", said.trim(), self.version)),
        }
    }
}

/// The end of a module's file name for loaders, after the module's own name: `.hpy0.so`, and for a hybrid module, which is
/// for one interpreter, `.hpy0-cp314.so`, `.hpy0-cp314t.so` or `.hpy0-cp314d.so`.
pub fn module_suffix(python: Option<&Found>) -> String {
    let extension = if cfg!(windows) { "pyd" } else { "so" };
    let tag = python.map_or(String::new(), |python| {
        let (t, d) = (if python.free_threaded { "t" } else { "" }, if python.debug { "d" } else { "" });
        format!("-cp{}{}{t}{d}", python.version.major, python.version.minor)
    });
    format!(".hpy0{tag}.{extension}")
}

/// Reads the loaders in the text of pythons.toml.
pub fn loaders(text: &str) -> Result<Vec<Loader>, String> {
    #[derive(Deserialize)]
    struct File {
        loader: Vec<Loader>,
    }
    read(text).map(|File { loader }| loader)
}
