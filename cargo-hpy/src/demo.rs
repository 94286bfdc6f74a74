// cargo-hpy/src/demo.rs: `cargo hpy demo`: builds the examples, and shows in Python what they do.

use std::fs;
use std::process::Command;

use crate::cli;
use crate::error::{Error, Result};
use crate::extension;
use crate::progress::Progress;
use crate::python::{self, Choice};
use crate::workspace;

/// The script that runs in Python.
const SCRIPT: &str = include_str!("demo.py");
const PACKAGES: [&str; 2] = ["quickstart", "json-decoder"];

pub fn run(options: &cli::Demo) -> Result<()> {
    let root = workspace::find("the examples", "cargo hpy demo")?;
    let Choice { python, by } = python::choose(options.python.as_deref())?;
    let metadata = workspace::metadata(&root)?;
    let folder = metadata.target.join("hpy-demo").join(python.name());

    let packages = PACKAGES.join(" and ");
    let progress = Progress::start(format!("building {packages} for {}", python.name()));
    extension::build(&root, &PACKAGES, &python, &folder, &progress)?;
    progress.done();

    let (script, document) = (folder.join("demo.py"), folder.join("metadata.json"));
    for (path, text) in [(&script, SCRIPT), (&document, &metadata.text)] {
        fs::write(path, text).map_err(|error| extension::cannot_write(path, &error))?;
    }
    println!("{}, by {by}", python::describe(&python));
    // Isolated, so that no variable of the user's changes the output.
    let status = Command::new(&python.path).args(["-I", "-B"]).arg(&script).arg(&document).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(&python::describe(&python), &status.to_string())),
        Err(error) => Err(failed(&python::describe(&python), &error.to_string())),
    }
}

fn failed(python: &str, how: &str) -> Error {
    Error::new(
        format!("the demo did not run to its end in {python}: {how}"),
        "what Python said stands above; try another one with --python (`cargo hpy pythons` lists them)",
    )
}
