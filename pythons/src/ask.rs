// pythons/src/ask.rs: runs an interpreter, which tells what it is.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::{Found, Version};

/// What the interpreter prints; every Python 3 can run it.
const QUESTION: &str = r#"
import json, os, platform, sys, sysconfig
include = sysconfig.get_paths()["include"]
print(json.dumps({
    "path": sys.executable,
    "implementation": platform.python_implementation(),
    "version": list(sys.version_info[:2]),
    "full_version": platform.python_version(),
    "debug": hasattr(sys, "gettotalrefcount"),
    "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "extension_suffix": sysconfig.get_config_var("EXT_SUFFIX") or "",
    "include": include if os.path.exists(os.path.join(include, "Python.h")) else None,
}))
"#;

#[derive(Deserialize)]
struct Answer {
    path: PathBuf,
    implementation: String,
    version: (u8, u8),
    full_version: String,
    debug: bool,
    free_threaded: bool,
    extension_suffix: String,
    include: Option<PathBuf>,
}

/// Asks the interpreter at `path` what it is.
///
/// The error says what was run and what came of it.
pub fn ask(path: &Path) -> Result<Found, String> {
    // Isolated, so that no variable or file of the current folder changes the answer.
    let output = Command::new(path)
        .args(["-I", "-c", QUESTION])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot run `{}`: {error}", path.display()))?;
    let said = String::from_utf8_lossy(if output.status.success() { &output.stdout } else { &output.stderr });
    let answer: Answer = serde_json::from_str(&said).map_err(|_| {
        let said = if said.trim().is_empty() { "nothing" } else { &*said };
        format!("`{}` is no Python 3: {}, and it printed: {said}", path.display(), output.status)
    })?;
    Ok(Found {
        path: answer.path,
        implementation: answer.implementation,
        version: Version { major: answer.version.0, minor: answer.version.1 },
        full_version: answer.full_version,
        debug: answer.debug,
        free_threaded: answer.free_threaded,
        extension_suffix: answer.extension_suffix,
        include: answer.include,
    })
}
