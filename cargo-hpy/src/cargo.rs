// cargo-hpy/src/cargo.rs: runs `cargo build` and reads what it reports.

use std::collections::HashMap;
use std::env;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use hpy_pythons::Found;
use serde::Deserialize;

use crate::built_for;
use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::python::PYTHON_VARIABLE;

/// Variables with which the pyo3 crates would build for another Python than PYO3_PYTHON says.
pub const OTHER_VARIABLES: [&str; 6] = [
    "PYO3_CONFIG_FILE",
    "PYO3_NO_PYTHON",
    "PYO3_CROSS",
    "PYO3_CROSS_LIB_DIR",
    "PYO3_CROSS_PYTHON_VERSION",
    "PYO3_CROSS_PYTHON_IMPLEMENTATION",
];

/// The remedy for a missing C compiler, which is the linker too.
const INSTALL_COMPILER: &str = "install a C compiler: apt install gcc (Debian, Ubuntu), dnf install gcc (Fedora), apk \
                                add build-base (Alpine), xcode-select --install (macOS)";

/// A library that extensions can be made of or linked with, as cargo has built it.
#[derive(Debug, PartialEq, Eq)]
pub struct Built {
    /// The name of the library, which is that of the Python module.
    pub name: String,
    pub file: PathBuf,
    /// The `OUT_DIR` of its package's build script.
    pub out_dir: Option<PathBuf>,
}

/// One line that cargo reports.
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Report {
    BuildScriptExecuted {
        package_id: String,
        out_dir: PathBuf,
    },
    CompilerArtifact {
        package_id: String,
        target: Target,
        filenames: Vec<PathBuf>,
    },
    CompilerMessage {
        message: Diagnostic,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

impl Target {
    /// The file extensions of a library for extensions, if it is one.
    fn extensions(&self) -> Option<&'static [&'static str]> {
        let of = |kind: &str| self.kind.iter().any(|found| found == kind);
        match (of("cdylib"), of("staticlib")) {
            // As any platform names it.
            (true, _) => Some(&["so", "dylib", "dll"]),
            (false, true) => Some(&["a", "lib"]),
            (false, false) => None,
        }
    }
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    message: String,
    rendered: Option<String>,
}

/// The result of a build.
#[derive(Default)]
struct Outcome {
    built: Vec<Built>,
    /// The `OUT_DIR` of each package's build script.
    out_dirs: HashMap<String, PathBuf>,
    /// The errors of the compiler, as rustc would show them.
    errors: Vec<String>,
    /// Its warnings, which a build that succeeds has too.
    warnings: Vec<String>,
    missing_linker: Option<String>,
}

/// The cargo that called this command, or else the one in PATH.
pub fn program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// A `cargo subcommand` in `folder` that builds for no Python.
pub fn command(folder: &Path, subcommand: &str) -> Command {
    let mut command = Command::new(program());
    command.current_dir(folder).arg(subcommand);
    for (variable, flags) in without_lto(env::vars_os()) {
        command.env(variable, flags);
    }
    command
}

/// The variables whose C flags would make objects that rustc cannot read, with corrected values.
///
/// With `-flto` an object holds the compiler's own intermediate code. A linker without that compiler's plugin sees an empty
/// object, and rustc, which puts objects into libraries, has no plugin.
fn without_lto(variables: impl Iterator<Item = (OsString, OsString)>) -> Vec<(OsString, OsString)> {
    let of_c = |name: &str| name.contains("CFLAGS") || name.contains("CXXFLAGS");
    let asks = |flags: &str| flags.split_whitespace().any(|flag| flag == "-flto" || flag.starts_with("-flto="));
    variables
        .filter(|(name, flags)| name.to_str().is_some_and(of_c) && flags.to_str().is_some_and(asks))
        .map(|(name, mut flags)| {
            flags.push(" -fno-lto");
            (name, flags)
        })
        .collect()
}

/// A `cargo subcommand` in `folder` that builds for `python`.
pub fn for_python(folder: &Path, subcommand: &str, python: &Found) -> Command {
    let mut command = command(folder, subcommand);
    command.env(PYTHON_VARIABLE, &python.path);
    // Leave Python's symbols to the interpreter, even if the crate lacks the feature `extension-module`: a static libpython
    // would become a second Python inside the module. On macOS the linker needs a flag for that.
    if !cfg!(target_vendor = "apple") {
        command.env("PYO3_BUILD_EXTENSION_MODULE", "1");
    }
    for variable in OTHER_VARIABLES {
        command.env_remove(variable);
    }
    command
}

/// The same for a Python of this version on another platform, which cannot be run here.
pub fn for_python_elsewhere(folder: &Path, subcommand: &str, python: &Found) -> Command {
    let mut command = for_python(folder, subcommand, python);
    let lock = if python.free_threaded { "t" } else { "" };
    command.env_remove(PYTHON_VARIABLE).env("PYO3_CROSS", "1");
    command.env("PYO3_CROSS_PYTHON_VERSION", format!("{}{lock}", python.version));
    command
}

/// Runs `command`, a `cargo build` for `python`, and returns the libraries for extensions that it has built.
///
/// The returned error contains the compiler's errors; the progress shows only the current step.
pub fn build(mut command: Command, python: Option<&Found>, progress: &Progress) -> Result<Vec<Built>> {
    command.arg("--message-format=json").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| cannot_run(&error))?;
    let reports = BufReader::new(child.stdout.take().expect("the output is a pipe"));
    let status_lines = BufReader::new(child.stderr.take().expect("the output is a pipe"));
    let (outcome, said) = thread::scope(|scope| {
        let said = scope.spawn(|| show_status(status_lines, progress));
        (read_reports(reports), said.join().expect("showing the progress does not panic"))
    });
    let status = child.wait().map_err(|error| cannot_run(&error))?;
    for warning in &outcome.warnings {
        progress.say(warning.trim_end());
    }
    if !status.success() {
        return Err(failure(&outcome, &said));
    }
    if let Some(python) = python {
        built_for::check(outcome.out_dirs.values(), python)?;
    }
    Ok(outcome.built)
}

