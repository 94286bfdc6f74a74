// cargo-hpy/src/wheel/native.rs: the native wheel of a crate, which maturin makes, and what is made of it.

use std::fs;
use std::path::{Path, PathBuf};

use hpy_pythons::Found;

use super::lines;
use super::project::Crate;
use super::tools::Tools;
use super::tree::{Tree, cannot_write, only_entry};
use crate::abi::Abi;
use crate::build::{features, module, target_folder};
use crate::cargo::OTHER_VARIABLES;
use crate::cargo_options::CargoOptions;
use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::python;

/// Builds the native wheel of a crate for one Python, and unpacks it below `work`, a folder of its own.
pub fn wheel(
    of_crate: &Crate,
    tools: &Tools,
    python: &Found,
    options: &CargoOptions,
    work: &Path,
    progress: &Progress,
) -> Result<Tree> {
    let package = of_crate.package();
    let mut command = tools.command("maturin");
    command.current_dir(package.folder()).args(["build", "--manifest-path"]).arg(&package.manifest_path);
    // The tool auditwheel does that for wheels of all kinds.
    command.args(["--compatibility", "linux", "--auditwheel", "skip"]);
    for variable in OTHER_VARIABLES {
        command.env_remove(variable);
    }
    command.arg("--interpreter");
    match options.foreign() {
        Some(_) => command.arg(format!("python{}", python.version)),
        None => command.arg(&python.path).env(python::PYTHON_VARIABLE, &python.path),
    };
    command.args(features::arguments(package, Abi::Cpython)?);
    command.arg("--target-dir").arg(target_folder(&of_crate.workspace, Abi::Cpython, Some(python)));
    command.arg("--out").arg(work.join("built")).args(options.arguments("release"));
    lines(&mut command, progress).map_err(|said| failed(&said))?;
    let tree = Tree::unpack(tools, &only_entry(&work.join("built"))?, &work.join("tree"))?;
    complete(of_crate, &tree, &suffix(python, options))?;
    Ok(tree)
}

/// The end of the name of a native module.
pub fn suffix(python: &Found, options: &CargoOptions) -> String {
    match options.foreign() {
        Some(target) => Abi::Cpython.suffix_elsewhere(Some(python), target),
        None => python.extension_suffix.clone(),
    }
}

fn failed(said: &str) -> Error {
    let start = said.find("\nerror").map_or(0, |at| at + 1);
    Error::new(
        format!("the build failed:\n\n{}\n", said[start..].trim_end()),
        "solve what the compiler says, and type the same command again",
    )
}

/// Adds what maturin leaves out: the other modules of the library, and the licences of a crate without pyproject.toml.
fn complete(of_crate: &Crate, tree: &Tree, suffix: &str) -> Result<()> {
    let module = only_module(tree, suffix)?;
    let path = tree.folder.join(&module);
    let (folder, name) = split(&module, suffix);
    let names = module::names(&path, Abi::Cpython)?;
    if !names.iter().any(|other| other == name) {
        return Err(Error::new(
            format!("the wheel has the module `{name}`, and the library defines {}", ticked(&names)),
            format!(
                "give both one name: [lib] name = \"{0}\" in {1}, or module-name = \"{0}\" under [tool.maturin] in \
                 pyproject.toml",
                names[0],
                of_crate.package().manifest_path.display()
            ),
        ));
    }
    for other in names.iter().filter(|other| *other != name) {
        tree.put(&free(tree, &format!("{folder}{other}"), suffix)?, &path)?;
    }
    for end in ["/__init__.py", ".py"] {
        free(tree, &format!("{folder}{name}"), end)?;
    }
    if of_crate.has_pyproject { Ok(()) } else { add_licences(of_crate, tree) }
}

