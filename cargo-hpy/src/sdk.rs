// cargo-hpy/src/sdk.rs: `cargo hpy sdk`: writes headers, libraries and build files for extensions in C and C++.
// Its contents are those of the crate `hpy-sdk`.

mod place;
mod probe;

use std::io;
use std::path::{Path, PathBuf};

use hpy_pythons::Found;
use hpy_sdk::{Contents, File, Part, STUB, library_name};
use serde_json::json;

use crate::abi::Abi;
use crate::cargo;
use crate::cargo_options::CargoOptions;
use crate::cli;
use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::python::{self, Choice};
use crate::workspace;
use place::{MARKER, Place, quoted};

/// The variable with the folder of Python.h, as the build script of hpy-sys reads it.
const INCLUDE_VARIABLE: &str = "HPY_SYS_PYTHON_INCLUDE";

pub fn run(options: &cli::Sdk) -> Result<()> {
    let place = Place::new(&options.out)?;
    let root = match &options.cargo.manifest_path {
        Some(manifest) => workspace::of_manifest(manifest)?,
        None => workspace::find_or_own("the sources", &typed_again(options, &place))?,
    };
    place.check()?;
    let choice = choose(options)?;

    let wanted =
        choice.as_ref().map_or("universal and hybrid extensions".to_owned(), |(choice, _)| choice.python.name());
    let progress = Progress::start(format!("building the SDK for {wanted}"));
    let native = match &choice {
        Some((Choice { python, .. }, include)) => {
            Some(native(&root, python, include, &options.cargo, &progress)?.reduced())
        }
        None => None,
    };
    let context = if options.abi == Some(Abi::Cpython) {
        None
    } else {
        Some(for_loaders(&root, &options.cargo, &progress)?.reduced())
    };
    let include = choice.as_ref().map(|(_, include)| &**include);
    native.iter().try_for_each(|built| probe::links(built, Abi::Cpython, include))?;
    context.iter().try_for_each(|built| probe::links(built, Abi::Universal, None))?;
    let python = choice.as_ref().map(|(choice, _)| &choice.python);
    let files = files(&root, options.abi, native.as_ref(), context.as_ref(), python)
        .map_err(|(path, error)| cannot_read(&path, &error))?;
    place.write(&files)?;
    progress.done();

    let library = library_name(&native.or(context).expect("one of them is built").library).to_owned();
    if let Some((Choice { python, by }, _)) = &choice {
        println!("{}, by {by}", python::describe(python));
    }
    println!("The SDK is in {}. An extension is compiled with, for example:\n", place.folder().display());
    println!(
        "    {}",
        match &choice {
            Some((Choice { python, .. }, include)) => example(place.folder(), include, &library, python),
            None => example_for_loaders(place.folder(), options.abi, &library),
        }
    );
    Ok(())
}

/// All files; the error has the path that cannot be read. At least one build is present.
fn files(
    root: &Path,
    only: Option<Abi>,
    native: Option<&Built>,
    context: Option<&Built>,
    python: Option<&Found>,
) -> std::result::Result<Vec<File>, hpy_sdk::Failure> {
    let built = |abi: Abi| if abi == Abi::Cpython { native } else { context };
    let wanted = Abi::ALL.into_iter().filter(|abi| only.is_none_or(|only| only == *abi));
    let part = |abi: Abi| Some(Part { abi: abi.name(), library: built(abi)?.library.clone() });
    let contents = Contents {
        parts: wanted.filter_map(part).collect(),
        headers: &native.or(context).expect("one of them is built").headers,
        python: python.map(Found::name),
    };
    let mut files = contents.files()?;
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        files.push(File::copy(name, root.join(name))?);
    }
    let marker = marker(python, &files);
    files.push(File::text(MARKER, marker));
    Ok(files)
}

/// The file that marks a folder as an SDK, and lists its Python and its files.
fn marker(python: Option<&Found>, files: &[File]) -> String {
    let names: Vec<_> = files.iter().map(|file| &file.path).collect();
    let marker = json!({
        "hpy-sys": env!("CARGO_PKG_VERSION"),
        "python": python.map(Found::name),
        "python-version": python.map(|python| &python.full_version),
        "files": names,
    });
    format!("{marker:#}\n")
}

/// The command to type elsewhere.
fn typed_again(options: &cli::Sdk, place: &Place) -> String {
    let abi = options.abi.map_or(String::new(), |abi| format!(" --abi {}", abi.name()));
    let wish = options.python.as_ref().map_or(String::new(), |wish| format!(" --python {wish}"));
    format!("cargo hpy sdk{abi}{wish} --out {}", quoted(place.folder()))
}

