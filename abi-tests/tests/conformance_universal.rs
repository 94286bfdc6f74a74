// abi-tests/tests/conformance_universal.rs: the assertions of `python/` on libraries of the loader ABIs, with each loader of pythons.toml.
//
// The file `python/loader_NAME_VERSION.py` of a loader lists the tests that it is known not to pass; these have to fail. The
// universal library of a language is one file, which every loader loads.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::{Arc, OnceLock};

use common::suite::{Build, Suite, in_full};
use common::{Abi, Reason, build, c, conclude, for_python, python, skipped};
use hpy_pythons::{Found, Loader, Python, Tested, loaders, own_loader};
use libtest_mimic::{Arguments, Failed, Trial};

/// The language of the families.
struct Language {
    /// As `run.py` knows it.
    name: &'static str,
    /// Makes the library for every interpreter, once.
    universal: fn() -> Result<PathBuf, Failed>,
    /// Makes the library for one CPython.
    hybrid: fn(&Found) -> Result<PathBuf, Failed>,
    /// Whether that takes Python's headers.
    hybrid_takes_headers: bool,
}

const LANGUAGES: &[Language] = &[
    Language {
        name: "rust",
        universal: universal_rust,
        hybrid: |python| build_rust(Abi::Hybrid(python)),
        hybrid_takes_headers: false,
    },
    Language {
        name: "c",
        universal: universal_c,
        hybrid: |python| c::build(Abi::Hybrid(python)),
        hybrid_takes_headers: true,
    },
];

/// A library that the first test which needs it builds.
type Built = OnceLock<Result<PathBuf, Failed>>;

fn universal_rust() -> Result<PathBuf, Failed> {
    static BUILT: Built = Built::new();
    BUILT.get_or_init(|| build_rust(Abi::Universal)).clone()
}

