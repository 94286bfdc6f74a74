// cargo-hpy/src/in_path.rs: finds a command as the shell does.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The first file called `name` in the folders of `path`, which is the value of PATH.
pub fn find(name: &str, path: Option<&OsStr>) -> Option<PathBuf> {
    let name = if Path::new(name).extension() == Some(OsStr::new(env::consts::EXE_EXTENSION)) {
        name.to_owned()
    } else {
        format!("{name}{}", env::consts::EXE_SUFFIX)
    };
    env::split_paths(path?).map(|folder| folder.join(&name)).find(|file| file.is_file() && is_executable(file))
}

#[cfg(unix)]
pub fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
pub fn is_executable(_: &Path) -> bool {
    true
}
