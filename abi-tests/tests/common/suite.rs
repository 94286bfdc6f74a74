// abi-tests/tests/common/suite.rs: the assertions of `python/` on one library: once, for leaks, and under valgrind.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, OnceLock};

use hpy_pythons::{Found, Version};
use libtest_mimic::{Failed, Trial};

use super::{Reason, c, conclude, python, skipped};

/// The version that is also tested with optimisation and under valgrind.
pub const MORE: Version = Version { major: 3, minor: 12 };

/// Whether an interpreter is tested in full: the oldest version, the one in the middle, and where CPython checks itself, which are
/// builds of the newest.
pub fn in_full(python: &Found) -> bool {
    let oldest = hpy_pythons::known().pythons.iter().map(|known| known.version).min();
    python.debug || python.version == MORE || Some(python.version) == oldest
}

/// How a library is built for an interpreter.
pub type Build = Box<dyn Fn(&Found) -> Result<PathBuf, Failed> + Send + Sync>;

/// The families as one library for one interpreter, which the first test that needs it builds.
#[derive(Clone)]
pub struct Suite {
    pub name: String,
    pub python: Found,
    /// The language that the library is written in, as `run.py` names it.
    pub language: &'static str,
    build: Arc<Build>,
    built: Arc<OnceLock<Result<PathBuf, Failed>>>,
}

impl Suite {
    pub fn new(name: String, python: &Found, language: &'static str, build: Build) -> Suite {
        Suite { name, python: python.clone(), language, build: Arc::new(build), built: Arc::default() }
    }

    /// The tests of a library with debug assertions, or of one in C: all that `run.py` can look for on this interpreter but
    /// [`Suite::under_valgrind`].
    pub fn trials(&self) -> Vec<Trial> {
        let mut trials = vec![self.trial(self.name.clone(), &[], true)];
        if self.python.debug {
            trials.push(self.trial(self.name.replace("-debug", "-leaks"), &["--leaks"], true));
        } else if self.python.version == MORE {
            // Memory is checked in the test above, which such interpreters do not go with: `test_globals.py` says why.
            trials.push(self.trial(format!("{}-own-lock", self.name), &["-k", "own_lock"], false));
        }
        trials
    }

    /// The tests under valgrind, of a library that is optimised: another one takes twice as long.
    pub fn under_valgrind(&self) -> Trial {
        let name = format!("{}-valgrind", self.name);
        match Command::new("valgrind").arg("--version").output() {
            Ok(_) => self.trial(name, &["--valgrind"], true),
            Err(_) => skipped(&name, Reason::Missing("valgrind")),
        }
    }

    /// Runs the assertions once; the options are those of `run.py`, and `checked` is with CPython's own check of memory
    /// that is written beyond its end or used after it is freed.
    pub fn trial(&self, name: String, options: &[&str], checked: bool) -> Trial {
        let (suite, options) = (self.clone(), options.iter().map(|&option| option.to_owned()).collect::<Vec<_>>());
        Trial::test(name.clone(), move || {
            let library = suite.built.get_or_init(|| (suite.build)(&suite.python)).clone()?;
            let mut run = python(&suite.python.path, "run.py");
            run.args(["--language", suite.language]).args(options).arg(library);
            // Code without optimisation takes more stack for each call than CPython counts with.
            if suite.language == "c" || suite.name.ends_with("-release") {
                run.env("HPY_ABI_TESTS_OPTIMISED", "1");
            }
            without_lock(&mut run, &suite.python);
            if checked {
                run.env("PYTHONMALLOC", "debug");
            } else if suite.name.ends_with("-sanitized") {
                c::load_sanitizer(&mut run)?;
            }
            let said = conclude(run)?;
            println!("{name}: {}", said.lines().last().unwrap_or_default());
            Ok(())
        })
    }
}

/// The trials in the order to start them: valgrind's take longer than all others, and would be left over for one processor.
pub fn longest_first(trials: impl Iterator<Item = Trial>) -> Vec<Trial> {
    let mut trials: Vec<_> = trials.collect();
    trials.sort_by_key(|trial| !trial.name().ends_with("-valgrind"));
    trials
}

/// Keeps the lock off on a free-threaded interpreter: it would come back with the first module that says nothing about it.
pub fn without_lock(program: &mut Command, python: &Found) {
    if python.free_threaded {
        program.env("PYTHON_GIL", "0");
    }
}
