// abi-tests/tests/fuzz.rs: random cases of each kind in `fuzz/`, on each interpreter that is found, for the families in Rust and in C.

mod common;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use common::{Abi, build, c, conclude, python};
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
    let expected = hpy_pythons::expected(include_str!("../../pythons.toml")).expect("pythons.toml can be read");
    let found = expected.iter().filter_map(|expected| expected.find_in(&found)).filter(|_| cfg!(unix));
    let trials = found.flat_map(trials).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

type Built = Arc<OnceLock<Result<PathBuf, Failed>>>;

/// The kinds on one interpreter: what they need is built by the first that needs it.
fn trials(python: &Found) -> Vec<Trial> {
    let (peer, rust, c): (Built, Built, Built) = Default::default();
    let mut trials = Vec::new();
    for kind in KINDS {
        for &language in kind.languages {
            let library = if language == "c" { c.clone() } else { rust.clone() };
            let (python, peer) = (python.clone(), peer.clone());
            let name = format!("{}-{}-{language}", python.name(), kind.name);
            trials.push(Trial::test(name.clone(), move || {
                let library = library.get_or_init(|| build_library(&python, language)).clone()?;
                let peer = match kind.has_peer {
                    true => Some(peer.get_or_init(|| build_peer(&python)).clone()?),
                    false => None,
                };
                println!("{name}: {}", run(&python, kind, language, &library, peer.as_deref())?);
                Ok(())
            }));
        }
    }
    trials
}

/// Tries the cases, and gives the last line of what is said.
fn run(
    interpreter: &Found,
    kind: &Kind,
    language: &str,
    library: &Path,
    peer: Option<&Path>,
) -> Result<String, Failed> {
    let mut fuzz = python(&interpreter.path, "../fuzz/fuzz.py");
    fuzz.args(["--kind", kind.name, "--language", language]);
    if let Some(peer) = peer {
        fuzz.arg("--peer").arg(peer);
    }
    let said = conclude({
        fuzz.arg(library);
        fuzz
    })?;
    Ok(said.lines().last().unwrap_or_default().to_owned())
}

fn build_library(python: &Found, language: &str) -> Result<PathBuf, Failed> {
    match language {
        "c" => c::build(Abi::Cpython(python)),
        _ => build("build", "dev", &python.name(), |cargo| cargo.env("PYO3_PYTHON", &python.path)),
    }
}

/// The extension of CPython's own functions.
fn build_peer(python: &Found) -> Result<PathBuf, Failed> {
    c::build_extension(python, &Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/peer.c"))
}
