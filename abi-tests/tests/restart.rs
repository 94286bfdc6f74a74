// abi-tests/tests/restart.rs: a program that starts and ends Python several times, with the families and the examples
// loaded: in the main interpreter, and in others with the same lock and with their own. Nothing outlives its interpreter.
//
// Beside those of `in_full` an interpreter costs half a minute, most of it for the build of the examples.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

use common::suite::{MORE, in_full};
use common::{Abi, Reason, build, c, conclude, for_python, python, skipped};
use hpy_pythons::{Found, Version};
use libtest_mimic::{Arguments, Failed, Trial};

/// How often the program starts Python.
const ROUNDS: usize = 4;
/// The modules of the examples, and their packages.
const EXAMPLES: &[(&str, &str)] =
    &[("quickstart", "quickstart"), ("hpy_json", "json-decoder"), ("tally", "tally"), ("c_extension", "c-extension")];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let found = hpy_pythons::find_all();
    let expected = hpy_pythons::known().pythons;
    let pythons = expected
        .iter()
        .filter_map(|expected| hpy_pythons::find(expected, &found))
        .filter(|python| cfg!(target_os = "linux") && in_full(python));
    let trials = pythons.flat_map(trials).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trials(python: &Found) -> Vec<Trial> {
    let name = python.name();
    let trial = |name: String, language: &'static str, valgrind: bool| {
        let python = python.clone();
        Trial::test(name.clone(), move || restart(&python, language, valgrind))
    };
    let mut trials = vec![trial(name.clone(), "rust", false)];
    if python.include.is_some() {
        trials.push(trial(format!("c-{name}"), "c", false));
    }
    if python.version == MORE && !python.debug {
        let name = format!("{name}-valgrind");
        trials.push(match Command::new("valgrind").arg("--version").output() {
            Ok(_) => trial(name, "rust", true),
            Err(_) => skipped(&name, Reason::Missing("valgrind")),
        });
    }
    trials
}

/// Runs the program, and counts what goes.
fn restart(found: &Found, language: &str, valgrind: bool) -> Result<(), Failed> {
    let library = match language {
        "rust" => build("build", "dev", &found.name(), |cargo| cargo.env("PYO3_PYTHON", &found.path))?,
        _ => c::build(Abi::Cpython(found))?,
    };
    let prefixes = {
        let mut ask = Command::new(&found.path);
        ask.args(["-c", "import sys; print(sys.base_prefix, sys.base_exec_prefix, sep=':', end='')"]);
        conclude(ask)?
    };
    let restart = python(&found.path, "restart.py");
    let script = restart.get_args().nth(1).ok_or("there is no script")?.to_owned();
    let mut program = if valgrind {
        let suppressions = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/valgrind.supp");
        let mut program = Command::new("valgrind");
        program.args(["--error-exitcode=3", "--num-callers=40", "--leak-check=no"]);
        program.arg(format!("--suppressions={}", suppressions.display())).arg(&found.path);
        program.env("PYTHONMALLOC", "malloc");
        program
    } else {
        let mut program = Command::new(&found.path);
        program.env("PYTHONMALLOC", "debug");
        program
    };
    program
        .env("HPY_ABI_TESTS", &library)
        .env("HPY_ABI_TESTS_LANGUAGE", language)
        .env("HPY_EXAMPLES", examples(found)?)
        .env("HPY_RESTART", script)
        .env("PYTHONHOME", prefixes)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env_remove("PYTHONPATH")
        .env("LD_PRELOAD", preloaded()?);
    let said = conclude(program)?;
    let count = |line: &str| said.lines().filter(|found| *found == line).count();
    let at_least = |line: &str, rounds: usize| match count(line) {
        gone if gone >= rounds => Ok(()),
        gone => Err(Failed::from(format!("`{line}` went {gone} times, and not {rounds}:\n{said}"))),
    };
    // The values of the main interpreter and of one that shares its lock.
    at_least("global", 2 * ROUNDS)?;
    at_least("other", 2 * ROUNDS)?;
    // A subinterpreter of CPython 3.9 ends without a collection, and keeps cycles.
    let collected = if found.version > (Version { major: 3, minor: 9 }) { 2 * ROUNDS } else { ROUNDS };
    at_least("field", collected)?;
    at_least("module", collected)?;
    let mixed_up = found.version == MORE && !valgrind;
    at_least("own lock", if found.version >= MORE && !mixed_up { ROUNDS } else { 0 })
}

/// The example modules: `name=path, ...`.
fn examples(found: &Found) -> Result<String, Failed> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("abi-tests").join(found.name());
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet"]).args(EXAMPLES.iter().map(|(_, package)| format!("--package={package}")));
    cargo.arg("--target-dir").arg(&target).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    for_python(&mut cargo, Some(found));
    conclude(cargo)?;
    let path = |name: &str| format!("{name}={}", target.join("debug").join(format!("lib{name}.so")).display());
    Ok(EXAMPLES.iter().map(|(name, _)| path(name)).collect::<Vec<_>>().join(","))
}

/// The program, as a library that is loaded before the interpreter's own.
fn preloaded() -> Result<PathBuf, Failed> {
    static BUILT: OnceLock<Result<PathBuf, Failed>> = OnceLock::new();
    let build = || {
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("restart.so");
        let mut compiler = Command::new("cc");
        compiler.args(["-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o"]).arg(&library);
        compiler.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("embed/restart.c")).arg("-ldl");
        conclude(compiler)?;
        Ok(library)
    };
    BUILT.get_or_init(build).clone()
}