/// Shows cargo's own lines, `Compiling ...`, and returns those of an error.
fn show_status(lines: impl BufRead, progress: &Progress) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for line in lines.lines().map_while(io::Result::ok) {
        if !said.is_empty() || line.starts_with("error") {
            said.push(line);
        } else if line.starts_with("warning") {
            progress.say(&line);
        } else {
            progress.step(line.trim());
        }
    }
    said
}

fn read_reports(lines: impl BufRead) -> Outcome {
    let mut outcome = Outcome::default();
    for line in lines.lines().map_while(io::Result::ok) {
        match serde_json::from_str(&line) {
            Ok(Report::BuildScriptExecuted { package_id, out_dir }) => {
                outcome.out_dirs.insert(package_id, out_dir);
            }
            Ok(Report::CompilerArtifact { package_id, target, filenames }) => {
                let Some(extensions) = target.extensions() else { continue };
                let library =
                    |file: &PathBuf| file.extension().is_some_and(|found| extensions.iter().any(|e| found == *e));
                let out_dir = outcome.out_dirs.get(&package_id).cloned();
                let file = filenames.into_iter().find(library);
                outcome.built.extend(file.map(|file| Built { name: target.name, file, out_dir }));
            }
            Ok(Report::CompilerMessage { message }) if message.level.starts_with("error") => {
                outcome.missing_linker = outcome.missing_linker.or_else(|| missing_linker(&message.message));
                outcome.errors.push(message.rendered.unwrap_or(message.message));
            }
            Ok(Report::CompilerMessage { message }) if message.level == "warning" => {
                outcome.warnings.extend(message.rendered);
            }
            _ => {}
        }
    }
    outcome
}

/// The linker that rustc's message reports as missing.
fn missing_linker(message: &str) -> Option<String> {
    let name = message.strip_prefix("linker `")?.strip_suffix("` not found")?;
    Some(name.to_owned())
}

fn failure(outcome: &Outcome, said: &[String]) -> Error {
    if let Some(linker) = &outcome.missing_linker {
        return Error::new(
            format!("the linker `{linker}` was not found, which Rust needs to make a library"),
            INSTALL_COMPILER,
        );
    }
    let errors = match outcome.errors.as_slice() {
        [] => said_by_build_script(said).unwrap_or_else(|| said.join("\n")),
        errors => errors.join("\n"),
    };
    Error::new(
        format!("the build failed:\n\n{}\n", errors.trim_end()),
        "solve what the compiler says, and type the same command again",
    )
}

/// The error of a build script, without cargo's lines around it, if it begins with `error: `.
fn said_by_build_script(said: &[String]) -> Option<String> {
    let start = said.iter().position(|line| line.trim() == "--- stderr")? + 1;
    // Cargo's own lines follow, without indentation.
    let lines: Vec<_> = said[start..].iter().map_while(|line| line.strip_prefix("  ")).collect();
    lines.first()?.starts_with("error: ").then(|| lines.join("\n"))
}

