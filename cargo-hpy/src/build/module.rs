// cargo-hpy/src/build/module.rs: the modules of a library: their names, read from its symbols, and their files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hpy_pythons::Found;
use object::Object;

use super::STUB;
use crate::abi::Abi;
use crate::error::{Error, Result};
use crate::temporary::Temporary;

/// A module, and what it is for.
pub struct Module<'a> {
    pub name: String,
    pub abi: Abi,
    pub python: Option<&'a Found>,
    /// The end of its file name, after its own name.
    pub suffix: &'a str,
}

/// The result of a placement.
pub struct Placed {
    pub files: Vec<PathBuf>,
    /// Other files in the folder that Python imports instead.
    pub notes: Vec<String>,
}

/// The names of the modules in the library at `path`.
pub fn names(path: &Path, abi: Abi) -> Result<Vec<String>> {
    let symbols = exported(path)?;
    let mut names = entries(&symbols, abi.entry());
    names.sort();
    if !names.is_empty() {
        return Ok(names);
    }
    let others: Vec<_> = Abi::ALL.into_iter().filter(|other| other.entry() != abi.entry()).collect();
    let other = others.iter().find_map(|other| Some((other, entries(&symbols, other.entry()).pop()?)));
    Err(match other {
        Some((other, name)) => Error::new(
            format!(
                "the library was built for another ABI: it has {}{name}, and a module for {} has {}{name}",
                other.entry(),
                abi.name(),
                abi.entry()
            ),
            format!(
                "let the feature pass the choice on, in Cargo.toml: {0} = [\"hpy-sys/{0}\"], and give hpy-sys \
                 default-features = false",
                abi.name()
            ),
        ),
        None => Error::new(
            format!("the library has no module: {} exports no {}NAME", path.display(), abi.entry()),
            "define one: HPy_MODINIT!(name, DEFINITION); an extension whose sources are C also needs a function in Rust \
             that calls it, as examples/c-extension has",
        ),
    })
}

/// The modules whose entries begin with `prefix`.
fn entries(symbols: &[String], prefix: &str) -> Vec<String> {
    symbols.iter().filter_map(|symbol| symbol.strip_prefix(prefix)).map(str::to_owned).collect()
}

/// The exported symbols of a library, under their C names.
fn exported(path: &Path) -> Result<Vec<String>> {
    let unreadable = |problem: String| {
        Error::new(
            format!("cannot read the library {}: {problem}", path.display()),
            "delete what was built, target/hpy-build, and type the same command again",
        )
    };
    let data = fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let file = object::File::parse(&*data).map_err(|error| unreadable(error.to_string()))?;
    let before = if file.format() == object::BinaryFormat::MachO { "_" } else { "" };
    let exports = file.exports().and_then(Iterator::collect::<object::Result<Vec<_>>>);
    let exports = exports.map_err(|error| unreadable(error.to_string()))?;
    let called = |export: &object::Export<'_>| {
        let name = export.name();
        std::str::from_utf8(name.name()?).ok()?.strip_prefix(before).map(str::to_owned)
    };
    Ok(exports.iter().filter_map(called).collect())
}

/// Puts the modules of the library at `library` into `folder`. Each file is there as a whole or not at all.
pub fn place(folder: &Path, library: &Path, modules: &[Module<'_>]) -> Result<Placed> {
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    for module in modules.iter().filter(|module| module.abi != Abi::Cpython) {
        is_ours(&folder.join(format!("{}.py", module.name)))?;
    }
    let mut placed = Placed { files: Vec::new(), notes: Vec::new() };
    for module in modules {
        let path = folder.join(module.file_name());
        write(&path, |new| fs::copy(library, new).map(|_| ()))?;
        placed.files.push(path);
        if module.abi != Abi::Cpython {
            let stub = folder.join(format!("{}.py", module.name));
            write(&stub, |new| fs::write(new, STUB))?;
            placed.files.push(stub);
        }
        let names = names_in(folder).map_err(|error| cannot_write(folder, &error))?;
        placed.notes.extend(names.iter().filter(|other| module.is_hidden_by(other)).map(|other| {
            format!(
                "note: {} is in the same folder, and is imported instead where it can be loaded\n  \
                 = help: delete it, or build into another folder: --out DIR",
                folder.join(other).display()
            )
        }));
    }
    Ok(placed)
}

impl Module<'_> {
    fn file_name(&self) -> String {
        format!("{}{}", self.name, self.suffix)
    }

    /// Whether the file called `other` in the same folder is imported instead of this module, by some interpreter that
    /// the module is for.
    ///
    /// A package comes before a module of its name, and an extension for one Python before a stub, which itself takes a
    /// hybrid module before the universal one.
    fn is_hidden_by(&self, other: &str) -> bool {
        let Some(rest) = other.strip_prefix(&self.name) else { return false };
        if rest == "/__init__.py" {
            return true;
        }
        let is_library = rest.starts_with('.') && (rest.ends_with(".so") || rest.ends_with(".pyd"));
        if !is_library || other == self.file_name() {
            return false;
        }
        let is_of_hpy = rest.starts_with(".hpy");
        match (self.abi, self.python) {
            (Abi::Universal, _) => true,
            (Abi::Hybrid, Some(python)) => {
                !is_of_hpy && (rest == python.extension_suffix || [".abi3.so", ".so", ".pyd"].contains(&rest))
            }
            _ => false,
        }
    }
}

