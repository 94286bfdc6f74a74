// tests/c_extensions.rs: compiles extensions in C and C++ with the headers, links them with the library, and tests them in
// Python, on every CPython that it finds.
#![cfg(unix)]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{pythons, root, target};
use hpy_generator::target::Target;
use hpy_pythons::Found;

/// The compiler flags of an extension, beside the standard.
const FLAGS: &[&str] = &["-O2", "-fPIC", "-DHPY_ABI_CPYTHON"];
/// The warnings under which an extension compiles; Python's own headers do not.
const WARNINGS: &[&str] = &["-Werror", "-Wall", "-Wextra", "-Wconversion", "-fsyntax-only"];
/// The linker flags: the interpreter that loads the extension defines Python's symbols.
const LINK: &[&str] = if cfg!(target_vendor = "apple") {
    &["-bundle", "-undefined", "dynamic_lookup", "-Wl,-dead_strip"]
} else {
    // Of a crate below this one, symbols are hidden by the SDK only.
    &["-shared", "-Wl,--gc-sections", "-Wl,--exclude-libs,ALL"]
};

/// The library that was built for a Python, and its headers.
struct Library {
    archive: PathBuf,
    include: PathBuf,
}

/// The CPythons that are found with their headers.
fn supported() -> Vec<(Found, PathBuf)> {
    let mut all = Vec::new();
    for found in hpy_pythons::find_all() {
        let version = format!("{}.{}", found.version.major, found.version.minor).parse().unwrap();
        let target = Target { version, free_threaded: found.free_threaded, debug: found.debug, ..target("3.12") };
        match (found.include.clone(), found.implementation.as_str(), target.check(&pythons(), false)) {
            (Some(include), "CPython", Ok(())) => all.push((found, include)),
            _ => println!("{} is skipped: it is not supported, or has no headers", found.name()),
        }
    }
    assert!(!all.is_empty() || std::env::var_os("CI").is_none(), "no CPython with headers was found");
    all
}

/// Builds the library as a C user does. Cargo reports its path, and the build script's folder with the headers.
fn build_library(python: &Found) -> Library {
    let output = Command::new(env!("CARGO"))
        .args([
            "rustc",
            "--package=hpy-sys",
            "--profile=c-library",
            "--no-default-features",
            "--features=cpython,c-library",
        ])
        .args(["--crate-type=staticlib", "--message-format=json", "--quiet"])
        .current_dir(root())
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("c-library"))
        .env("PYO3_PYTHON", &python.path)
        .env("RUSTFLAGS", "-Dwarnings")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}: {}", python.name(), String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    // Each message is one line; that of the library names the kind `staticlib`.
    let text = |kind: &str, start: &str| {
        let line = said
            .lines()
            .find(|line| (line.contains("#hpy-sys@") || line.contains("/hpy-sys#")) && line.contains(kind))
            .unwrap();
        let from = line.find(start).unwrap() + start.len();
        PathBuf::from(&line[from..from + line[from..].find('"').unwrap()])
    };
    let archive = text("\"kind\":[\"staticlib\"]", "\"filenames\":[\"");
    Library { archive, include: text("build-script-executed", "\"out_dir\":\"").join("include") }
}

/// The sources of `tests/c_extensions`, each with the name of its module.
fn extensions() -> Vec<(String, PathBuf)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(root().join("tests/c_extensions")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|found| found == "c" || found == "cpp") {
            all.push((path.file_stem().unwrap().to_string_lossy().into_owned(), path));
        }
    }
    all.sort();
    all
}

fn is_cpp(source: &Path) -> bool {
    source.extension().is_some_and(|found| found == "cpp")
}

/// A compiler with the flags of an extension, for what it is written in.
fn compiler(source: &Path, standard: &str, library: &Library, python: &Path) -> Command {
    let mut command = Command::new(if is_cpp(source) { "c++" } else { "cc" });
    command.args(FLAGS).arg(format!("-std={standard}")).arg("-I").arg(&library.include);
    command.arg("-I").arg(python).arg(source);
    command
}

/// Runs a command that has to succeed, and returns its output.
fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn extensions_do_what_they_should() {
    let found = supported();
    let before = Path::new(env!("CARGO_TARGET_TMPDIR")).join("libhpy-of-another.a");
    for (index, (python, include)) in found.iter().enumerate() {
        let library = build_library(python);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("c-extensions").join(python.name());
        std::fs::create_dir_all(&folder).unwrap();
        for (name, source) in extensions() {
            let module = folder.join(format!("{name}{}", python.extension_suffix));
            let standard = if is_cpp(&source) { "c++11" } else { "c99" };
            succeed(
                compiler(&source, standard, &library, include).args(LINK).arg(&library.archive).arg("-o").arg(&module),
            );
            let script = root().join(format!("tests/c_extensions/test_{name}.py"));
            let run = root().join("tests/c_extensions/run.py");
            succeed(Command::new(&python.path).arg("-B").arg(run).arg(script).env("PYTHONPATH", &folder));
            exports_its_module_alone(&name, &module);
        }
        if index > 0 && found[index - 1].0.name() != python.name() {
            refuses_the_library_of_another_python(&library, &before, include);
        }
        std::fs::copy(&library.archive, &before).unwrap();
        if index == 0 || index + 1 == found.len() {
            compile_in_every_standard(&library, include);
        }
    }
    println!("{} extensions on {} CPythons", extensions().len(), found.len());
}

/// The extension exports its module alone, and contains no code of Rust's standard library.
#[cfg(target_os = "linux")]
fn exports_its_module_alone(name: &str, module: &Path) {
    // C++ templates export symbols of their own.
    if matches!(name, "speak" | "compat_cpp") || Command::new("nm").arg("--version").output().is_err() {
        return;
    }
    let exported =
        succeed(Command::new("nm").args(["--dynamic", "--defined-only", "--format=just-symbols"]).arg(module));
    assert_eq!(exported.trim(), format!("PyInit_{name}"));
    let all = succeed(Command::new("nm").args(["--format=just-symbols"]).arg(module));
    for symbol in all.lines() {
        assert!(!symbol.contains("panicking") && !symbol.contains("3std"), "{name} has {symbol}");
    }
}

#[cfg(not(target_os = "linux"))]
fn exports_its_module_alone(_: &str, _: &Path) {}

fn compile_in_every_standard(library: &Library, python: &Path) {
    for (_, source) in extensions() {
        let (standards, compilers) = match is_cpp(&source) {
            true => (["c++11", "c++17", "c++20"], ["c++", "clang++"]),
            false => (["c99", "c11", "c17"], ["cc", "clang"]),
        };
        for other in compilers {
            if Command::new(other).arg("--version").output().is_err() {
                assert!(std::env::var_os("CI").is_none(), "{other} is not installed");
                continue;
            }
            for standard in standards {
                let mut command = Command::new(other);
                command.args(FLAGS).arg(format!("-std={standard}")).arg("-I").arg(&library.include);
                command.arg("-I").arg(root().join("tests/quiet_python")).arg("-I").arg(python);
                succeed(command.args(WARNINGS).arg(&source));
            }
        }
    }
}

/// Headers for one Python and the library for another do not link.
fn refuses_the_library_of_another_python(library: &Library, archive: &Path, python: &Path) {
    let (_, source) = extensions().into_iter().find(|(name, _)| name == "quickstart").unwrap();
    let mut command = compiler(&source, "c99", library, python);
    let output = command.args(LINK).arg(archive).args(["-o", "/dev/null"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("_HPyModule_Init_cp3"), "{said}");
}
