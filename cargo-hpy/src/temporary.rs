// cargo-hpy/src/temporary.rs: files and folders written under a hidden name and renamed, so that they appear as a whole or not at all.
//
// A run that is interrupted, by Ctrl-C for example, leaves its file or folder behind; the next run deletes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;

/// A hidden file or folder next to another, `.NAME-PID.new`. It is deleted if it is still there in the end.
pub struct Temporary {
    pub path: PathBuf,
}

impl Temporary {
    /// A temporary that is to become `path`. Deletes the temporaries of runs that are no longer alive.
    pub fn beside(path: &Path) -> Temporary {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let folder = path.parent().unwrap_or(path);
        sweep(folder, &name, is_alive);
        Temporary { path: folder.join(format!(".{name}-{}.new", process::id())) }
    }

    /// The name to which the previous file or folder is moved.
    pub fn old(&self) -> PathBuf {
        self.path.with_extension("old")
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        delete(&self.path);
    }
}

fn sweep(folder: &Path, name: &str, is_alive: impl Fn(u32) -> bool) {
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let Ok(found) = entry.file_name().into_string() else { continue };
        if process_of(&found, name).is_some_and(|process| !is_alive(process)) {
            delete(&entry.path());
        }
    }
}

/// The process that has made the temporary called `found` for `name`, if it is one.
fn process_of(found: &str, name: &str) -> Option<u32> {
    let rest = found.strip_prefix('.')?.strip_prefix(name)?.strip_prefix('-')?;
    let number = rest.strip_suffix(".new").or_else(|| rest.strip_suffix(".old"))?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok())?
}

/// Whether the process is alive. If the system cannot tell, it is.
fn is_alive(process: u32) -> bool {
    let system = Path::new("/proc/self");
    if system.exists() {
        return system.with_file_name(process.to_string()).exists();
    }
    let mut command = process::Command::new("kill");
    command.args(["-0", &process.to_string()]).stdout(process::Stdio::null()).stderr(process::Stdio::null());
    command.status().map_or(true, |status| status.success())
}

fn delete(path: &Path) {
    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_interrupted_run_has_left_is_deleted() {
        let folder = std::env::temp_dir().join(format!("hpy-temporary-{}", process::id()));
        fs::create_dir_all(folder.join(".sdk-1.new/include")).unwrap();
        fs::create_dir_all(folder.join(".sdk-1.old")).unwrap();
        for name in [".sdk-2.new", ".sdk-1.txt", ".sdk-x1.new", ".sdk-other-1.new", "sdk"] {
            fs::write(folder.join(name), "").unwrap();
        }
        sweep(&folder, "sdk", |process| process == 2);
        let mut left: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".sdk-1.txt", ".sdk-2.new", ".sdk-other-1.new", ".sdk-x1.new", "sdk"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_process_is_alive_until_it_ends() {
        assert!(is_alive(process::id()));
        let mut child = process::Command::new("true").spawn().unwrap();
        child.wait().unwrap();
        assert!(!is_alive(child.id()));
    }
}
