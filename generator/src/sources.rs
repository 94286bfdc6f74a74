// generator/src/sources.rs: the texts that the generator works on, and how they are read from the folder of the package.

use std::fs;
use std::path::Path;

use crate::problems::Problems;

/// The texts that the generator works on, each with its path relative to the package.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// `shims/api/*.toml`.
    pub table: Vec<(String, String)>,
    /// `pythons.toml`.
    pub pythons: (String, String),
    /// `shims/include/**/*.h`, the headers that are written by hand.
    pub headers: Vec<(String, String)>,
}

impl Sources {
    /// What [`Sources::read`] reads: files and folders, relative to the package.
    pub const PATHS: [&str; 3] = ["pythons.toml", "shims/api", "shims/include"];

    /// Reads them from `root`, the folder of the package.
    pub fn read(root: &Path) -> Result<Sources, Problems> {
        let [pythons, table, headers] = Sources::PATHS;
        Ok(Sources {
            pythons: read_file(root, pythons)?,
            table: read_folder(root, table, "toml")?,
            headers: read_folder(root, headers, "h")?,
        })
    }
}

/// All files below a folder whose names end so, in the order of their paths.
pub fn read_folder(root: &Path, folder: &str, extension: &str) -> Result<Vec<(String, String)>, Problems> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(root.join(&folder)).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|error| {
                Problems::one(format!("cannot list {folder}: {error}"), "restore the folder from the package")
            })?;
        for entry in entries {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(name);
            } else if Path::new(&name).extension().is_some_and(|found| found == extension) {
                files.push(read_file(root, &name)?);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn read_file(root: &Path, name: &str) -> Result<(String, String), Problems> {
    match fs::read_to_string(root.join(name)) {
        Ok(text) => Ok((name.to_owned(), text)),
        Err(error) => Err(Problems::one(format!("cannot read {name}: {error}"), "restore the file from the package")),
    }
}
