// cargo-hpy/src/python.rs: chooses the Python to build for, and says so if there is none.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use hpy_pythons::{Found, Limits, Loader, Unusable, ask, known, of_environment, search};

use crate::error::{Error, Result};
use crate::in_path;

/// The variable with the Python to build for, as the pyo3 crates read it.
pub const PYTHON_VARIABLE: &str = "PYO3_PYTHON";
/// The variable with which hpy-sys accepts a Python beyond the limits.
const SKIP_VARIABLE: &str = "HPY_SYS_SKIP_VERSION_CHECK";

/// The Python to build for.
#[derive(Debug)]
pub struct Choice {
    pub python: Found,
    /// The reason for the choice: `--python 3.12`, `PYO3_PYTHON`, `python3 in PATH`, ...
    pub by: String,
}

/// The limits of the hpy-sys that this command belongs to.
pub fn limits() -> Limits {
    known().limits
}

/// HPy's own loader of modules of the universal ABI for CPython.
pub fn hpys_loader() -> Loader {
    known().loaders.into_iter().find(|loader| loader.implementation == "CPython").expect("a test looks for it")
}

/// Every interpreter of this machine. A command that does not answer in time is named once, on the standard error stream.
pub fn find_all() -> &'static [Found] {
    static ALL: OnceLock<Vec<Found>> = OnceLock::new();
    ALL.get_or_init(|| {
        let search = search();
        search.silent.iter().for_each(leave_out);
        search.found
    })
}

fn leave_out(silent: &Unusable) {
    eprintln!("warning: {silent}, and is left out");
}

/// Chooses the Python to build for, by the rule of pyo3-ffi: `option` or PYO3_PYTHON, else that of the active environment, else
/// `python3` or `python` in PATH. If that one is not supported, the newest supported one that it finds.
pub fn choose(option: Option<&str>) -> Result<Choice> {
    let variable = env::var(PYTHON_VARIABLE).ok().filter(|value| !value.is_empty());
    match (option, variable, of_environment()) {
        (Some(wish), _, _) => wished(wish, format!("--python {wish}")),
        (None, Some(wish), _) => wished(&wish, format!("{PYTHON_VARIABLE}={wish}")),
        (None, None, Some((variable, file))) => {
            let by = format!("the active environment, {variable}");
            checked(asked(&file, &by)?, by)
        }
        (None, None, None) => usual(),
    }
}

/// The newest supported Python of this machine, whatever a build would take.
pub fn newest() -> Result<Found> {
    let all = find_all();
    newest_supported(all).cloned().ok_or_else(|| none_supported(all, &limits()))
}

fn usual() -> Result<Choice> {
    let path = env::var_os("PATH");
    for name in ["python3", "python"] {
        let Some(file) = in_path::find(name, path.as_deref()) else { continue };
        match ask(&file) {
            Ok(python) if check(&python).is_ok() => return Ok(Choice { python, by: format!("{name} in PATH") }),
            Err(unusable) if unusable.silent => leave_out(&unusable),
            _ => {}
        }
    }
    let all = find_all();
    match newest_supported(all) {
        Some(python) => Ok(Choice { python: python.clone(), by: "the newest one that was found".to_owned() }),
        None => Err(none_supported(all, &limits())),
    }
}

fn wished(wish: &str, by: String) -> Result<Choice> {
    let python = if is_version(wish) {
        let all = find_all();
        let known = all.iter().find(|python| has_name(python, wish));
        known.cloned().ok_or_else(|| no_such_version(&by, wish, all))?
    } else {
        asked(&locate(wish, &by)?, &by)?
    };
    checked(python, by)
}

fn asked(file: &Path, by: &str) -> Result<Found> {
    ask(file).map_err(|unusable| Error::new(format!("{by}: {}", first_line(&unusable.problem)), suggestion(find_all())))
}

fn checked(python: Found, by: String) -> Result<Choice> {
    match check(&python) {
        Ok(()) => Ok(Choice { python, by }),
        Err(supported) => Err(unsupported(&by, &python, &supported, find_all())),
    }
}

/// The beginning of a program's output, which may be anything.
fn first_line(text: &str) -> String {
    const LONGEST: usize = 160;
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(LONGEST).collect();
    if short.len() < line.len() { format!("{short}...") } else { short.trim_end().to_owned() }
}

