// cargo-hpy/src/sdk/place.rs: the folder of an SDK: written as a whole or not at all, and never over anything else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hpy_sdk::{File, files_in, write_all};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::temporary::Temporary;

/// The file that says that a folder is an SDK, and which files belong to it.
pub const MARKER: &str = "hpy-sdk.json";

/// A folder that may become an SDK.
pub struct Place {
    /// As the user has named it, for errors.
    named: String,
    folder: PathBuf,
}

/// The previous contents of the folder.
#[derive(Debug, PartialEq, Eq)]
enum Present {
    Nothing,
    Empty,
    Sdk,
}

impl Place {
    pub fn new(wish: &Path) -> Result<Place> {
        let named = format!("--out {}", wish.display());
        // Replace the folder itself, not a link to it.
        match wish.canonicalize().or_else(|_| resolved(wish)) {
            Ok(folder) => Ok(Place { named, folder }),
            Err(error) => Err(Error::new(format!("{named}: {error}"), ANOTHER)),
        }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Checks in advance that the folder can be written, and that no other file would be lost.
    pub fn check(&self) -> Result<()> {
        self.present()?;
        let existing = self.folder.ancestors().skip(1).find(|folder| folder.exists()).unwrap_or(&self.folder);
        let probe = Temporary::beside(&existing.join("hpy-sdk-probe"));
        fs::create_dir(&probe.path).map_err(|error| self.cannot_write(existing, &error))
    }

    /// Writes the files, in place of a previous SDK.
    pub fn write(&self, files: &[File]) -> Result<()> {
        let parent = self.folder.parent().unwrap_or(&self.folder);
        fs::create_dir_all(parent).map_err(|error| self.cannot_write(parent, &error))?;
        let new = Temporary::beside(&self.folder);
        write_all(&new.path, files).map_err(|(path, error)| self.cannot_write(&path, &error))?;
        let present = self.present()?;
        self.put(&new, &present).map_err(|error| self.cannot_write(&self.folder, &error))
    }

    /// Gives the new folder its name.
    fn put(&self, new: &Temporary, present: &Present) -> io::Result<()> {
        match present {
            Present::Nothing => fs::rename(&new.path, &self.folder),
            Present::Empty => fs::remove_dir(&self.folder).and_then(|()| fs::rename(&new.path, &self.folder)),
            Present::Sdk => {
                let old = new.old();
                fs::rename(&self.folder, &old)?;
                if let Err(error) = fs::rename(&new.path, &self.folder) {
                    fs::rename(&old, &self.folder)?;
                    return Err(error);
                }
                fs::remove_dir_all(&old)
            }
        }
    }

    fn present(&self) -> Result<Present> {
        if self.folder.is_file() {
            return Err(Error::new(format!("{}: this is a file, and no folder", self.named), ANOTHER));
        }
        if !self.folder.exists() {
            return Ok(Present::Nothing);
        }
        let mut entries = self.folder.read_dir().map_err(|error| self.cannot_read(&self.folder, &error))?;
        if entries.next().is_none() {
            return Ok(Present::Empty);
        }
        self.is_sdk().map(|()| Present::Sdk)
    }

    /// Makes sure that all files in the folder belong to the previous SDK.
    fn is_sdk(&self) -> Result<()> {
        #[derive(Deserialize)]
        struct Marker {
            files: Vec<String>,
        }
        let text = fs::read_to_string(self.folder.join(MARKER)).unwrap_or_default();
        let Ok(Marker { files: ours }) = serde_json::from_str(&text) else {
            return Err(Error::new(format!("{}: this folder is not empty, and no SDK", self.named), ANOTHER));
        };
        let files = files_in(&self.folder).map_err(|(path, error)| self.cannot_read(&path, &error))?;
        match files.iter().find(|file| *file != MARKER && !ours.contains(file)) {
            None => Ok(()),
            Some(file) => Err(Error::new(
                format!("{}: this SDK would be replaced, but {file} in it is not part of it", self.named),
                format!("move that file elsewhere: mv {} .", quoted(&self.folder.join(file))),
            )),
        }
    }

    fn cannot_read(&self, path: &Path, error: &io::Error) -> Error {
        Error::new(format!("{}: cannot read {}: {error}", self.named, path.display()), ANOTHER)
    }

    fn cannot_write(&self, path: &Path, error: &io::Error) -> Error {
        Error::new(format!("{}: cannot write {}: {error}", self.named, path.display()), ANOTHER)
    }
}

const ANOTHER: &str = "name a new folder, where you may write: --out hpy-sdk";

/// The absolute path of a missing file or folder, without `..` if its parent exists.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let around = path.parent().and_then(|folder| folder.canonicalize().ok());
    Ok(around.zip(path.file_name()).map(|(folder, name)| folder.join(name)).unwrap_or(path))
}

/// `path` as one word of a shell command.
pub fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@".contains(c);
    if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