fn universal_c() -> Result<PathBuf, Failed> {
    static BUILT: Built = Built::new();
    BUILT.get_or_init(|| c::build(Abi::Universal)).clone()
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let found = hpy_pythons::find_all();
    let loaders = hpy_pythons::known().loaders;
    let loaders = loaders.iter().flat_map(|loader| of_loader(loader, &found));
    let own = hpy_pythons::known().pythons.into_iter().flat_map(|kind| of_own(&kind, &found));
    let trials = own.chain(loaders).chain(LANGUAGES.iter().map(symbols)).filter(|_| cfg!(unix)).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The tests of a loader, on each version of its interpreter.
fn of_loader(loader: &Loader, found: &[Found]) -> Vec<Trial> {
    let mut trials = Vec::new();
    for version in loader.versions() {
        let name = loader.name_on(version);
        let Some(python) = loaders::find_for(loader, version, found) else {
            trials.push(skipped(&name, Reason::Loader("no such interpreter".to_owned())));
            continue;
        };
        match loaders::prepare(loader, python, &Path::new(env!("CARGO_TARGET_TMPDIR")).join("loaders")) {
            Ok(run) => {
                let python = Found { path: run, ..python.clone() };
                trials.extend(LANGUAGES.iter().flat_map(|language| ways(language, loader, &python)));
                trials.push(refuses(&name, &python.path, || Ok(())));
            }
            Err(why) => trials.push(skipped(&name, Reason::Loader(why))),
        }
    }
    trials
}

/// The tests of this project's loader on an interpreter: the universal library, in debug mode too, and on [`in_full`] also in
/// trace mode, and a hybrid one.
fn of_own(kind: &Python, found: &[Found]) -> Vec<Trial> {
    let name = format!("{OWN}-{}", kind.name());
    let Some(python) = hpy_pythons::find(kind, found) else {
        return vec![skipped(&name, Reason::Interpreter(kind.tested))];
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-loader");
    // The loader is built by the first test that needs it.
    let inside = Found { path: own_loader::place(python, &folder), ..python.clone() };
    let prepared = Arc::new(OnceLock::new());
    let prepare = {
        let (prepared, python) = (prepared, python.clone());
        move || prepared.get_or_init(|| own_loader::prepare(&python, "checked", &folder).map(drop)).clone()
    };
    let mut trials = vec![refuses(&name, &inside.path, prepare.clone())];
    for language in LANGUAGES {
        let (universal, hybrid) = (language.universal, language.hybrid);
        let ways: &[_] =
            if in_full(python) { &["universal", "debug", "trace", "hybrid"] } else { &["universal", "debug"] };
        for &way in ways {
            let prepare = prepare.clone();
            let build: Build = Box::new(move |python| {
                prepare()?;
                if way == "hybrid" { hybrid(python) } else { universal() }
            });
            let suite = Suite::new(format!("{name}-{way}-{}", language.name), &inside, language.name, build);
            let options = ["--loader", OWN, "--way", way];
            trials.push(suite.trial(suite.name.clone(), &options, true));
            let is_newest = python.version == hpy_pythons::known().limits.maximum;
            if python.debug && is_newest && matches!(way, "universal" | "debug") {
                let options = ["--loader", OWN, "--way", way, "--leaks"];
                trials.push(suite.trial(format!("{}-leaks", suite.name), &options, true));
            }
        }
    }
    trials
}

/// The name of this project's loader.
const OWN: &str = "hpy-sys";

/// The ways to run the assertions: on the universal library, on the same in HPy's debug context, and on a hybrid one.
///
/// The hybrid ABI is for one CPython, as it may use CPython's own API too. The debug context is the same for each version, and a
/// hybrid library takes a build, so the newest is enough for both. PyPy's is not run: it ends the process for whatever a type with a call function does.
fn ways(language: &Language, loader: &Loader, python: &Found) -> Vec<Trial> {
    let (universal, hybrid) = (language.universal, language.hybrid);
    let way = |way, build: Build| {
        let name = format!("{}-{way}-{}", loader.name_on(python.version), language.name);
        let suite = Suite::new(name.clone(), python, language.name, build);
        suite.trial(name, &["--loader", &loader.name, "--way", way], true)
    };
    let mut trials = vec![way("universal", Box::new(move |_| universal()))];
    if loader.implementation == "CPython" && python.version == loader.until {
        trials.push(way("debug", Box::new(move |_| universal())));
        let headers = python.include.is_some() || !language.hybrid_takes_headers;
        let hybrid = way("hybrid", Box::new(hybrid));
        trials.push(if headers { hybrid } else { skipped(hybrid.name(), Reason::Interpreter(Tested::Run)) });
    }
    trials
}

/// A library of another version of the ABI is refused, and so is a module.
fn refuses(name: &str, interpreter: &Path, prepare: impl Fn() -> Result<(), String> + Send + 'static) -> Trial {
    let (name, interpreter) = (format!("{name}-refused"), interpreter.to_owned());
    Trial::test(name.clone(), move || {
        prepare()?;
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refused").join(&name);
        fs::create_dir_all(&folder)?;
        let library = folder.join("hpy_abi_tests.hpy1.so");
        fs::copy(universal_rust()?, &library)?;
        let mut refused = python(&interpreter, "refused.py");
        refused.arg(library);
        conclude(refused).map(drop)
    })
}

/// The families in Rust, under the name that loaders want.
fn build_rust(abi: Abi) -> Result<PathBuf, Failed> {
    let library = build("build", "dev", &abi.folder(), |cargo| {
        for_python(cargo, abi.python());
        cargo.args(["--no-default-features", "--features", abi.name()])
    })?;
    let placed = library.with_file_name(format!("hpy_abi_tests{}", abi.suffix()));
    fs::copy(library, &placed)?;
    Ok(placed)
}

/// A universal library names nothing of CPython's own.
fn symbols(language: &Language) -> Trial {
    let name = format!("universal-{}-symbols", language.name);
    if Command::new("nm").arg("--version").output().is_err() {
        return skipped(&name, Reason::Missing("binutils"));
    }
    let universal = language.universal;
    Trial::test(name, move || {
        let mut nm = Command::new("nm");
        nm.args(["-D", "--format=posix"]).arg(universal()?);
        let said = conclude(nm)?;
        let names = || said.lines().filter_map(|line| line.split(' ').next());
        if !names().any(|name| name == "HPyInit_calls") {
            return Err(format!("nm does not list the modules:\n{said}").into());
        }
        let of_cpython: Vec<_> = names().filter(|name| name.starts_with("Py") || name.starts_with("_Py")).collect();
        if of_cpython.is_empty() { Ok(()) } else { Err(format!("the library names CPython's {of_cpython:?}").into()) }
    })
}
