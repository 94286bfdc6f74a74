// cargo-hpy/src/wheel/project.rs: the project that wheels are made of: a crate, or one with a build back end of its own.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::build::package::{Package, Workspace};
use crate::cli;
use crate::error::{Error, Result};
use crate::names::can_be_imported;

pub enum Project {
    Crate(Crate),
    /// A folder whose pyproject.toml names another build back end than maturin.
    BackEnd {
        folder: PathBuf,
        name: String,
    },
}

pub struct Crate {
    pub workspace: Workspace,
    /// The name of the package that was chosen.
    package: String,
    /// Whether there is a pyproject.toml, which has the metadata then.
    pub has_pyproject: bool,
}

/// The part of pyproject.toml that is read.
#[derive(Default, Deserialize)]
struct Pyproject {
    #[serde(rename = "build-system")]
    build_system: Option<BuildSystem>,
    tool: Option<Tool>,
}

#[derive(Deserialize)]
struct BuildSystem {
    #[serde(rename = "build-backend")]
    back_end: Option<String>,
}

#[derive(Deserialize)]
struct Tool {
    maturin: Option<Maturin>,
}

#[derive(Deserialize)]
struct Maturin {
    #[serde(rename = "module-name")]
    module_name: Option<String>,
}

impl Project {
    /// The project in the folder that the options name.
    pub fn read(options: &cli::Wheel) -> Result<Project> {
        let named = options.cargo.manifest_path.as_ref().and_then(|path| path.parent()).or(options.path.as_deref());
        let here = env::current_dir().unwrap_or_default();
        let folder = here.join(named.unwrap_or(Path::new("")));
        let pyproject = Pyproject::read(&folder)?;
        let back_end = pyproject.build_system.and_then(|system| system.back_end);
        let has_manifest = folder.join("Cargo.toml").is_file();
        match back_end.filter(|name| name != "maturin") {
            Some(name) => return Ok(Project::BackEnd { folder, name }),
            None if !has_manifest && folder.join("setup.py").is_file() => {
                return Ok(Project::BackEnd { folder, name: "setuptools".to_owned() });
            }
            None => {}
        }
        let workspace = Workspace::read(options.path.as_deref(), &options.cargo)?;
        let package = workspace.choose(options.package.as_deref())?;
        let pyproject = Pyproject::read(package.folder())?;
        let module_name = pyproject.tool.and_then(|tool| tool.maturin).and_then(|maturin| maturin.module_name);
        if module_name.is_none() {
            is_identifier(package)?;
        }
        let has_pyproject = package.folder().join("pyproject.toml").is_file();
        let package = package.name.clone();
        Ok(Project::Crate(Crate { workspace, package, has_pyproject }))
    }

    /// The folder of the project.
    pub fn folder(&self) -> &Path {
        match self {
            Project::Crate(of_crate) => of_crate.package().folder(),
            Project::BackEnd { folder, .. } => folder,
        }
    }

    /// The folder for what is built and is no result.
    pub fn target(&self) -> PathBuf {
        match self {
            Project::Crate(of_crate) => of_crate.workspace.target_directory.clone(),
            Project::BackEnd { folder, .. } => folder.join("build"),
        }
    }

    /// The folder for the wheels, if none is named.
    pub fn out(&self) -> PathBuf {
        match self {
            Project::Crate(of_crate) => of_crate.workspace.target_directory.join("wheels"),
            Project::BackEnd { folder, .. } => folder.join("dist"),
        }
    }
}

impl Crate {
    pub fn package(&self) -> &Package {
        self.workspace.choose(Some(&self.package)).expect("it was chosen before")
    }
}

impl Pyproject {
    /// That of a folder; an empty one where there is none.
    fn read(folder: &Path) -> Result<Pyproject> {
        let path = folder.join("pyproject.toml");
        let Ok(text) = fs::read_to_string(&path) else { return Ok(Pyproject::default()) };
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
            Error::new(
                format!("{}:{line}: {}", path.display(), error.message()),
                "correct that line: https://packaging.python.org/specifications/pyproject-toml",
            )
        })
    }
}

/// Makes sure that the library's name, which is the module's, can be imported.
fn is_identifier(package: &Package) -> Result<()> {
    let name = package.library().map_or(package.name.as_str(), |library| library.name.as_str());
    if can_be_imported(name) {
        return Ok(());
    }
    Err(Error::new(
        format!("the library of package `{}` is called `{name}`, which Python cannot import", package.name),
        format!(
            "give it a name of ASCII letters, digits and `_` that is no keyword, the same as in HPy_MODINIT!, in {}:\n\n\
             [lib]\nname = \"my_module\"\ncrate-type = [\"cdylib\"]",
            package.manifest_path.display()
        ),
    ))
}
