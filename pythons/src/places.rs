// pythons/src/places.rs: searches for interpreters.

use std::collections::HashSet;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use regex::Regex;

use crate::{Found, Unusable, ask};

/// The variable with more places to look at, before all others: folders or interpreters, separated as in PATH.
pub const PYTHONS_VARIABLE: &str = "HPY_PYTHONS";

/// The result of a search for interpreters.
#[derive(Debug, Default)]
pub struct Search {
    /// Every interpreter of this machine, each once, the oldest version first.
    pub found: Vec<Found>,
    /// A sentence for each interpreter that did not answer in time.
    pub silent: Vec<Unusable>,
}

/// Looks for the interpreters of this machine, in HPY_PYTHONS, in PATH, and where pyenv and uv install them.
///
/// Of several interpreters of one kind, the one that was found first in this order comes first. Commands that do not run, or
/// are no Python 3, are left out.
pub fn search() -> Search {
    let mut seen = HashSet::new();
    let mut candidates = candidates();
    candidates.retain(|candidate| {
        // pyenv's shims are one script under many names, so the name belongs to it.
        let real = candidate.canonicalize().unwrap_or_else(|_| candidate.clone());
        seen.insert((real, candidate.file_name().map(OsString::from)))
    });
    let mut search = Search::default();
    let mut seen = HashSet::new();
    for answer in ask_all(&candidates) {
        match answer {
            Ok(found) => {
                if seen.insert(found.path.canonicalize().unwrap_or_else(|_| found.path.clone())) {
                    search.found.push(found);
                }
            }
            Err(unusable) if unusable.silent => search.silent.push(unusable),
            Err(_) => {}
        }
    }
    search.found.sort_by_key(|found| (found.version, found.implementation.clone(), found.free_threaded, found.debug));
    search
}

/// Every interpreter that [`search`] finds.
pub fn find_all() -> Vec<Found> {
    search().found
}

/// Runs several concurrently, so that one time limit serves all that never answer.
fn ask_all(candidates: &[PathBuf]) -> Vec<Result<Found, Unusable>> {
    const AT_ONCE: usize = 8;
    let next = AtomicUsize::new(0);
    let mut answers: Vec<_> = thread::scope(|scope| {
        let worker = || {
            let mut answers = Vec::new();
            while let Some((index, candidate)) = {
                let index = next.fetch_add(1, Ordering::Relaxed);
                candidates.get(index).map(|candidate| (index, candidate))
            } {
                answers.push((index, ask(candidate)));
            }
            answers
        };
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("asking does not panic")).collect()
    });
    answers.sort_by_key(|&(index, _)| index);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// The files with the name of an interpreter, in the order of preference.
fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    let mut candidates = Vec::new();
    for place in paths_of(PYTHONS_VARIABLE) {
        if place.is_dir() {
            candidates.extend(interpreters_in([&place]));
        } else {
            candidates.push(place);
        }
    }
    folders.extend(paths_of("PATH"));
    folders.extend(installed_by("PYENV_ROOT", ".pyenv", "versions"));
    folders.extend(installed_by("UV_PYTHON_INSTALL_DIR", ".local/share/uv/python", ""));
    candidates.extend(interpreters_in(&folders));
    candidates
}

fn paths_of(variable: &str) -> Vec<PathBuf> {
    env::var_os(variable).map(|paths| env::split_paths(&paths).collect()).unwrap_or_default()
}

/// The folders of the interpreters that a tool has installed below `sub` of its own folder.
///
/// That folder is what `variable` says, or `default` in the user's home.
fn installed_by(variable: &str, default: &str, sub: &str) -> Vec<PathBuf> {
    let root = env::var_os(variable).map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(default)));
    let entries = root.and_then(|root| root.join(sub).read_dir().ok());
    let mut folders: Vec<_> = entries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| if cfg!(windows) { entry.path() } else { entry.path().join("bin") })
        .collect();
    folders.sort();
    folders
}

/// The executables in `folders` that have the name of an interpreter, like `python3`, `python3.14td` and `pypy3.11`.
fn interpreters_in(folders: impl IntoIterator<Item = impl AsRef<Path>>) -> Vec<PathBuf> {
    let name = Regex::new(r"^(?i:(python|pypy)(3(\.\d+)?t?d?)?(\.exe)?)$").expect("this is a regular expression");
    let folders = env::join_paths(folders.into_iter().map(|folder| folder.as_ref().to_owned())).unwrap_or_default();
    let mut interpreters: Vec<_> = which::which_re_in(name, Some(folders)).into_iter().flatten().collect();
    interpreters.dedup();
    interpreters
}

/// The interpreter of the environment that is active, and the variable that says so, unless two of them do.
///
/// It is the one that pyo3-ffi builds for where PYO3_PYTHON is not set.
pub fn of_environment() -> Option<(&'static str, PathBuf)> {
    let folder = |variable| env::var_os(variable).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let inside = |folder: PathBuf, name: &str| folder.join(if cfg!(windows) { name } else { "bin/python" });
    match (folder("VIRTUAL_ENV"), folder("CONDA_PREFIX")) {
        (Some(folder), None) => Some(("VIRTUAL_ENV", inside(folder, "Scripts/python.exe"))),
        (None, Some(folder)) => Some(("CONDA_PREFIX", inside(folder, "python.exe"))),
        _ => None,
    }
}
