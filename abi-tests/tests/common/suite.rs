// abi-tests/tests/common/suite.rs: the assertions of `python/` on one library: once, for leaks, and under valgrind.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, OnceLock};

use hpy_pythons::{Found, Version};
use libtest_mimic::{Failed, Trial};

use super::{Reason, conclude, python_folder, skipped};

/// The version that is also tested with optimisation and under valgrind.
pub const MORE: Version = Version { major: 3, minor: 12 };

/// The families as one library for one interpreter, which the first test that needs it builds.
#[derive(Clone)]
pub struct Suite {
    pub name: String,
    pub python: Found,
    /// The language that the library is written in, as `run.py` names it.
    pub language: &'static str,
    pub build: fn(&Found) -> Result<PathBuf, Failed>,
    built: Arc<OnceLock<Result<PathBuf, Failed>>>,
}

impl Suite {
    pub fn new(
        name: String,
        python: &Found,
        language: &'static str,
        build: fn(&Found) -> Result<PathBuf, Failed>,
    ) -> Suite {
        Suite { name, python: python.clone(), language, build, built: Arc::default() }
    }

    /// The tests of a library with debug assertions, or of one in C: all that `run.py` can look for on this interpreter.
    pub fn trials(&self) -> Vec<Trial> {
        let mut trials = vec![self.trial(self.name.clone(), &[], true)];
        if self.python.debug {
            trials.push(self.trial(self.name.replace("-debug", "-leaks"), &["--leaks"], true));
        } else if self.python.version == MORE {
            let name = format!("{}-valgrind", self.name);
            trials.push(match Command::new("valgrind").arg("--version").output() {
                Ok(_) => self.trial(name, &["--valgrind"], true),
                Err(_) => skipped(&name, Reason::Missing("valgrind")),
            });
        }
        trials
    }

    /// Runs the assertions; `checked` is with CPython's own check of memory that is written beyond its end or used
    /// after it is freed.
    pub fn trial(&self, name: String, options: &'static [&'static str], checked: bool) -> Trial {
        let suite = self.clone();
        Trial::test(name.clone(), move || {
            let library = suite.built.get_or_init(|| (suite.build)(&suite.python)).clone()?;
            let mut run = Command::new(&suite.python.path);
            run.arg("-s").arg(python_folder().join("run.py")).args(["--language", suite.language]);
            run.args(options).arg(library);
            run.env_remove("PYTHONPATH")
                .env_remove("PYTHONHOME")
                .env("PYTHONDONTWRITEBYTECODE", "1")
                .env_remove("RUST_BACKTRACE");
            if checked {
                run.env("PYTHONMALLOC", "debug");
            }
            let said = conclude(run)?;
            println!("{name}: {}", said.lines().last().unwrap_or_default());
            Ok(())
        })
    }
}