/// The Python to build for and the folder of its headers, if the SDK is for one.
fn choose(options: &cli::Sdk) -> Result<Option<(Choice, PathBuf)>> {
    if options.abi.is_some_and(|abi| abi != Abi::Cpython) {
        return match &options.python {
            None => Ok(None),
            Some(wish) => Err(Error::new(
                format!(
                    "--python {wish}: the libraries for universal and hybrid extensions are for no Python in particular"
                ),
                "leave --python out, or --abi, for an SDK that has all",
            )),
        };
    }
    let choice = python::choose(options.python.as_deref())?;
    match choice.python.include.clone() {
        Some(include) => Ok(Some((choice, include))),
        None => Err(without_headers(&choice.by, &choice.python, python::find_all())),
    }
}

/// The results of cargo's builds.
pub struct Built {
    pub library: PathBuf,
    pub headers: PathBuf,
}

impl Built {
    /// With the library as it goes into an SDK.
    fn reduced(self) -> Built {
        Built { library: hpy_sdk::reduced(self.library), ..self }
    }
}

/// Builds the static library for one Python, whose build script writes the headers.
///
/// Each Python has its own target folder, so two SDKs can be built concurrently.
pub fn native(
    root: &Path,
    python: &Found,
    include: &Path,
    options: &CargoOptions,
    progress: &Progress,
) -> Result<Built> {
    let mut command = match options.foreign() {
        Some(_) => cargo::for_python_elsewhere(root, "rustc", python),
        None => cargo::for_python(root, "rustc", python),
    };
    command.env(INCLUDE_VARIABLE, include);
    build(root, command, Some(python), Abi::Cpython, options, progress)
}

/// Builds the library of the loader ABIs, which does not depend on CPython, so that both share it.
pub fn for_loaders(root: &Path, options: &CargoOptions, progress: &Progress) -> Result<Built> {
    build(root, cargo::command(root, "rustc"), None, Abi::Universal, options, progress)
}

fn build(
    root: &Path,
    mut command: std::process::Command,
    python: Option<&Found>,
    abi: Abi,
    options: &CargoOptions,
    progress: &Progress,
) -> Result<Built> {
    let folder = python.map_or("universal".to_owned(), Found::name);
    let target = workspace::metadata(root)?.target.join("hpy-sdk").join(folder);
    command.args(["--package", "hpy-sys", "--lib", "--crate-type", "staticlib"]);
    command.args(options.arguments("c-library"));
    command.args(["--no-default-features", "--features", &format!("{},c-library", abi.name())]);
    command.arg("--target-dir").arg(target);
    let built = cargo::build(command, python, progress)?.into_iter().next();
    match built.and_then(|built| Some(Built { library: built.file, headers: built.out_dir?.join("include") })) {
        Some(built) => Ok(built),
        None => Err(Error::new(
            format!("the build of hpy-sys in {} made no static library", root.display()),
            "bring the clone and this command to the same state: git pull && cargo install --path cargo-hpy",
        )),
    }
}

/// The compiler's flags for a loadable library.
fn loaded() -> &'static str {
    if cfg!(target_vendor = "apple") { "-bundle -undefined dynamic_lookup" } else { "-shared -fPIC" }
}

/// A command for a shell that compiles an extension.
fn example(sdk: &Path, include: &Path, library: &str, python: &Found) -> String {
    let (sdk, include, suffix) = (quoted(sdk), quoted(include), &python.extension_suffix);
    format!(
        "cc {} -O2 -DHPY -DHPY_ABI_CPYTHON -I{sdk}/include -I{include} name.c {sdk}/lib/cpython/{library} -o name{suffix}",
        loaded()
    )
}

/// The same for a universal extension, or for a hybrid one with the Python in PATH.
fn example_for_loaders(sdk: &Path, abi: Option<Abi>, library: &str) -> String {
    let (sdk, suffix) = (quoted(sdk), Abi::Universal.suffix(None));
    match abi {
        Some(Abi::Hybrid) => format!(
            "cc {} -O2 -DHPY -DHPY_ABI_HYBRID -I{sdk}/include $(python3-config --includes) name.c \
             {sdk}/lib/hybrid/{library} -o name{suffix} && cp {sdk}/{stub} name.py",
            loaded(),
            stub = STUB
        ),
        _ => format!(
            "cc {} -O2 -DHPY -DHPY_ABI_UNIVERSAL -I{sdk}/include/hpy/forbid_python_h -I{sdk}/include name.c \
             {sdk}/lib/universal/{library} -o name{suffix} && cp {sdk}/{stub} name.py",
            loaded(),
            stub = STUB
        ),
    }
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
