// cargo-hpy/src/built_for.rs: checks which Python hpy-sys was built for, by its build script's note.
//
// Cargo gives its build scripts variables that this command does not see: those of `[env]` in a `.cargo/config.toml`.

use std::fs;
use std::path::{Path, PathBuf};

use hpy_pythons::Found;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::python::describe;

/// The file that the build script writes into its folder.
const FILE: &str = "built_for.toml";

#[derive(Debug, Deserialize)]
struct Record {
    implementation: Option<String>,
    version: Option<String>,
    #[serde(default)]
    free_threaded: bool,
    #[serde(default)]
    debug: bool,
    executable: Option<String>,
}

/// Makes sure that hpy-sys, whose folder is one of `out_dirs`, was built for `python`.
pub fn check<'a>(out_dirs: impl IntoIterator<Item = &'a PathBuf>, python: &Found) -> Result<()> {
    for folder in out_dirs {
        if let Ok(text) = fs::read_to_string(folder.join(FILE)) {
            is_for(&text, &folder.join(FILE), python)?;
        }
    }
    Ok(())
}

fn is_for(text: &str, file: &Path, python: &Found) -> Result<()> {
    let record: Record = toml::from_str(text).map_err(|error| {
        Error::new(
            format!("cannot read {}: {}", file.display(), error.message()),
            "delete what was built, the target folder of cargo, and type the same command again",
        )
    })?;
    // A universal build is for no Python.
    let (Some(implementation), Some(version)) = (&record.implementation, &record.version) else { return Ok(()) };
    let same_kind = *implementation == python.implementation
        && *version == python.version.to_string()
        && (record.free_threaded, record.debug) == (python.free_threaded, python.debug);
    if same_kind {
        return Ok(());
    }
    let (t, d) = (if record.free_threaded { "t" } else { "" }, if record.debug { "d" } else { "" });
    let place = record.executable.map_or(String::new(), |path| format!(" ({path})"));
    Err(Error::new(
        format!(
            "hpy-sys was built for {implementation} {version}{t}{d}{place}, and not for {}, as was asked for",
            describe(python)
        ),
        format!(
            "cargo takes PYO3_CONFIG_FILE, PYO3_PYTHON or PYO3_CROSS_* from `[env]` in a .cargo/config.toml: remove them \
             there, or build for that Python: --python {version}{t}{d}"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use hpy_pythons::Version;

    use super::*;

    fn checked(record: &str) -> std::result::Result<(), String> {
        let python = Found {
            path: "/opt/python3".into(),
            implementation: "CPython".to_owned(),
            version: Version { major: 3, minor: 12 },
            full_version: "3.12.1".to_owned(),
            debug: false,
            free_threaded: false,
            extension_suffix: ".so".to_owned(),
            include: None,
        };
        is_for(record, Path::new("/t/built_for.toml"), &python).map_err(|error| error.to_string())
    }

    #[test]
    fn the_record_is_held_against_what_was_asked_for() {
        let record = |version: &str, debug: bool| {
            format!(
                "abi = \"cpython\"\nimplementation = \"CPython\"\nversion = \"{version}\"\nfree_threaded = false\n\
                 debug = {debug}\nexecutable = \"/usr/bin/python\"\n"
            )
        };
        assert_eq!(checked(&record("3.12", false)), Ok(()));
        assert_eq!(checked("abi = \"universal\"\n"), Ok(()));
        let error = checked(&record("3.12", true)).unwrap_err();
        assert!(
            error.starts_with(
                "error: hpy-sys was built for CPython 3.12d (/usr/bin/python), and not for CPython 3.12.1 \
                 (/opt/python3), as was asked for\n  = help: cargo takes PYO3_CONFIG_FILE, "
            ) && error.ends_with(": --python 3.12d"),
            "{error}"
        );
        assert!(checked(&record("3.11", false)).is_err());
        let error = checked("version = 3").unwrap_err();
        assert!(error.starts_with("error: cannot read /t/built_for.toml: invalid type: integer"), "{error}");
    }
}
