// cargo-hpy/src/cargo.rs: runs `cargo build` and reads what it reports.

use std::env;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::progress::Progress;

/// A library that extensions can be made of, as cargo has built it.
#[derive(Debug, PartialEq, Eq)]
pub struct Built {
    /// The name of the library, which is that of the Python module.
    pub name: String,
    pub file: PathBuf,
}

/// One line that cargo reports.
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Report {
    CompilerArtifact {
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

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    message: String,
    rendered: Option<String>,
}

/// What is known of a build when it ends.
#[derive(Default)]
struct Outcome {
    built: Vec<Built>,
    /// The errors of the compiler, as rustc would show them.
    errors: Vec<String>,
    missing_linker: Option<String>,
}

/// The cargo that called this command, or else the one in PATH.
pub fn program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Runs `command`, which is a `cargo build`, and gives the extension libraries it has built.
///
/// Compiler errors are part of the error that is returned; the progress shows only what goes on.
pub fn build(mut command: Command, progress: &Progress) -> Result<Vec<Built>> {
    command.arg("--message-format=json").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| cannot_run(&error))?;
    let reports = BufReader::new(child.stdout.take().expect("the output is a pipe"));
    let status_lines = BufReader::new(child.stderr.take().expect("the output is a pipe"));
    let (outcome, said) = thread::scope(|scope| {
        let said = scope.spawn(|| show_status(status_lines, progress));
        (read_reports(reports), said.join().expect("showing the progress does not panic"))
    });
    let status = child.wait().map_err(|error| cannot_run(&error))?;
    if status.success() { Ok(outcome.built) } else { Err(failure(&outcome, &said)) }
}

/// Shows cargo's own lines, `Compiling ...`, and gives those that tell of an error.
fn show_status(lines: impl BufRead, progress: &Progress) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for line in lines.lines().map_while(io::Result::ok) {
        if !said.is_empty() || line.starts_with("error") {
            said.push(line);
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
            Ok(Report::CompilerArtifact { target, filenames }) if target.kind.iter().any(|kind| kind == "cdylib") => {
                let library =
                    |file: &PathBuf| file.extension().is_some_and(|found| found == env::consts::DLL_EXTENSION);
                let file = filenames.into_iter().find(library);
                outcome.built.extend(file.map(|file| Built { name: target.name, file }));
            }
            Ok(Report::CompilerMessage { message }) if message.level.starts_with("error") => {
                outcome.missing_linker = outcome.missing_linker.or_else(|| missing_linker(&message.message));
                outcome.errors.push(message.rendered.unwrap_or(message.message));
            }
            _ => {}
        }
    }
    outcome
}

/// The linker in rustc's message that there is none.
fn missing_linker(message: &str) -> Option<String> {
    let name = message.strip_prefix("linker `")?.strip_suffix("` not found")?;
    Some(name.to_owned())
}

fn failure(outcome: &Outcome, said: &[String]) -> Error {
    if let Some(linker) = &outcome.missing_linker {
        return Error::new(
            format!("the linker `{linker}` was not found, which Rust needs to make a library"),
            "install a C compiler: apt install gcc (Debian, Ubuntu), dnf install gcc (Fedora), apk add build-base \
             (Alpine), xcode-select --install (macOS)",
        );
    }
    let errors = if outcome.errors.is_empty() { said.join("\n") } else { outcome.errors.join("\n") };
    Error::new(
        format!("the build failed:\n\n{}\n", errors.trim_end()),
        "solve what the compiler says, and type the same command again",
    )
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
    fn the_extension_is_found_among_the_reports() {
        let file = format!("/t/libquickstart{}", env::consts::DLL_SUFFIX);
        let lines = format!(
            "{{\"reason\":\"compiler-artifact\",\"target\":{{\"name\":\"serde\",\"kind\":[\"lib\"]}},\"filenames\":[\"/t/libserde.rlib\"]}}\n\
             {{\"reason\":\"compiler-artifact\",\"target\":{{\"name\":\"quickstart\",\"kind\":[\"cdylib\"]}},\"filenames\":[\"/t/quickstart.lib\",\"{file}\"]}}\n\
             {{\"reason\":\"build-finished\",\"success\":true}}\n"
        );
        let outcome = read_reports(lines.as_bytes());
        assert_eq!(outcome.built, [Built { name: "quickstart".to_owned(), file: file.into() }]);
        assert!(outcome.errors.is_empty());
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
    fn without_compiler_errors_cargos_own_are_shown() {
        let error = failure(&Outcome::default(), &["error: failed to run custom build command for `a`".to_owned()]);
        assert!(error.to_string().contains("error: failed to run custom build command for `a`"));
    }
}
