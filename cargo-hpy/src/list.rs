// cargo-hpy/src/list.rs: `cargo hpy pythons`: the interpreters of this machine.

use std::fmt::Write;

use hpy_pythons::Found;

use crate::error::Result;
use crate::python::{self, Choice};

pub fn run() -> Result<()> {
    let all = python::find_all();
    let choice = python::choose(None);
    print!("{}", table(all, choice.as_ref().ok()));
    choice.map(|_| ())
}

/// One line for each interpreter; a star marks the one that a build would use.
fn table(all: &[Found], choice: Option<&Choice>) -> String {
    let mut text = String::new();
    let used = choice.map(|choice| &choice.python.path);
    let names: Vec<_> = all.iter().map(Found::name).collect();
    let width = names.iter().map(String::len).max().unwrap_or(0);
    for (python, name) in all.iter().zip(&names) {
        let star = if used == Some(&python.path) { '*' } else { ' ' };
        let remark = python::check(python).err().map(|supported| format!("  not supported: {supported}"));
        let (version, path) = (&python.full_version, python.path.display());
        writeln!(text, "{star} {name:width$}  {version:9} {path}{}", remark.unwrap_or_default())
            .expect("a String takes everything");
    }
    if let Some(Choice { python, by }) = choice {
        if !all.iter().any(|known| known.path == python.path) {
            writeln!(text, "* {}", python::describe(python)).expect("a String takes everything");
        }
        writeln!(text, "* is what would be used: {by}").expect("a String takes everything");
    }
    text
}