/// The module that maturin has put into a wheel.
fn only_module(tree: &Tree, suffix: &str) -> Result<String> {
    let modules = tree.modules(suffix)?;
    match modules.as_slice() {
        [module] => Ok(module.clone()),
        _ => Err(Error::new(
            format!("maturin has put {} files called *{suffix} into the wheel, instead of one", modules.len()),
            "let [tool.maturin] in pyproject.toml include no other extension module",
        )),
    }
}

/// The folder, with its `/`, and the name of a module's file.
fn split<'a>(file: &'a str, suffix: &str) -> (&'a str, &'a str) {
    let stem = file.strip_suffix(suffix).expect("it was found by its suffix");
    stem.split_at(stem.rfind('/').map_or(0, |at| at + 1))
}

/// The path of a new file of a wheel, or an error if the wheel has something else of that name.
fn free(tree: &Tree, stem: &str, end: &str) -> Result<String> {
    let file = format!("{stem}{end}");
    if !tree.has(&file) {
        return Ok(file);
    }
    Err(Error::new(
        format!("the wheel has two modules called {}: the library's, and {file}", stem.replace('/', ".")),
        "give one of them another name; for the library's, that is in HPy_MODINIT! and under [lib] in Cargo.toml",
    ))
}

fn ticked(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Puts the licences of a crate where pyproject.toml's `license-files` would put them.
fn add_licences(of_crate: &Crate, tree: &Tree) -> Result<()> {
    let metadata = tree.metadata()?;
    let (folder, name) = (of_crate.package().folder(), metadata.file_name().unwrap_or_default().to_string_lossy());
    let mut headers = String::new();
    for file in licences(folder) {
        tree.put(&format!("{name}/licenses/{file}"), &folder.join(&file))?;
        headers += &format!("License-File: {file}\n");
    }
    tree.edit("METADATA", |text| match text.split_once("\n\n") {
        Some((head, body)) => format!("{head}\n{headers}\n{body}"),
        None => format!("{}\n{headers}", text.trim_end()),
    })
}

/// The names of the licences in a folder, by the rule of PEP 639 for projects that name none.
fn licences(folder: &Path) -> Vec<String> {
    let begins = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS"];
    let entries = folder.read_dir().into_iter().flatten().flatten().filter(|entry| entry.path().is_file());
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<_> = names.filter(|name| begins.iter().any(|begin| name.starts_with(begin))).collect();
    names.sort();
    names
}

/// Makes a wheel of the modules that `cargo hpy build` has put into `modules`, with all else of the native wheel `template`.
pub fn for_loaders(template: &Tree, suffix: &str, modules: &[PathBuf], work: &Path) -> Result<Tree> {
    let tree = template.copy(work)?;
    let module = only_first(&tree, suffix)?;
    let folder = module.rfind('/').map_or("", |at| &module[..=at]).to_owned();
    for native in tree.modules(suffix)? {
        tree.remove(&native)?;
    }
    for path in modules {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // The stub is a module of Python.
        tree.put(&free(&tree, &format!("{folder}{name}"), "")?, path)?;
    }
    Ok(tree)
}

fn only_first(tree: &Tree, suffix: &str) -> Result<String> {
    Ok(tree.modules(suffix)?.into_iter().next().expect("a native wheel has a module"))
}

/// Takes what differs from build to build out of maturin's bill of materials, for the same bytes each time.
pub fn without_time(tree: &Tree) -> Result<()> {
    for file in tree.files()?.iter().filter(|file| file.ends_with(".cyclonedx.json")) {
        let path = tree.folder.join(file);
        let text = fs::read_to_string(&path).map_err(|error| cannot_write(&path, &error))?;
        let Ok(serde_json::Value::Object(mut document)) = serde_json::from_str(&text) else { continue };
        document.remove("serialNumber");
        document.get_mut("metadata").and_then(|metadata| metadata.as_object_mut()?.remove("timestamp"));
        let text = serde_json::Value::Object(document).to_string();
        fs::write(&path, text).map_err(|error| cannot_write(&path, &error))?;
    }
    Ok(())
}
