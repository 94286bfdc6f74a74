// abi-tests/tests/hpy_headers.rs: modules that HPy 0.9.0's own headers build, through this project's loader.
//
// Each family in C that needs nothing but HPy 0.9 becomes a library of its own; what the assertions need beside it comes from
// our library.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::{Arc, OnceLock};

use common::suite::Suite;
use common::{Abi, Reason, c, conclude, skipped};
use hpy_pythons::{Environment, Found, Version, find_all, known, loaders, own_loader};
use libtest_mimic::{Arguments, Failed};

/// The families that HPy's headers compile. The others use what HPy 0.9 has not, such as slots and flags of hpy-sys, or what
/// its runtime is known to fail for, such as an optional text of `HPyArg_Parse`.
const FAMILIES: &[&str] = &[
    "buffer",
    "bytes",
    "call",
    "call_function",
    "capsule",
    "containers",
    "depth",
    "error",
    "filled",
    "gc",
    "handles",
    "inline_helpers",
    "interpreter",
    "recursion",
    "unicode",
];

/// The versions of CPython that the libraries, which are built once, are loaded on.
const VERSIONS: &[&str] = &["3.9", "3.12", "3.15"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let found = find_all();
    let built = Arc::new(OnceLock::new());
    let mut trials = Vec::new();
    for version in VERSIONS {
        let version: Version = version.parse().expect("a version");
        let name = format!("hpy-headers-cpython-{version}");
        let is_it = |python: &&Found| {
            python.implementation == "CPython" && python.version == version && !python.debug && !python.free_threaded
        };
        let (Some(python), Some(with_headers)) = (found.iter().find(is_it), with_hpy(&found)) else {
            trials.push(skipped(&name, Reason::Loader("no CPython for HPy 0.9.0, or none of this version".to_owned())));
            continue;
        };
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-loader");
        let inside = Found { path: own_loader::place(python, &folder), ..python.clone() };
        let (python, built) = (python.clone(), built.clone());
        let build = move |_: &Found| {
            own_loader::prepare(&python, "checked", &folder)?;
            let libraries: &Result<PathBuf, Failed> = built.get_or_init(|| libraries(&with_headers));
            libraries.clone()
        };
        let suite = Suite::new(name, &inside, "c", Box::new(build));
        for way in ["universal", "debug"] {
            let options = ["--loader", "hpy-headers", "--way", way];
            trials.push(suite.trial(format!("{}-{way}", suite.name), &options, true));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A CPython that has HPy 0.9.0's headers, in an environment of its own.
fn with_hpy(found: &[Found]) -> Option<Environment> {
    let all = known().loaders;
    let loader = all.iter().find(|loader| loader.implementation == "CPython")?;
    let python = loader.versions().find_map(|version| loaders::find_for(loader, version, found))?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("loaders");
    loaders::prepare(loader, python, &folder).ok().map(|python| Environment { python })
}

/// The folder of the libraries: one for each family, and `others.hpy0.so`.
fn libraries(hpy: &Environment) -> Result<PathBuf, Failed> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hpy-headers");
    let devel = hpy.folder_of("hpy.devel")?;
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("runtime"))?;
    let compile = |source: &Path, object: &Path| {
        let mut compiler = Command::new("cc");
        compiler.args(["-std=gnu11", "-fPIC", "-O1", "-w", "-DHPY", "-DHPY_ABI_UNIVERSAL"]);
        compiler.arg(format!("-I{}", devel.join("include").display()));
        compiler.arg(format!("-I{}", sources().display()));
        compiler.arg("-c").arg(source).arg("-o").arg(object);
        conclude(compiler).map(drop)
    };
    let mut runtime = Vec::new();
    for entry in fs::read_dir(devel.join("src/runtime"))? {
        let source = entry?.path();
        let name = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // The `ctx_` files are CPython's side, but for one.
        if name.starts_with("ctx_") && name != "ctx_tracker" {
            continue;
        }
        let object = folder.join("runtime").join(&name).with_extension("o");
        if compile(&source, &object).is_ok() {
            runtime.push(object);
        }
    }
    for family in FAMILIES {
        let object = folder.join(family).with_extension("o");
        compile(&sources().join(family).with_extension("c"), &object)?;
        let mut linker = Command::new("cc");
        linker.arg("-shared").arg(&object).args(&runtime).arg("-o").arg(folder.join(format!("{family}.hpy0.so")));
        conclude(linker)?;
    }
    fs::copy(c::build(Abi::Universal)?, folder.join("others.hpy0.so"))?;
    Ok(folder)
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("c")
}
