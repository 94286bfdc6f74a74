// cargo-hpy/src/build/package.rs: the package to build: the named one, or the only candidate.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::cargo_options::CargoOptions;
use crate::error::{Error, Result};
use crate::workspace;

/// The packages around a folder, from `cargo metadata`.
#[derive(Deserialize)]
pub struct Workspace {
    packages: Vec<Package>,
    pub target_directory: PathBuf,
    /// The manifest that cargo was asked about.
    #[serde(skip)]
    asked: PathBuf,
}

#[derive(Deserialize)]
pub struct Package {
    pub name: String,
    pub manifest_path: PathBuf,
    pub features: BTreeMap<String, Vec<String>>,
    pub dependencies: Vec<Dependency>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
pub struct Dependency {
    pub name: String,
    /// Its name in the package, if the package renames it.
    pub rename: Option<String>,
    pub req: String,
    pub source: Option<String>,
    pub path: Option<PathBuf>,
    pub features: Vec<String>,
    pub uses_default_features: bool,
}

#[derive(Deserialize)]
pub struct Target {
    pub name: String,
    /// Its kinds: the types of a library, or `example`, `bin`, ...
    kind: Vec<String>,
}

impl Package {
    pub fn folder(&self) -> &Path {
        self.manifest_path.parent().expect("a manifest is in a folder")
    }

    /// The library that Python can load, if the package makes one.
    pub fn library(&self) -> Option<&Target> {
        self.targets.iter().find(|target| target.kind.iter().any(|kind| kind == "cdylib"))
    }

    pub fn hpy_sys(&self) -> Option<&Dependency> {
        self.dependencies.iter().find(|dependency| dependency.name == "hpy-sys")
    }
}

impl Workspace {
    /// Asks cargo about the package or workspace that the options name, the one at `path`, or the one around the current folder.
    pub fn read(path: Option<&Path>, options: &CargoOptions) -> Result<Workspace> {
        let manifest = match options.manifest_path.as_deref().or(path) {
            Some(path) => manifest_at(path)?,
            None => manifest_around()?,
        };
        let folder = manifest.parent().expect("a manifest is in a folder");
        let text = workspace::ask_cargo(folder, ["--no-deps"].into_iter().chain(options.about_packages()))?;
        let read: Workspace = serde_json::from_str(&text).expect("cargo prints the format that was asked for");
        Ok(Workspace { asked: manifest, ..read })
    }

    /// The package that is to be built: the one called `name`, else the one whose manifest was asked about, else the only
    /// extension of the workspace.
    pub fn choose(&self, name: Option<&str>) -> Result<&Package> {
        if let Some(name) = name {
            let named = self.packages.iter().find(|package| package.name == name);
            return is_extension(named.ok_or_else(|| self.no_such_package(name))?);
        }
        let here = self.packages.iter().find(|package| package.manifest_path == self.asked);
        let all = self.extensions();
        match (here, all.as_slice()) {
            (Some(package), _) if package.library().is_some() => Ok(package),
            (Some(package), []) => is_extension(package),
            (None, []) => Err(Error::new(
                format!("no package of {} is an extension, which is a cdylib that depends on hpy-sys", self.shown()),
                "change to the folder of an extension, or name it: cargo hpy build PATH",
            )),
            (None, [only]) => Ok(only),
            (here, several) => Err(several_packages(&self.shown(), here, several)),
        }
    }

    /// The candidates if no package is named.
    fn extensions(&self) -> Vec<&Package> {
        self.packages.iter().filter(|package| package.library().is_some() && package.hpy_sys().is_some()).collect()
    }

    fn no_such_package(&self, name: &str) -> Error {
        let help = match self.extensions().as_slice() {
            [] => "change to the workspace that has it, or give its path: cargo hpy build PATH".to_owned(),
            all => format!("take one of its extensions: {}", names(all)),
        };
        Error::new(format!("there is no package `{name}` in {}", self.shown()), help)
    }

    fn shown(&self) -> String {
        self.asked.display().to_string()
    }
}

fn names(packages: &[&Package]) -> String {
    packages.iter().map(|package| format!("`{}`", package.name)).collect::<Vec<_>>().join(", ")
}

/// Makes sure that `package` makes a library that Python can load.
fn is_extension(package: &Package) -> Result<&Package> {
    if package.library().is_some() {
        return Ok(package);
    }
    Err(Error::new(
        format!("package `{}` is no extension: it has no library of the type cdylib", package.name),
        format!("write in {}:\n\n[lib]\ncrate-type = [\"cdylib\"]", package.manifest_path.display()),
    ))
}

fn several_packages(workspace: &str, here: Option<&Package>, several: &[&Package]) -> Error {
    let problem = match here {
        Some(package) => {
            format!("package `{}` is no extension, and its workspace has {}", package.name, names(several))
        }
        None => format!("{workspace} has several extensions: {}", names(several)),
    };
    Error::new(problem, format!("name the one to build: cargo hpy build -p {}", several[0].name))
}

/// The manifest in a folder that was named, or the one that was named itself.
fn manifest_at(path: &Path) -> Result<PathBuf> {
    let manifest = if path.is_dir() { path.join("Cargo.toml") } else { path.to_owned() };
    let help = "give the folder of an extension crate: cargo hpy build PATH";
    match manifest.canonicalize() {
        Ok(manifest) if manifest.file_name().is_some_and(|name| name == "Cargo.toml") => Ok(manifest),
        Ok(_) => Err(Error::new(format!("{} is no Cargo.toml, and no folder with one", path.display()), help)),
        Err(_) if path.is_dir() => Err(Error::new(format!("there is no Cargo.toml in {}", path.display()), help)),
        Err(error) => Err(Error::new(format!("{}: {error}", path.display()), help)),
    }
}

/// The nearest manifest around the current folder.
fn manifest_around() -> Result<PathBuf> {
    let here = env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let found = here.ancestors().map(|folder| folder.join("Cargo.toml")).find(|manifest| manifest.is_file());
    found.ok_or_else(|| {
        Error::new(
            format!("there is no Cargo.toml in {} or above it", here.display()),
            "change to the folder of an extension crate, or name it: cargo hpy build PATH",
        )
    })
}