/// Whether it is written like `3.14`, `3.14t`, `3.15-debug`, `3.15d`, `3.14.2`, or a name that `cargo hpy pythons` prints.
fn is_version(wish: &str) -> bool {
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    !wish.contains(['/', '\\']) && (is_number(wish) || wish.split_once('-').is_some_and(|(_, rest)| is_number(rest)))
}

fn has_name(python: &Found, wish: &str) -> bool {
    let name = python.name();
    let short = name.strip_prefix("cpython-").unwrap_or(&name);
    // A debug build has the name of its command too, `3.14d` and `3.14td`.
    let command = short.replace("-debug", "d");
    [&*name, &*python.full_version, short, &*command].contains(&wish)
}

/// The file that `wish` names: a path, or a command.
fn locate(wish: &str, by: &str) -> Result<PathBuf> {
    let given = Path::new(wish);
    if given.components().count() == 1 && !given.exists() {
        return in_path::find(wish, env::var_os("PATH").as_deref())
            .ok_or_else(|| Error::new(format!("{by}: there is no command `{wish}`"), suggestion(find_all())));
    }
    if !given.exists() {
        return Err(Error::new(format!("{by}: there is no such file"), suggestion(find_all())));
    }
    if given.is_dir() {
        let inside = if cfg!(windows) { given.join("Scripts/python.exe") } else { given.join("bin/python") };
        let help = match inside.is_file() {
            true => format!("name the interpreter in it: --python {}", inside.display()),
            false => suggestion(find_all()),
        };
        return Err(Error::new(format!("{by}: this is a folder, and no interpreter"), help));
    }
    if !in_path::is_executable(given) {
        return Err(Error::new(format!("{by}: this file is not executable"), suggestion(find_all())));
    }
    Ok(given.to_owned())
}

/// Checks that `python` is supported; the error names the supported ones.
pub fn check(python: &Found) -> std::result::Result<(), String> {
    let skip = env::var(SKIP_VARIABLE).is_ok_and(|value| value == "1") && python.implementation == "CPython";
    if skip { Ok(()) } else { python.is_within(&limits()) }
}

/// The newest supported Python: a release before a pre-release, a usual build before a special one.
fn newest_supported(all: &[Found]) -> Option<&Found> {
    let supported = all.iter().filter(|python| check(python).is_ok());
    // Of equal ones, the first that was found.
    supported.rev().max_by_key(|python| {
        let release = python.full_version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        (release, !python.debug && !python.free_threaded, python.version)
    })
}

/// A Python as a sentence names it: `CPython 3.14.0 (/usr/bin/python3)`.
pub fn describe(python: &Found) -> String {
    let kind = match (python.free_threaded, python.debug) {
        (false, false) => "",
        (true, false) => " without a global lock",
        (false, true) => " with debugging",
        (true, true) => " without a global lock, with debugging",
    };
    format!("{} {}{kind} ({})", python.implementation, python.full_version, python.path.display())
}

fn no_such_version(by: &str, wish: &str, all: &[Found]) -> Error {
    let wish = if wish.starts_with(|c: char| c.is_ascii_digit()) { format!("CPython {wish}") } else { wish.to_owned() };
    Error::new(format!("{by}: no {wish} was found"), suggestion(all))
}

fn unsupported(by: &str, python: &Found, supported: &str, all: &[Found]) -> Error {
    Error::new(format!("{by}: this is {}, and {supported}", describe(python)), suggestion(all))
}

fn none_supported(all: &[Found], limits: &Limits) -> Error {
    let Limits { minimum, maximum, .. } = limits;
    let found = match all {
        [] => "no Python was found".to_owned(),
        _ => {
            let names: Vec<_> = all.iter().map(Found::name).collect();
            format!("no CPython {minimum} to {maximum} was found, only {}", names.join(", "))
        }
    };
    Error::new(found, suggestion(all))
}

/// The remedy: take another Python, or install one.
fn suggestion(all: &[Found]) -> String {
    match newest_supported(all) {
        Some(python) => {
            let name = python.name();
            format!(
                "take another one: --python {} (`cargo hpy pythons` lists them all)",
                name.strip_prefix("cpython-").unwrap_or(&name)
            )
        }
        None => {
            let Limits { minimum, maximum, .. } = limits();
            format!(
                "install a CPython {minimum} to {maximum}: uv python install, or give the path of one: --python PATH"
            )
        }
    }
}

#[cfg(test)]
#[path = "python_tests.rs"]
mod tests;
