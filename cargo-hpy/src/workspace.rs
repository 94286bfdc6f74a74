// cargo-hpy/src/workspace.rs: finds the hpy-sys repository, and asks cargo about it.

use std::env;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::cargo;
use crate::error::{Error, Result};

/// The root of the repository around the current folder, which `command` needs for `wanted`.
pub fn find(wanted: &str, command: &str) -> Result<PathBuf> {
    let here = env::current_dir().unwrap_or_default();
    above(&here).map(Path::to_owned).ok_or_else(|| outside(&here, wanted, command))
}

/// The root of the repository with this Cargo.toml.
pub fn of_manifest(manifest: &Path) -> Result<PathBuf> {
    let folder = manifest.canonicalize().ok().and_then(|manifest| manifest.parent().map(Path::to_owned));
    folder.filter(|folder| above(folder) == Some(folder)).ok_or_else(|| {
        Error::new(
            format!("--manifest-path {}: this is no Cargo.toml of the hpy-sys repository", manifest.display()),
            "name the one of a clone: --manifest-path path/to/hpy-sys/Cargo.toml",
        )
    })
}

/// The folder of the clone that this command was compiled in, as long as it is there: that of `cargo install --path`.
pub fn compiled_in() -> Option<&'static Path> {
    above(Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// As [`find`], or else the clone that this command comes from.
pub fn find_or_own(wanted: &str, command: &str) -> Result<PathBuf> {
    find(wanted, command).or_else(|error| compiled_in().map(Path::to_owned).ok_or(error))
}

/// Cargo's metadata of the repository.
pub struct Metadata {
    /// The JSON document that cargo prints: the repository's packages and all those they depend on.
    pub text: String,
    /// Cargo's target folder.
    pub target: PathBuf,
}

/// The folder `here` or the nearest one above it that is a clone of the repository.
fn above(here: &Path) -> Option<&Path> {
    here.ancestors().find(|folder| {
        ["shims/api", "examples/quickstart", "examples/json"].iter().all(|part| folder.join(part).is_dir())
    })
}

fn outside(here: &Path, wanted: &str, command: &str) -> Error {
    Error::new(
        format!("{wanted} are in the hpy-sys repository, and {} is not inside a clone of it", here.display()),
        format!("change to the clone first: cd hpy-sys && {command}"),
    )
}

/// Asks cargo about the repository at `root`.
pub fn metadata(root: &Path) -> Result<Metadata> {
    let text = ask_cargo(root, ["--all-features"])?;
    #[derive(Deserialize)]
    struct Output {
        target_directory: PathBuf,
    }
    let output: Output = serde_json::from_str(&text).expect("cargo prints the format that was asked for");
    Ok(Metadata { text, target: output.target_directory })
}

/// The JSON document that cargo prints about the workspace around `folder`.
pub fn ask_cargo<'a>(folder: &Path, options: impl IntoIterator<Item = &'a str>) -> Result<String> {
    let output = cargo::command(folder, "metadata")
        .args(["--format-version", "1"])
        .args(options)
        .output()
        .map_err(|error| cargo::cannot_run(&error))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Error::new(
            format!("cargo metadata failed in {}:\n\n{}\n", folder.display(), said.trim_end()),
            "solve what cargo says, and type the same command again",
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
            outside(Path::new("/home/me"), "the examples", "cargo hpy demo").to_string(),
            "error: the examples are in the hpy-sys repository, and /home/me is not inside a clone of it\n  \
             = help: change to the clone first: cd hpy-sys && cargo hpy demo"
        );
    }
}
