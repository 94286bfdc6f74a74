// cargo-hpy/src/workspace.rs: finds the hpy-sys repository, and asks cargo about it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::cargo;
use crate::error::{Error, Result};

/// The repository around the current folder.
pub struct Workspace {
    pub root: PathBuf,
    /// What `cargo metadata` says about it and all packages it depends on: a JSON document.
    pub metadata: String,
    /// The folder of everything that is built.
    pub target: PathBuf,
}

impl Workspace {
    /// Finds the repository.
    pub fn find() -> Result<Workspace> {
        let here = env::current_dir().unwrap_or_default();
        let root = above(&here).ok_or_else(|| outside(&here))?.to_owned();
        let metadata = metadata(&root)?;
        #[derive(Deserialize)]
        struct Metadata {
            target_directory: PathBuf,
        }
        let Metadata { target_directory } =
            serde_json::from_str(&metadata).expect("cargo metadata prints the format that was asked for");
        Ok(Workspace { root, metadata, target: target_directory })
    }
}

/// The folder `here` or the nearest one above it that is a clone of the repository.
fn above(here: &Path) -> Option<&Path> {
    here.ancestors().find(|folder| {
        ["shims/api", "examples/quickstart", "examples/json"].iter().all(|part| folder.join(part).is_dir())
    })
}

fn outside(here: &Path) -> Error {
    Error::new(
        format!("the examples are in the hpy-sys repository, and {} is not inside a clone of it", here.display()),
        "change to the clone first: cd hpy-sys && cargo hpy demo",
    )
}

fn metadata(root: &Path) -> Result<String> {
    let output = Command::new(cargo::program())
        .args(["metadata", "--format-version", "1", "--all-features"])
        .current_dir(root)
        .output()
        .map_err(|error| cargo::cannot_run(&error))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Error::new(
            format!("cargo metadata failed in {}:\n{}", root.display(), said.trim_end()),
            "solve what cargo says, and try it there: cargo metadata --format-version 1 --all-features",
        ));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_found_from_inside_only() {
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(above(&crate_folder.join("src")), crate_folder.parent());
        assert_eq!(above(Path::new("/")), None);
    }

    #[test]
    fn outside_of_it_the_error_says_where_to_go() {
        assert_eq!(
            outside(Path::new("/home/me")).to_string(),
            "error: the examples are in the hpy-sys repository, and /home/me is not inside a clone of it\n  \
             = help: change to the clone first: cd hpy-sys && cargo hpy demo"
        );
    }
}
