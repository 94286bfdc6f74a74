// abi-tests/tests/fuzz.rs: random cases of each kind in `fuzz/`, on each interpreter that is found, for the families in Rust and in C.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::{Arc, OnceLock};

use common::suite::{MORE, without_lock};
use common::{Abi, Reason, build, c, conclude, python, skipped};
use hpy_pythons::Found;
use libtest_mimic::{Arguments, Failed, Trial};

/// A file of `fuzz/`, without its extension.
struct Kind {
    name: &'static str,
    /// The languages whose library it is about.
    languages: &'static [&'static str],
    /// Whether it compares with CPython's own functions, through the extension of `peer.c`.
    has_peer: bool,
}

const KINDS: &[Kind] = &[
    Kind { name: "arguments", languages: &["rust", "c"], has_peer: true },
    Kind { name: "values", languages: &["rust", "c"], has_peer: true },
    Kind { name: "text", languages: &["rust", "c"], has_peer: true },
    Kind { name: "api", languages: &["rust", "c"], has_peer: false },
    Kind { name: "memory", languages: &["rust", "c"], has_peer: false },
    Kind { name: "specs", languages: &["rust", "c"], has_peer: false },
    Kind { name: "towers", languages: &["rust", "c"], has_peer: false },
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let found = hpy_pythons::find_all();
    let expected = hpy_pythons::known().pythons;
    let found = expected.iter().filter_map(|expected| hpy_pythons::find(expected, &found)).filter(|_| cfg!(unix));
    let trials = found.flat_map(trials).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

type Built = Arc<OnceLock<Result<PathBuf, Failed>>>;

/// How the cases are run.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Usual,
    /// The library in C with AddressSanitizer and UndefinedBehaviorSanitizer.
    Sanitized,
    Valgrind,
}

/// The kinds that also run in another way, and with how many cases: some seconds each.
const SANITIZED: &[(&str, &str)] = &[
    ("arguments", "20000"),
    ("values", "20000"),
    ("text", "20000"),
    ("api", "20000"),
    ("specs", "1500"),
    ("towers", "100"),
];
const VALGRIND: &[(&str, &str)] = &[("arguments", "300"), ("api", "1000"), ("specs", "40")];

/// The kinds on one interpreter: what they need is built by the first that needs it.
fn trials(python: &Found) -> Vec<Trial> {
    let (peer, rust, c, sanitized): (Built, Built, Built, Built) = Default::default();
    let mut trials = Vec::new();
    for kind in KINDS {
        for &language in kind.languages {
            let library = if language == "c" { &c } else { &rust };
            trials.push(trial(python, kind, language, Way::Usual, [library, &peer]));
        }
        if python.version == MORE && !python.debug {
            if SANITIZED.iter().any(|(name, _)| *name == kind.name) {
                trials.push(trial(python, kind, "c", Way::Sanitized, [&sanitized, &peer]));
            }
            if VALGRIND.iter().any(|(name, _)| *name == kind.name) {
                trials.push(trial(python, kind, "rust", Way::Valgrind, [&rust, &peer]));
            }
        }
    }
    trials
}

fn trial(python: &Found, kind: &'static Kind, language: &'static str, way: Way, built: [&Built; 2]) -> Trial {
    let (python, [library, peer]) = (python.clone(), built.map(Arc::clone));
    let mut name = format!("{}-{}-{language}", python.name(), kind.name);
    match way {
        Way::Usual => {}
        Way::Sanitized => name.push_str("-sanitized"),
        Way::Valgrind => name.push_str("-valgrind"),
    }
    if way == Way::Sanitized && c::sanitizer().is_none() {
        return skipped(&name, Reason::Missing("libasan"));
    }
    if way == Way::Valgrind && Command::new("valgrind").arg("--version").output().is_err() {
        return skipped(&name, Reason::Missing("valgrind"));
    }
    Trial::test(name.clone(), move || {
        let library = library.get_or_init(|| build_library(&python, language, way)).clone()?;
        let peer = match kind.has_peer {
            true => Some(peer.get_or_init(|| build_peer(&python)).clone()?),
            false => None,
        };
        println!("{name}: {}", run(&python, kind, language, way, &library, peer.as_deref())?);
        Ok(())
    })
}

/// Tries the cases, and gives the last line of what is said.
fn run(
    interpreter: &Found,
    kind: &Kind,
    language: &str,
    way: Way,
    library: &Path,
    peer: Option<&Path>,
) -> Result<String, Failed> {
    let mut fuzz = python(&interpreter.path, "../fuzz/fuzz.py");
    without_lock(&mut fuzz, interpreter);
    fuzz.args(["--kind", kind.name, "--language", language]);
    if let Some(peer) = peer {
        fuzz.arg("--peer").arg(peer);
    }
    let cases = match way {
        Way::Usual => &[][..],
        Way::Sanitized => SANITIZED,
        Way::Valgrind => VALGRIND,
    };
    if let Some((_, cases)) = cases.iter().find(|(name, _)| *name == kind.name) {
        // More by the variable, as elsewhere.
        fuzz.env("HPY_FUZZ_CASES", std::env::var("HPY_FUZZ_CASES").unwrap_or_else(|_| (*cases).to_owned()));
    }
    match way {
        Way::Usual if interpreter.version != MORE => _ = fuzz.arg("--fewer"),
        Way::Usual => {}
        Way::Sanitized => c::load_sanitizer(&mut fuzz)?,
        Way::Valgrind => _ = fuzz.arg("--valgrind"),
    }
    let said = conclude({
        fuzz.arg(library);
        fuzz
    })?;
    Ok(said.lines().last().unwrap_or_default().to_owned())
}

fn build_library(python: &Found, language: &str, way: Way) -> Result<PathBuf, Failed> {
    match (language, way) {
        ("c", Way::Sanitized) => c::build_sanitized(Abi::Cpython(python)),
        ("c", _) => c::build(Abi::Cpython(python)),
        _ => build("build", "dev", &python.name(), |cargo| cargo.env("PYO3_PYTHON", &python.path)),
    }
}

/// The extension of CPython's own functions.
fn build_peer(python: &Found) -> Result<PathBuf, Failed> {
    c::build_extension(python, &Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/peer.c"))
}