/// The names in a folder, and below it those of packages: `name/__init__.py`.
fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in folder.read_dir()? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_package = entry.path().join("__init__.py").is_file();
        names.push(if is_package { name + "/__init__.py" } else { name });
    }
    names.sort();
    Ok(names)
}

/// Makes sure that the stub replaces no other file.
fn is_ours(path: &Path) -> Result<()> {
    let first = |text: &str| text.lines().next().map(str::to_owned);
    match fs::read_to_string(path) {
        Ok(text) if first(&text) == first(STUB) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        _ => Err(Error::new(
            format!("{} is there, and would be replaced by the file that loads the module", path.display()),
            "move it elsewhere, or build into another folder: --out DIR",
        )),
    }
}

/// Writes a file under another name and renames it, so that no Python imports half of it, and a loaded one stays intact.
fn write(path: &Path, how: impl FnOnce(&Path) -> io::Result<()>) -> Result<()> {
    let new = Temporary::beside(path);
    how(&new.path).and_then(|()| fs::rename(&new.path, path)).map_err(|error| cannot_write(path, &error))
}

fn cannot_write(path: &Path, error: &io::Error) -> Error {
    Error::new(format!("cannot write {}: {error}", path.display()), "name a folder where you may write: --out DIR")
}

#[cfg(test)]
mod tests {
    use hpy_pythons::Version;

    use super::*;

    #[test]
    fn modules_are_told_by_their_entries() {
        let symbols = ["HPyInit_one", "HPyInitGlobalContext_one", "get_required_hpy_major_version_one", "PyInit_two"];
        let symbols = symbols.map(str::to_owned);
        assert_eq!(entries(&symbols, Abi::Universal.entry()), ["one"]);
        assert_eq!(entries(&symbols, Abi::Cpython.entry()), ["two"]);
    }

    #[cfg(not(windows))]
    #[test]
    fn what_comes_first_for_the_same_interpreter_is_told() {
        let python = Found {
            path: "python3".into(),
            implementation: "CPython".to_owned(),
            version: Version { major: 3, minor: 12 },
            full_version: "3.12.1".to_owned(),
            debug: false,
            free_threaded: false,
            extension_suffix: ".cpython-312-x86_64-linux-gnu.so".to_owned(),
            include: None,
        };
        let hiding = |abi: Abi| -> Vec<&str> {
            let python = abi.needs_python().then_some(&python);
            let suffix = abi.suffix(python);
            let module = Module { name: "m".to_owned(), abi, python, suffix: &suffix };
            let others = [
                "m/__init__.py",
                "m.cpython-312-x86_64-linux-gnu.so",
                "m.cpython-311-x86_64-linux-gnu.so",
                "m.abi3.so",
                "m.so",
                "m.hpy0-cp312.so",
                "m.hpy0-cp311.so",
                "m.hpy0.so",
                "m.py",
                "m2.so",
                "m.txt",
            ];
            others.into_iter().filter(|other| module.is_hidden_by(other)).collect()
        };
        assert_eq!(hiding(Abi::Cpython), ["m/__init__.py"]);
        assert_eq!(hiding(Abi::Hybrid), ["m/__init__.py", "m.cpython-312-x86_64-linux-gnu.so", "m.abi3.so", "m.so"]);
        assert_eq!(hiding(Abi::Universal).len(), 7);
    }
}
