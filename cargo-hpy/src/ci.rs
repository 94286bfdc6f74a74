// cargo-hpy/src/ci.rs: `cargo hpy ci`: the workflow for GitHub Actions, with the Pythons of pythons.toml.

use std::fs;
use std::path::{Path, PathBuf};

use hpy_pythons::known;

use crate::cli;
use crate::error::{Error, Result};
use crate::new::write;
use crate::python::limits;

/// The workflow's path in a project.
pub const FILE: &str = ".github/workflows/wheels.yml";

const TEMPLATE: &str = include_str!("ci/wheels.yml");

/// The beginning of the workflow, by which it is known again.
const MARK: &str = "# Written by `cargo hpy ci`";

pub fn run(options: &cli::Ci) -> Result<()> {
    let folder = options.path.clone().unwrap_or_else(|| PathBuf::from("."));
    if !["Cargo.toml", "pyproject.toml", "setup.py"].iter().any(|file| folder.join(file).is_file()) {
        return Err(Error::new(
            format!("there is no Cargo.toml and no pyproject.toml in {}", folder.display()),
            "name the folder of a project: cargo hpy ci PATH; or begin one: cargo hpy new NAME",
        ));
    }
    let path = folder.join(FILE);
    if fs::read_to_string(&path).is_ok_and(|text| !text.starts_with(MARK)) {
        return Err(Error::new(
            format!("{} is there, and not written by this command", path.display()),
            format!("rename it, for example: mv {} {}", path.display(), path.with_file_name("own.yml").display()),
        ));
    }
    write(&path, &workflow())?;
    println!("{}", path.display());
    if !tests_are_there(&folder) {
        println!("note: the workflow runs pytest on the folder tests, which is not there yet");
    }
    Ok(())
}

fn tests_are_there(folder: &Path) -> bool {
    folder.join("tests").is_dir()
}

/// The text of the workflow.
pub fn workflow() -> String {
    let limits = limits();
    let released = known().pythons.into_iter().filter(|python| !python.debug && !python.free_threaded);
    let versions = released.map(|python| format!("            {}\n", python.version)).collect::<String>();
    TEMPLATE
        .replace("{{range}}", &format!("{}..{}", limits.minimum, limits.maximum))
        .replace("{{versions}}", versions.trim_end())
}
