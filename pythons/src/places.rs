// pythons/src/places.rs: where interpreters are looked for.

use std::collections::HashSet;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::{Found, ask};

/// The variable with more places to look at, before all others: folders or interpreters, separated as in PATH.
pub const PYTHONS_VARIABLE: &str = "HPY_PYTHONS";

/// Every interpreter of this machine, each once, the oldest version first.
///
/// They are looked for in HPY_PYTHONS, in PATH, and where pyenv and uv install them. Of several interpreters of one kind,
/// the one that was found first in this order comes first. What does not run, or is no Python 3, is left out.
pub fn find_all() -> Vec<Found> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for candidate in candidates() {
        // pyenv's shims are one script under many names, so the name belongs to it.
        let real = candidate.canonicalize().unwrap_or_else(|_| candidate.clone());
        if !seen.insert((real, candidate.file_name().map(OsString::from))) {
            continue;
        }
        if let Ok(found) = ask(&candidate) {
            let real = found.path.canonicalize().unwrap_or_else(|_| found.path.clone());
            if seen.insert((real, None)) {
                all.push(found);
            }
        }
    }
    all.sort_by_key(|found| (found.version, found.implementation.clone(), found.free_threaded, found.debug));
    all
}

/// Whatever has the name of an interpreter, in the order in which it is to be taken.
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
