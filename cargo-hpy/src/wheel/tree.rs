// cargo-hpy/src/wheel/tree.rs: a wheel as a folder: the tool `wheel` unpacks it, files and tags are changed, and it is packed again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::output;
use super::tools::Tools;
use crate::error::{Error, Result};

/// An unpacked wheel. Its folder is called `NAME-VERSION`.
pub struct Tree {
    pub folder: PathBuf,
}

impl Tree {
    /// Unpacks a wheel below `into`, a folder of its own.
    pub fn unpack(tools: &Tools, wheel: &Path, into: &Path) -> Result<Tree> {
        let unreadable = |why: String| {
            Error::new(
                format!("cannot unpack {}: {why}", wheel.display()),
                "free some disk space, and type the same command again",
            )
        };
        fs::create_dir_all(into).map_err(|error| unreadable(error.to_string()))?;
        output(tools.command("wheel").arg("unpack").arg(wheel).arg("--dest").arg(into)).map_err(unreadable)?;
        Ok(Tree { folder: only_entry(into)? })
    }

    /// A copy below `into`, a folder of its own.
    pub fn copy(&self, into: &Path) -> Result<Tree> {
        let copy = Tree { folder: into.join(self.folder.file_name().unwrap_or_default()) };
        for file in self.files()? {
            copy.put(&file, &self.folder.join(&file))?;
        }
        Ok(copy)
    }

    /// The files below the folder, with `/` between their parts, in order.
    pub fn files(&self) -> Result<Vec<String>> {
        let mut files = Vec::new();
        collect(&self.folder, "", &mut files).map_err(|error| cannot_write(&self.folder, &error))?;
        files.sort();
        Ok(files)
    }

    /// The files whose names end with the suffix of a module: `package/name.cpython-312-x86_64-linux-gnu.so`.
    pub fn modules(&self, suffix: &str) -> Result<Vec<String>> {
        Ok(self.files()?.into_iter().filter(|file| is_module(file, suffix)).collect())
    }

    pub fn has(&self, file: &str) -> bool {
        self.folder.join(file).exists()
    }

    /// Copies a file into the tree.
    pub fn put(&self, file: &str, from: &Path) -> Result<()> {
        let path = self.folder.join(file);
        let folder = path.parent().expect("a file is in a folder");
        let copied = fs::create_dir_all(folder).and_then(|()| fs::copy(from, &path));
        copied.map(drop).map_err(|error| cannot_write(&path, &error))
    }

    pub fn remove(&self, file: &str) -> Result<()> {
        let path = self.folder.join(file);
        fs::remove_file(&path).map_err(|error| cannot_write(&path, &error))
    }

    /// The folder with the metadata, below the tree's.
    pub fn metadata(&self) -> Result<PathBuf> {
        let entries = self.folder.read_dir().and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.map_err(|error| cannot_write(&self.folder, &error))?;
        let found =
            entries.iter().map(fs::DirEntry::path).find(|path| path.extension().is_some_and(|e| e == "dist-info"));
        found.ok_or_else(|| {
            Error::new(
                format!("the wheel in {} has no metadata", self.folder.display()),
                "look at what the build back end says: python3 -m build --wheel",
            )
        })
    }

    /// Changes the text of a file of the metadata.
    pub fn edit(&self, name: &str, change: impl FnOnce(String) -> String) -> Result<()> {
        let path = self.metadata()?.join(name);
        let changed = fs::read_to_string(&path).and_then(|text| fs::write(&path, change(text)));
        changed.map_err(|error| cannot_write(&path, &error))
    }

    /// Sets the tag to one of any Python, `py3-none-PLATFORM`, or with `interpreter` to that of one.
    pub fn set_tag(&self, interpreter: &str) -> Result<()> {
        self.edit("WHEEL", |text| retagged(&text, interpreter))
    }

    /// Adds the files of another wheel of the same project, which may not differ from this one's.
    pub fn merge(&self, other: &Tree) -> Result<()> {
        for file in other.files()? {
            if file.contains(".dist-info/") {
                continue;
            }
            let (mine, theirs) = (self.folder.join(&file), other.folder.join(&file));
            if !mine.exists() {
                self.put(&file, &theirs)?;
            } else if fs::read(&mine).ok() != fs::read(&theirs).ok() {
                return Err(Error::new(
                    format!("two wheels have different files called {file}, and one wheel cannot have both"),
                    "give the file the same contents for every Python, or build a wheel for each: --abi cpython,universal",
                ));
            }
        }
        Ok(())
    }

    /// Packs the wheel into the folder `into`, under the name that its tag makes.
    pub fn pack(&self, tools: &Tools, into: &Path) -> Result<PathBuf> {
        let failed = |why: String| {
            Error::new(
                format!("cannot pack {}: {why}", self.folder.display()),
                "free some disk space, and type the same command again",
            )
        };
        fs::create_dir_all(into).map_err(|error| failed(error.to_string()))?;
        output(tools.command("wheel").arg("pack").arg(&self.folder).arg("--dest-dir").arg(into)).map_err(failed)?;
        only_entry(into)
    }
}

/// Whether a file is a module with this suffix, whose name has no dot.
fn is_module(file: &str, suffix: &str) -> bool {
    file.strip_suffix(suffix).is_some_and(|rest| {
        let name = rest.rsplit('/').next().unwrap_or(rest);
        !name.is_empty() && !name.contains('.')
    })
}

/// The text of WHEEL with each tag for another interpreter: `interpreter` is `py3-none` or `cp312-cp312`.
fn retagged(text: &str, interpreter: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = match line.strip_prefix("Tag: ").and_then(|tag| tag.splitn(3, '-').nth(2)) {
            Some(platform) => format!("Tag: {interpreter}-{platform}"),
            None => line.to_owned(),
        };
        // One wheel may have had several tags that are now one.
        if line.is_empty() || !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n") + "\n"
}

fn collect(folder: &Path, before: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        match entry.file_type()?.is_dir() {
            true => collect(&entry.path(), &format!("{name}/"), files)?,
            false => files.push(name),
        }
    }
    Ok(())
}

/// The only file or folder that a tool has left in a folder, apart from hidden ones.
pub fn only_entry(folder: &Path) -> Result<PathBuf> {
    let entries = folder.read_dir().and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| cannot_write(folder, &error))?;
    let names = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let names: Vec<_> = names.filter(|name| !name.starts_with('.')).collect();
    match names.as_slice() {
        [only] => Ok(folder.join(only)),
        _ => Err(Error::new(
            format!("{} was to have one file, and has {}: {}", folder.display(), names.len(), names.join(", ")),
            "bring the tools up to date: delete hpy-tools in the target folder, or pip install --upgrade those in PATH",
        )),
    }
}

pub fn cannot_write(path: &Path, error: &io::Error) -> Error {
    Error::new(format!("cannot write {}: {error}", path.display()), "name a folder where you may write: --out DIR")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_told_by_its_suffix() {
        assert!(is_module("p/name.hpy0.so", ".hpy0.so") && is_module("name.so", ".so"));
        assert!(!is_module("name.hpy0.so", ".so") && !is_module("p/.so", ".so") && !is_module("a.py", ".so"));
    }

    #[test]
    fn tags_keep_their_platform() {
        let text = "Wheel-Version: 1.0\nTag: cp312-cp312-linux_x86_64\nTag: cp313-cp313-linux_x86_64\n";
        assert_eq!(retagged(text, "py3-none"), "Wheel-Version: 1.0\nTag: py3-none-linux_x86_64\n");
    }
}
