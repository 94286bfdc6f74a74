// abi-tests/tests/conformance_c.rs: the assertions of `python/` on the families that are in C too, for each interpreter that is found.
//
// An interpreter that is missing is what `conformance` tells of.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use common::{conclude, python_folder};
use hpy_pythons::Found;
use libtest_mimic::{Arguments, Failed, Trial};

/// How a family is compiled.
const FLAGS: &[&str] = &["-std=c99", "-O2", "-fPIC", "-DHPY_ABI_CPYTHON"];
/// What it compiles with; Python's own headers do not, and are left out by `-isystem`. GCC follows symbolic links of
/// such headers, and so can take the `pyconfig.h` of a release build for a debug build: what is run is compiled without.
const WARNINGS: &[&str] = &["-Werror", "-Wall", "-Wextra", "-Wconversion", "-fsyntax-only", "-isystem"];
/// How the extension is linked: Python's symbols are those of the interpreter that loads it.
const LINK: &[&str] = if cfg!(target_vendor = "apple") {
    &["-bundle", "-undefined", "dynamic_lookup", "-Wl,-dead_strip"]
} else {
    &["-shared", "-Wl,--gc-sections"]
};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let found = hpy_pythons::find_all();
    let expected = hpy_pythons::expected(include_str!("../../pythons.toml")).expect("pythons.toml can be read");
    let found = expected.iter().filter_map(|expected| expected.find_in(&found)).filter(|_| cfg!(unix));
    let trials = found.filter_map(|python| python.include.clone().map(|include| runs(python, include))).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Builds for `python` and runs the assertions.
fn runs(python: &Found, include: PathBuf) -> Trial {
    let python = python.clone();
    Trial::test(format!("c-{}", python.name()), move || {
        let families = families()?;
        let library = build(&python, &include, &families)?;
        let mut run = Command::new(&python.path);
        run.arg("-s").arg(python_folder().join("run.py")).arg("--families").arg(families.join(",")).arg(library);
        run.env_remove("PYTHONPATH").env_remove("PYTHONHOME").env("PYTHONDONTWRITEBYTECODE", "1");
        // CPython's own check of memory that is written beyond its end or used after it is freed.
        run.env("PYTHONMALLOC", "debug");
        let said = conclude(run)?;
        println!("c-{}: {}", python.name(), said.lines().last().unwrap_or_default());
        Ok(())
    })
}

fn c_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("c")
}

/// The families that are in C: the names of the sources.
fn families() -> Result<Vec<String>, Failed> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(c_folder())? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == "c") {
            all.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    all.sort();
    Ok(all)
}

/// Makes one library of the families, each of which is a module in it.
fn build(python: &Found, include: &Path, families: &[String]) -> Result<PathBuf, Failed> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance-c").join(python.name());
    let (archive, headers) = build_library(python, &folder)?;
    let mut objects = Vec::new();
    for family in families {
        let object = folder.join(format!("{family}.o"));
        let compiler = || {
            let mut compiler = Command::new("cc");
            compiler.args(FLAGS).arg(c_folder().join(format!("{family}.c"))).arg("-I").arg(&headers);
            compiler
        };
        let (mut check, mut compile) = (compiler(), compiler());
        check.args(WARNINGS).arg(include);
        conclude(check)?;
        compile.arg("-I").arg(include).arg("-c").arg("-o").arg(&object);
        conclude(compile)?;
        objects.push(object);
    }
    let made = folder.join(format!("hpy_abi_tests{}", python.extension_suffix));
    let mut linker = Command::new("cc");
    linker.args(LINK).args(objects).arg(archive).arg("-o").arg(&made);
    conclude(linker)?;
    Ok(made)
}

/// Builds the static library, and says where it is and where its headers are.
fn build_library(python: &Found, folder: &Path) -> Result<(PathBuf, PathBuf), Failed> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args([
            "rustc",
            "--package=hpy-sys",
            "--profile=c-library",
            "--no-default-features",
            "--features=cpython,c-library",
        ])
        .args(["--crate-type=staticlib", "--message-format=json", "--quiet", "--target-dir"])
        .arg(folder.join("target"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    // What was meant for the build of this test is not meant for that one.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PYO3_")) {
        cargo.env_remove(name);
    }
    cargo.env("PYO3_PYTHON", &python.path);
    let said = conclude(cargo)?;
    // The messages are one line each; those of the library itself say which kind it is.
    let text = |kind: &str, start: &str| {
        let line = said.lines().find(|line| line.contains("#hpy-sys@") && line.contains(kind))?;
        let (_, rest) = line.split_once(start)?;
        rest.split_once('"').map(|(path, _)| PathBuf::from(path))
    };
    let archive = text("\"kind\":[\"staticlib\"]", "\"filenames\":[\"").ok_or("cargo does not name the library")?;
    let out = text("build-script-executed", "\"out_dir\":\"").ok_or("cargo does not name the headers' folder")?;
    Ok((archive, out.join("include")))
}
