// abi-tests/tests/conformance_c.rs: the assertions of `python/` on the families in C, for each interpreter that is found.
//
// An interpreter that is missing is what `conformance` tells of.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use common::conclude;
use common::suite::Suite;
use hpy_pythons::Found;
use libtest_mimic::{Arguments, Failed};

/// How a source is compiled.
const FLAGS: &[&str] = &["-std=c99", "-O2", "-fPIC", "-DHPY_ABI_CPYTHON"];
/// What it compiles with; Python's own headers do not.
const WARNINGS: &[&str] = &["-Werror", "-Wall", "-Wextra", "-Wconversion", "-fsyntax-only"];
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
    let found = found.filter(|python| python.include.is_some());
    let trials =
        found.flat_map(|python| Suite::new(format!("c-{}", python.name()), python, "c", build).trials()).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The sources, most of which are a family: a module, or a few.
fn sources() -> Result<Vec<PathBuf>, Failed> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("c"))? {
        all.extend(Some(entry?.path()).filter(|path| path.extension().is_some_and(|found| found == "c")));
    }
    all.sort();
    Ok(all)
}

/// Makes one library of all sources.
fn build(python: &Found) -> Result<PathBuf, Failed> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance-c").join(python.name());
    let include = python.include.as_ref().ok_or("it has no headers")?;
    let (archive, headers) = build_library(python, &folder)?;
    let sources = sources()?;
    let compiler = |program| {
        let mut compiler = Command::new(program);
        compiler.args(FLAGS).arg("-I").arg(&headers);
        compiler
    };
    for program in ["cc", "clang"] {
        let mut check = compiler(program);
        check.arg("-I").arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/quiet_python"));
        check.arg("-I").arg(include).args(WARNINGS).args(&sources);
        // In continuous integration both are there, as `tests/c_headers.rs` asks for.
        if program == "cc" || Command::new(program).arg("--version").output().is_ok() {
            conclude(check)?;
        }
    }
    let mut objects = Vec::new();
    for source in sources {
        let object = folder.join(source.file_name().unwrap_or_default()).with_extension("o");
        let mut compile = compiler("cc");
        compile.arg("-I").arg(include).arg(&source).arg("-c").arg("-o").arg(&object);
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
