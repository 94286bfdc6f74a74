// cargo-hpy/src/wheel/seed.rs: gives the target folder of a build what another build has already compiled.
//
// Build scripts and what they depend on are the same for every Python, and take as long as the rest. Cargo takes copies for its
// own, as long as the times of the files are kept: each build then has a folder of its own, and all can run side by side.

use std::fs::{self, FileTimes};
use std::io;
use std::path::Path;

use crate::temporary::Temporary;

/// Copies the folder of a profile from another target folder, unless `target` has it too.
pub fn sow(target: &Path, other: &Path, profile: &str) {
    let folder = if profile == "dev" { "debug" } else { profile };
    let (new, old) = (target.join(folder), other.join(folder));
    if new.exists() {
        return;
    }
    // Under another name first, since another run may build there at the same time. A failed copy costs time alone: cargo
    // builds what is missing.
    let Ok(()) = fs::create_dir_all(target) else { return };
    let temporary = Temporary::beside(&new);
    let copied =
        ["build", "deps", ".fingerprint"].iter().try_for_each(|part| copy(&old.join(part), &temporary.path.join(part)));
    if copied.is_ok() {
        let _ = fs::rename(&temporary.path, &new);
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in from.read_dir()? {
        let entry = entry?;
        let (old, new) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&old, &new)?;
            continue;
        }
        fs::copy(&old, &new)?;
        let metadata = entry.metadata()?;
        let times = FileTimes::new().set_accessed(metadata.accessed()?).set_modified(metadata.modified()?);
        fs::File::options().write(true).open(&new)?.set_times(times)?;
    }
    Ok(())
}