pub fn cannot_run(error: &io::Error) -> Error {
    Error::new(
        format!("cannot run {}: {error}", program().to_string_lossy()),
        "install Rust with https://rustup.rs, so that `cargo --version` works",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_is_compiled_without_lto() {
        let changed = |name: &str, flags: &str| {
            without_lto([(name.into(), flags.into())].into_iter()).pop().map(|(_, flags)| flags.into_string().unwrap())
        };
        assert_eq!(changed("CFLAGS", "-O2 -flto=auto -g").as_deref(), Some("-O2 -flto=auto -g -fno-lto"));
        assert_eq!(changed("CXXFLAGS_x86_64-unknown-linux-gnu", "-flto").as_deref(), Some("-flto -fno-lto"));
        assert_eq!(changed("CFLAGS", "-O2 -fltoned"), None);
        assert_eq!(changed("LDFLAGS", "-flto"), None);
    }

    #[test]
    fn the_extension_is_found_among_the_reports() {
        let file = format!("/t/libquickstart{}", env::consts::DLL_SUFFIX);
        let lines = format!(
            "{{\"reason\":\"compiler-artifact\",\"package_id\":\"s\",\"target\":{{\"name\":\"serde\",\"kind\":[\"lib\"]}},\"filenames\":[\"/t/libserde.rlib\"]}}\n\
             {{\"reason\":\"compiler-artifact\",\"package_id\":\"q\",\"target\":{{\"name\":\"quickstart\",\"kind\":[\"cdylib\"]}},\"filenames\":[\"/t/quickstart.lib\",\"{file}\"]}}\n\
             {{\"reason\":\"build-finished\",\"success\":true}}\n"
        );
        let outcome = read_reports(lines.as_bytes());
        assert_eq!(outcome.built, [Built { name: "quickstart".to_owned(), file: file.into(), out_dir: None }]);
        assert!(outcome.errors.is_empty());
    }

    #[test]
    fn a_static_library_is_found_with_the_folder_of_its_build_script() {
        let lines = r#"{"reason":"build-script-executed","package_id":"h","linked_libs":[],"out_dir":"/t/h-1/out"}
            {"reason":"build-script-executed","package_id":"other","linked_libs":[],"out_dir":"/t/other-1/out"}
            {"reason":"compiler-artifact","package_id":"h","target":{"name":"hpy_sys","kind":["staticlib"]},"filenames":["/t/libhpy_sys.a"]}"#;
        let expected =
            Built { name: "hpy_sys".to_owned(), file: "/t/libhpy_sys.a".into(), out_dir: Some("/t/h-1/out".into()) };
        assert_eq!(read_reports(lines.as_bytes()).built, [expected]);
    }

    #[test]
    fn a_missing_linker_is_told_from_other_errors() {
        let line = r#"{"reason":"compiler-message","message":{"level":"error","message":"linker `cc` not found","rendered":"error: linker `cc` not found\n"}}"#;
        let error = failure(&read_reports(line.as_bytes()), &[]);
        assert_eq!(
            error.to_string(),
            "error: the linker `cc` was not found, which Rust needs to make a library\n  \
             = help: install a C compiler: apt install gcc (Debian, Ubuntu), dnf install gcc (Fedora), apk add \
             build-base (Alpine), xcode-select --install (macOS)"
        );
    }

    #[test]
    fn the_compilers_errors_are_shown() {
        let line = r#"{"reason":"compiler-message","message":{"level":"error","message":"no","rendered":"error: no\n --> a.rs:1:2\n"}}"#;
        let error = failure(&read_reports(line.as_bytes()), &["error: could not compile `a`".to_owned()]);
        assert_eq!(
            error.to_string(),
            "error: the build failed:\n\nerror: no\n --> a.rs:1:2\n\n  \
             = help: solve what the compiler says, and type the same command again"
        );
    }

    #[test]
    fn of_a_build_script_only_its_error_is_shown() {
        let said =
            ["error: failed to run custom build command for `a`", "", "Caused by:", "  --- stdout", "  cargo:x=y"];
        let error = ["", "  --- stderr", "  error: no", "    = help: do", "warning: waiting for other jobs"];
        let said: Vec<_> = said.into_iter().chain(error).map(str::to_owned).collect();
        let text = failure(&Outcome::default(), &said).to_string();
        assert!(text.starts_with("error: the build failed:\n\nerror: no\n  = help: do\n\n  = help: solve "), "{text}");
    }

    #[test]
    fn without_compiler_errors_cargos_own_are_shown() {
        let error = failure(&Outcome::default(), &["error: failed to run custom build command for `a`".to_owned()]);
        assert!(error.to_string().contains("error: failed to run custom build command for `a`"));
    }
}
