// sdk/src/file.rs: files that are to be written below a folder, and the files that are below one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file to be written.
pub struct File {
    /// Its path below the folder, with `/`.
    pub path: String,
    source: Source,
}

enum Source {
    Copy(PathBuf),
    Text(String),
}

/// A path that cannot be read or written, and the reason.
pub type Failure = (PathBuf, io::Error);

impl File {
    /// A file with this text.
    pub fn text(path: impl Into<String>, text: String) -> File {
        File { path: path.into(), source: Source::Text(text) }
    }

    /// A copy of the existing file `from`.
    pub fn copy(path: impl Into<String>, from: PathBuf) -> Result<File, Failure> {
        match fs::metadata(&from) {
            Ok(_) => Ok(File { path: path.into(), source: Source::Copy(from) }),
            Err(error) => Err((from, error)),
        }
    }
}

/// Writes the files below `folder`; the error has the path that cannot be written.
pub fn write_all(folder: &Path, files: &[File]) -> Result<(), Failure> {
    for file in files {
        let path = folder.join(&file.path);
        let parent = path.parent().expect("it is below the folder");
        let written = fs::create_dir_all(parent).and_then(|()| match &file.source {
            Source::Copy(from) => fs::copy(from, &path).map(|_| ()),
            Source::Text(text) => fs::write(&path, text),
        });
        written.map_err(|error| (path, error))?;
    }
    Ok(())
}

/// The paths of all files below a folder, with `/`, in order; the error has the path that cannot be read.
pub fn files_in(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(below) = folders.pop() {
        let path = folder.join(&below);
        let entries = path.read_dir().and_then(Iterator::collect::<io::Result<Vec<_>>>);
        for entry in entries.map_err(|error| (path.clone(), error))? {
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            // A link is one file, wherever it leads.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(name + "/"),
                _ => files.push(name),
            }
        }
    }
    files.sort();
    Ok(files)
}
