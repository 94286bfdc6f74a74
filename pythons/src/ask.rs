// pythons/src/ask.rs: runs an interpreter to describe itself.

use std::env;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::{Found, Version};

/// The script that describes the interpreter; every Python 3 can run it.
const QUESTION: &str = r#"
import json, os, platform, sys, sysconfig
include = sysconfig.get_paths()["include"]
print(json.dumps({
    "path": sys.executable,
    "implementation": platform.python_implementation(),
    "version": list(sys.version_info[:2]),
    "full_version": platform.python_version(),
    "debug": hasattr(sys, "gettotalrefcount"),
    "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "extension_suffix": sysconfig.get_config_var("EXT_SUFFIX") or "",
    "include": include if os.path.exists(os.path.join(include, "Python.h")) else None,
}))
"#;

#[derive(Deserialize)]
struct Answer {
    path: PathBuf,
    implementation: String,
    version: (u8, u8),
    full_version: String,
    debug: bool,
    free_threaded: bool,
    extension_suffix: String,
    include: Option<PathBuf>,
}

/// The variable with the number of seconds that an interpreter may take for its answer.
pub const LIMIT_VARIABLE: &str = "HPY_PYTHONS_LIMIT";

/// The default limit: ten times the time of a pyenv shim on a machine that is busy with builds.
const LIMIT: Duration = Duration::from_secs(20);

/// The reason why an interpreter is not used: the command, and its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    pub problem: String,
    /// Whether it gave no answer within the time limit. It was stopped then.
    pub silent: bool,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

/// Runs the interpreter at `path` to describe itself.
pub fn ask(path: &Path) -> Result<Found, Unusable> {
    let unusable = |problem| Unusable { problem, silent: false };
    // Isolated, so that no variable or file of the current folder changes the answer.
    let mut command = Command::new(path);
    command.args(["-I", "-c", QUESTION]);
    let limit = env::var(LIMIT_VARIABLE).ok().and_then(|seconds| seconds.parse().ok());
    let limit = limit.map_or(LIMIT, Duration::from_secs);
    let output = within(&mut command, limit)
        .map_err(|error| unusable(format!("cannot run `{}`: {error}", path.display())))?
        .ok_or_else(|| Unusable {
            problem: format!("`{}` gave no answer within {} seconds", path.display(), limit.as_secs()),
            silent: true,
        })?;
    let said = String::from_utf8_lossy(if output.status.success() { &output.stdout } else { &output.stderr });
    let answer: Answer = serde_json::from_str(&said).map_err(|_| {
        let said = if said.trim().is_empty() { "nothing" } else { &*said };
        unusable(format!("`{}` is no Python 3: {}, and it printed: {said}", path.display(), output.status))
    })?;
    Ok(Found {
        path: answer.path,
        implementation: answer.implementation,
        version: Version { major: answer.version.0, minor: answer.version.1 },
        full_version: answer.full_version,
        debug: answer.debug,
        free_threaded: answer.free_threaded,
        extension_suffix: answer.extension_suffix,
        include: answer.include,
    })
}

/// Runs a command to its end, or stops it when it takes longer than `limit`: `None`.
fn within(command: &mut Command, limit: Duration) -> io::Result<Option<Output>> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (sender, receiver) = mpsc::channel();
    let readers = [child.stdout.take().map(reader), child.stderr.take().map(reader)];
    for (index, reader) in readers.into_iter().enumerate() {
        let sender = sender.clone();
        // Not joined: a process that the child has left behind may keep the pipe open.
        thread::spawn(move || sender.send((index, reader.map(read).unwrap_or_default())));
    }
    let end = Instant::now() + limit;
    let mut output = [Vec::new(), Vec::new()];
    for _ in 0..output.len() {
        match receiver.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok((index, text)) => output[index] = text,
            Err(_) => {
                child.kill()?;
                child.wait()?;
                return Ok(None);
            }
        }
    }
    // The process has closed its streams, so it ends soon; the limit is for one that does not.
    while Instant::now() < end {
        if let Some(status) = child.try_wait()? {
            let [stdout, stderr] = output;
            return Ok(Some(Output { status, stdout, stderr }));
        }
        thread::sleep(Duration::from_millis(1));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

fn reader(stream: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    Box::new(stream)
}

fn read(mut stream: Box<dyn Read + Send>) -> Vec<u8> {
    let mut text = Vec::new();
    let _ = stream.read_to_end(&mut text);
    text
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_command_ends_in_time_or_is_stopped() {
        let shell = |script: &str, limit: Duration| {
            let mut command = Command::new("sh");
            let output = within(command.args(["-c", script]), limit).unwrap();
            output.map(|output| (output.status.code(), String::from_utf8(output.stdout).unwrap()))
        };
        let (long, short) = (Duration::from_secs(60), Duration::from_millis(200));
        assert_eq!(shell("echo here; exit 3", long), Some((Some(3), "here\n".to_owned())));
        for script in ["sleep 30", "exec sleep 30 >/dev/null 2>&1", "sleep 30 & echo left behind"] {
            let started = Instant::now();
            assert_eq!(shell(script, short), None, "{script}");
            assert!(started.elapsed() < Duration::from_secs(20), "{script}");
        }
    }
}
