// tests/c_headers.rs: the C headers compile without a warning, alone and together, in every standard, for every CPython
// whose headers are at hand, and refuse the headers of another one.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::generator::generate;
use common::generator::target::Target;
use common::{pythons, sources, target};

const WARNINGS: &[&str] = &["-Werror", "-Wall", "-Wextra", "-Wconversion", "-pedantic"];
const C: &[&str] = &["c99", "c11", "c17"];
const CPP: &[&str] = &["c++11", "c++17", "c++20"];

/// Writes the headers for a target, and gives their folder and the names of all.
fn write_headers(target: &Target) -> (PathBuf, Vec<String>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("headers").join(target.name().replace(' ', "-"));
    let outputs = generate(&sources(), &pythons(), target).unwrap_or_else(|problems| panic!("{problems}"));
    let mut names = Vec::new();
    for (path, text) in outputs.files {
        if let Some(name) = path.strip_prefix("include/") {
            let file = folder.join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
            names.push(name.to_owned());
        }
    }
    (folder, names)
}

/// The C compilers at hand: the system's own, and clang. In CI both have to be there.
fn compilers() -> Vec<&'static str> {
    let there: Vec<_> =
        ["cc", "clang"].into_iter().filter(|name| Command::new(name).arg("--version").output().is_ok()).collect();
    assert!(there.len() == 2 || std::env::var_os("CI").is_none(), "only {there:?} of cc and clang are installed");
    there
}

fn compile(compiler: &str, standard: &str, folder: &Path, python: &Path, source: &str) -> Result<(), String> {
    let language = if standard.starts_with("c++") { "c++" } else { "c" };
    // Two tests compile the same thing at the same time.
    let file = folder.join(format!("{compiler}-{standard}-{:x}.{language}", source.len()));
    std::fs::write(&file, source).unwrap();
    let output = Command::new(compiler)
        .args(WARNINGS)
        .args([&format!("-std={standard}"), "-x", language, "-fsyntax-only", "-I"])
        .arg(folder)
        .arg("-isystem")
        .arg(python)
        .arg(&file)
        .output()
        .unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

#[test]
fn headers_compile_alone_and_together() {
    let mut count = 0;
    let mut failed = String::new();
    for found in hpy_pythons::find_all() {
        let Some(include) = &found.include else { continue };
        let version = format!("{}.{}", found.version.major, found.version.minor).parse().unwrap();
        let target = Target { version, free_threaded: found.free_threaded, debug: found.debug, ..target("3.12") };
        if found.implementation != "CPython" || target.check(&pythons(), false).is_err() {
            continue;
        }
        count += 1;
        let (folder, names) = write_headers(&target);
        let together: String = names.iter().map(|name| format!("#include \"{name}\"\n")).collect();
        for compiler in compilers() {
            for standard in C.iter().chain(CPP) {
                let alone = names.iter().map(|name| format!("#include \"{name}\"\n"));
                // One standard of each language is enough for what is included alone.
                let alone = alone.filter(|_| ["c99", "c++11"].contains(standard));
                for source in alone.chain([together.clone()]) {
                    if let Err(said) = compile(compiler, standard, &folder, include, &source) {
                        failed
                            .push_str(&format!("{} with {compiler} -std={standard}:\n{source}{said}\n", target.name()));
                    }
                }
            }
        }
    }
    assert!(failed.is_empty(), "{failed}");
    assert!(count > 0 || std::env::var_os("CI").is_none(), "no CPython with headers was found");
    println!("headers of {count} CPythons");
}

#[test]
fn headers_of_another_python_are_refused() {
    for found in hpy_pythons::find_all() {
        let (Some(include), "CPython") = (&found.include, found.implementation.as_str()) else { continue };
        let other = if found.version.minor == 12 { "3.11" } else { "3.12" };
        let (folder, _) = write_headers(&target(other));
        let said = compile("cc", "c11", &folder, include, "#include \"hpy/cpython/functions.h\"\n").unwrap_err();
        let expected = format!(
            "these headers were generated for CPython {other}, and Python.h is another one: generate them again"
        );
        assert!(said.contains(&expected), "{said}");
    }
}
