// cargo-hpy/src/bench/agree.rs: checks that the modules that are compared do the same: each gives the results of the C API module.

use std::fs;
use std::process::Command;

use super::compile::Modules;
use super::modes::{Loader, Mode};
use super::modules::Module;
use super::run;
use crate::error::{Error, Result};

/// The script that prints results of each function of the measured module.
const SCRIPT: &str = include_str!("../../bench/results.py");

/// Compares the modules that have every function: those of the C API, in C and in Rust, and those of hpy-sys. HPy's loader lacks
/// some that they call. A module of another tool has some of them.
pub fn check(modules: &Modules, built: &[Module]) -> Result<()> {
    let script = modules.folder.join("results.py");
    run::write(&script, SCRIPT)?;
    let mut expected: Option<String> = None;
    let is_whole = |mode: Mode| match mode {
        Mode::Capi | Mode::Pyo3Ffi => true,
        mode => mode.is_own() && mode.loader() != Some(Loader::Hpy09),
    };
    for module in built.iter().filter(|module| is_whole(module.mode) || module.mode.is_small()) {
        let mut command = Command::new(&modules.python.path);
        command.args(["-s", "-B"]).arg(&script).env("PYTHONPATH", module.search_path());
        let name = module.mode.name();
        let given = run::succeed(&mut command).map_err(|why| disagree(format!("the module of {name} fails: {why}")))?;
        fs::write(modules.folder.join(format!("results-{name}.txt")), &given)
            .map_err(|error| run::cannot_write(&modules.folder, &error))?;
        match &expected {
            None => expected = Some(given),
            Some(expected) => {
                let part = if is_whole(module.mode) { expected.clone() } else { part(expected, &given) };
                if let Some((line, own)) = first_difference(&part, &given) {
                    return Err(disagree(format!("capi gives `{line}`, and {name} `{own}`")));
                }
            }
        }
    }
    Ok(())
}

fn disagree(what: String) -> Error {
    Error::new(
        format!("the measured modules do not do the same: {what}"),
        "correct the module's source in cargo-hpy/bench: only equal work can be compared",
    )
}

/// The lines that begin with the names of those that are given: a name ends at a colon.
fn part(expected: &str, given: &str) -> String {
    let name = |line: &str| line.split(": ").next().unwrap_or_default().to_owned();
    let names: Vec<_> = given.lines().map(name).collect();
    expected.lines().filter(|line| names.contains(&name(line))).fold(String::new(), |part, line| part + line + "\n")
}

/// The first line that differs; one that is missing is empty.
fn first_difference<'a>(expected: &'a str, given: &'a str) -> Option<(&'a str, &'a str)> {
    let (mut left, mut right) = (expected.lines(), given.lines());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return None,
            (left, right) if left == right => {}
            (left, right) => return Some((left.unwrap_or_default(), right.unwrap_or_default())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_told() {
        assert_eq!(first_difference("a: 1\nb: 2\n", "a: 1\nb: 2\n"), None);
        assert_eq!(first_difference("a: 1\nb: 2\n", "a: 1\nb: 3\nc: 4\n"), Some(("b: 2", "b: 3")));
        assert_eq!(first_difference("a: 1\nb: 2\n", "a: 1\n"), Some(("b: 2", "")));
        assert_eq!(first_difference("a: 1\n", "a: 1\nb: 2\n"), Some(("", "b: 2")));
        assert_eq!(part("a: 1\nb: 2\nc: 3\n", "a: 1\nc: 4\n"), "a: 1\nc: 3\n");
        let error = disagree("capi gives `b: 2`, and native `b: 3`".to_owned()).to_string();
        let start =
            "error: the measured modules do not do the same: capi gives `b: 2`, and native `b: 3`\n  = help: correct ";
        assert!(error.starts_with(start), "{error}");
    }
}
