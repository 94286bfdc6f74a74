// cargo-hpy/src/new.rs: `cargo hpy new`: a project that builds, is tested and is packaged as it stands.

use std::fs;
use std::path::{Path, PathBuf};

use crate::ci;
use crate::cli;
use crate::error::{Error, Result};
use crate::names::can_be_imported;
use crate::python::limits;
use crate::temporary::Temporary;
use crate::workspace;

/// A file of a project: its path and its text, in both of which `{{...}}` stands for what differs from project to project.
type Template = (&'static str, &'static str);

const BOTH: &[Template] = &[
    ("Cargo.toml", include_str!("new/both/manifest.toml")),
    ("pyproject.toml", include_str!("new/both/pyproject.toml")),
    ("README.md", include_str!("new/both/README.md")),
    ("{{module}}.pyi", include_str!("new/both/module.pyi")),
    ("tests/conftest.py", include_str!("new/both/conftest.py")),
    ("tests/test_{{module}}.py", include_str!("new/both/test_module.py")),
    (".gitignore", include_str!("new/both/gitignore")),
    (".cargo/config.toml", include_str!("new/both/config.toml")),
];
const RUST: &[Template] = &[("src/lib.rs", include_str!("new/rust/lib.rs"))];
const C: &[Template] = &[
    ("build.rs", include_str!("new/c/build.rs")),
    ("src/lib.rs", include_str!("new/c/lib.rs")),
    ("src/{{module}}.c", include_str!("new/c/module.c")),
];

pub fn run(options: &cli::New) -> Result<()> {
    let folder = &options.path;
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let module = name.replace('-', "_");
    check(name, &module)?;
    if folder.exists() {
        return Err(Error::new(
            format!("{} is there already", folder.display()),
            format!(
                "choose another name, or add a workflow to a project that is there: cargo hpy ci {}",
                folder.display()
            ),
        ));
    }
    let values = values(name, &module, options.c, is_inside_a_package(folder));
    let files = BOTH.iter().chain(if options.c { C } else { RUST });
    // The folder appears as a whole or not at all.
    let folder = std::env::current_dir().unwrap_or_default().join(folder);
    let new = Temporary::beside(&folder);
    for (path, text) in files {
        write(&new.path.join(filled(path, &values)), &filled(text, &values))?;
    }
    write(&new.path.join(ci::FILE), &ci::workflow())?;
    fs::rename(&new.path, &folder).map_err(|error| cannot_write(&folder, &error))?;

    println!(
        "{} has an extension in {}. In its folder:\n",
        options.path.display(),
        if options.c { "C" } else { "Rust" }
    );
    println!("    cargo hpy wheel --with pytest --test \"python -m pytest\"");
    if let Some(root) = workspace::compiled_in() {
        println!("\nIts Cargo.toml takes hpy-sys from {}.", root.display());
    }
    Ok(())
}

/// Makes sure that the name is one for cargo, for Python and for a package index.
fn check(name: &str, module: &str) -> Result<()> {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic());
    let ends = name.ends_with(|last: char| last.is_ascii_alphanumeric());
    if is_plain
        && begins
        && ends
        && can_be_imported(module)
        && !["hpy", "hpy_sys", "test", "core", "std"].contains(&module)
    {
        return Ok(());
    }
    Err(Error::new(
        format!("`{name}` cannot be the name of a crate and of a module of Python"),
        "take ASCII letters, digits, `-` and `_`, with a letter first, and no keyword: cargo hpy new my-module",
    ))
}

/// What the templates leave open.
fn values(name: &str, module: &str, c: bool, inside: bool) -> Vec<(&'static str, String)> {
    let version = env!("CARGO_PKG_VERSION");
    let minor = version.rsplit_once('.').map_or(version, |(minor, _)| minor);
    let path = workspace::compiled_in().map(|root| format!(", path = {:?}", root.display().to_string()));
    let (features, build) = match c {
        true => ("\"std\", \"c-library\"", "\n[build-dependencies]\ncc = \"1.2\"\n"),
        false => ("\"std\"", ""),
    };
    let build = if inside {
        format!("{build}\n# No member of the workspace around it.\n[workspace]\n")
    } else {
        build.to_owned()
    };
    vec![
        ("{{name}}", name.to_owned()),
        ("{{module}}", module.to_owned()),
        ("{{rust}}", env!("CARGO_PKG_RUST_VERSION").to_owned()),
        ("{{minimum}}", limits().minimum.to_string()),
        ("{{hpy_sys}}", format!("version = \"{minor}\"{}", path.unwrap_or_default())),
        ("{{features}}", features.to_owned()),
        ("{{build_dependencies}}", build),
    ]
}

fn filled(template: &str, values: &[(&str, String)]) -> String {
    values.iter().fold(template.to_owned(), |text, (open, value)| text.replace(open, value))
}

/// Whether cargo would take a package in the folder for a part of another one.
fn is_inside_a_package(folder: &Path) -> bool {
    let here = std::env::current_dir().unwrap_or_default().join(folder);
    here.ancestors().skip(1).any(|above| above.join("Cargo.toml").is_file())
}

pub fn write(path: &PathBuf, text: &str) -> Result<()> {
    let folder = path.parent().expect("a file is in a folder");
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|error| cannot_write(path, &error))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Error::new(
        format!("cannot write {}: {error}", path.display()),
        "name a folder where you may write: cargo hpy new PATH",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_good_for_all() {
        for name in ["first", "my-module", "a_1"] {
            assert_eq!(check(name, &name.replace('-', "_")), Ok(()));
        }
        for name in ["", "1st", "class", "a.b", "-a", "a-", "é", "hpy"] {
            let error = check(name, &name.replace('-', "_")).unwrap_err().to_string();
            assert!(error.starts_with(&format!("error: `{name}` cannot be the name of a crate and of a ")), "{error}");
        }
    }

    /// What C needs of Rust is the same as in the example.
    #[test]
    fn c_sources_are_built_as_in_the_example() {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/c-extension");
        let values = [("{{module}}", "c_extension".to_owned())];
        for (file, library) in [("build.rs", "counter"), ("src/lib.rs", "counter")] {
            let (_, template) = C.iter().find(|(path, _)| *path == file).unwrap();
            // Another compiler may have other warnings.
            let expected = fs::read_to_string(example.join(file)).unwrap().replace(".warnings_into_errors(true)", "");
            let text = filled(template, &values).replace("src/c_extension.c", "src/counter.c");
            assert_eq!(text.replace("c_extension_in_c\"", &format!("{library}\"")), expected);
        }
    }
}
