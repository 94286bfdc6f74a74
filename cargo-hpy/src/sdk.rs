// cargo-hpy/src/sdk.rs: `cargo hpy sdk`: writes what extensions in C and C++ are built with, for any build system.
//
// The folder is laid out as HPy's support for setuptools expects it of its base folder: `include/`, and in `lib/cpython/`
// one static library and nothing else.

mod library;
mod place;

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hpy_pythons::{Found, find_all};
use serde_json::json;

use crate::cargo;
use crate::cli;
use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::python::{self, Choice};
use crate::workspace;
use place::{Failure, File, MARKER, Place, quoted};

/// The variable with the folder of Python.h, as the build script of hpy-sys reads it.
const INCLUDE_VARIABLE: &str = "HPY_SYS_PYTHON_INCLUDE";

const PKG_CONFIG: &str = include_str!("sdk/hpy.pc");
const CMAKE: &str = include_str!("sdk/hpy-config.cmake");

pub fn run(options: &cli::Sdk) -> Result<()> {
    let place = Place::new(&options.out)?;
    let wish = options.python.as_ref().map_or(String::new(), |wish| format!(" --python {wish}"));
    let root = workspace::find("the sources", &format!("cargo hpy sdk{wish} --out {}", quoted(place.folder())))?;
    place.check()?;
    let Choice { python, by } = python::choose(options.python.as_deref())?;
    let Some(include) = &python.include else { return Err(without_headers(&by, &python, &find_all())) };

    let progress = Progress::start(format!("building the SDK for {}", python.name()));
    let built = build(&root, &python, include, &progress)?;
    let built = Built { library: library::reduced(built.library), ..built };
    let files = files(&root, &built, &python).map_err(|(path, error)| cannot_read(&path, &error))?;
    place.write(&files)?;
    progress.done();

    println!("{}, by {by}", python::describe(&python));
    println!("The SDK is in {}. An extension is compiled with, for example:\n", place.folder().display());
    println!("    {}", example(place.folder(), include, &library_name(&built.library), &python));
    Ok(())
}

/// What cargo has built for one Python.
pub struct Built {
    pub library: PathBuf,
    pub headers: PathBuf,
}

/// Builds the static library, whose build script writes the headers.
///
/// Each Python has a target folder of its own, so that SDKs for two of them can be made at the same time.
pub fn build(root: &Path, python: &Found, include: &Path, progress: &Progress) -> Result<Built> {
    let target = workspace::metadata(root)?.target.join("hpy-sdk").join(python.name());
    let mut command = cargo::for_python(root, "rustc", python);
    command.args(["--package", "hpy-sys", "--lib", "--crate-type", "staticlib", "--profile", "c-library"]);
    command.args(["--no-default-features", "--features", "cpython,c-library"]);
    command.arg("--target-dir").arg(target).env(INCLUDE_VARIABLE, include);
    let built = cargo::build(command, progress)?.into_iter().next();
    match built.and_then(|built| Some(Built { library: built.file, headers: built.out_dir?.join("include") })) {
        Some(built) => Ok(built),
        None => Err(Error::new(
            format!("the build of hpy-sys in {} made no static library", root.display()),
            "bring the clone and this command to the same state: git pull && cargo install --path cargo-hpy",
        )),
    }
}

/// All files of the SDK; the error has the path that cannot be read.
fn files(root: &Path, built: &Built, python: &Found) -> std::result::Result<Vec<File>, Failure> {
    let library = library_name(&built.library);
    let version = version(&built.headers)?;
    let fill = |text: &str| {
        text.replace("@PYTHON@", &python.name()).replace("@VERSION@", &version).replace("@LIBRARY@", &library)
    };
    let mut files = vec![
        File::copy(format!("lib/cpython/{library}"), built.library.clone())?,
        File::text("lib/pkgconfig/hpy.pc", fill(PKG_CONFIG)),
        File::text("lib/cmake/hpy/hpy-config.cmake", fill(CMAKE)),
    ];
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        files.push(File::copy(name, root.join(name))?);
    }
    for name in place::files_in(&built.headers)? {
        files.push(File::copy(format!("include/{name}"), built.headers.join(&name))?);
    }
    let marker = marker(&files, python);
    files.push(File::text(MARKER, marker));
    Ok(files)
}

/// What says that a folder is an SDK, for which Python, and which files belong to it.
fn marker(files: &[File], python: &Found) -> String {
    let names: Vec<_> = files.iter().map(|file| &file.path).collect();
    let marker = json!({
        "hpy-sys": env!("CARGO_PKG_VERSION"),
        "python": python.name(),
        "python-version": python.full_version,
        "files": names,
    });
    format!("{marker:#}\n")
}

/// The version of HPy's API, from the headers.
fn version(headers: &Path) -> std::result::Result<String, Failure> {
    let file = headers.join("hpy/version.h");
    let text = fs::read_to_string(&file).map_err(|error| (file.clone(), error))?;
    let version = text.lines().find_map(|line| line.strip_prefix("#define HPY_VERSION "));
    match version {
        Some(version) => Ok(version.trim().trim_matches('"').to_owned()),
        None => Err((file, io::Error::other("it defines no HPY_VERSION"))),
    }
}

/// What the library is called: the one that `-lhpy` means.
fn library_name(built: &Path) -> String {
    if built.extension().is_some_and(|found| found == "lib") { "hpy.lib" } else { "libhpy.a" }.to_owned()
}

/// A command for a shell that compiles an extension.
fn example(sdk: &Path, include: &Path, library: &str, python: &Found) -> String {
    let flags = if cfg!(target_vendor = "apple") { "-bundle -undefined dynamic_lookup" } else { "-shared -fPIC" };
    let (sdk, suffix) = (quoted(sdk), &python.extension_suffix);
    let include = quoted(include);
    format!(
        "cc {flags} -O2 -DHPY -DHPY_ABI_CPYTHON -I{sdk}/include -I{include} name.c {sdk}/lib/cpython/{library} -o name{suffix}"
    )
}

fn without_headers(by: &str, python: &Found, all: &[Found]) -> Error {
    let same_kind = all.iter().find(|other| other.name() == python.name() && other.include.is_some());
    let version = python.version;
    let instead = match same_kind {
        Some(other) => format!("take the one that has them: --python {}", other.path.display()),
        None => format!("take one that comes with them: uv python install {version}"),
    };
    Error::new(
        format!("{by}: {} has no Python.h, which extensions in C need", python::describe(python)),
        format!(
            "install its headers: apt install python{version}-dev (Debian, Ubuntu), dnf install python{version}-devel \
             (Fedora), apk add python3-dev (Alpine); or {instead}"
        ),
    )
}

fn cannot_read(path: &Path, error: &io::Error) -> Error {
    Error::new(
        format!("cannot read {}: {error}", path.display()),
        "restore the file from the repository, or delete what was built, target/hpy-sdk, and type the same command again",
    )
}
