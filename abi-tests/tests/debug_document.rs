// abi-tests/tests/debug_document.rs: the demonstration of docs/debug.md prints what the document says.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use common::suite::MORE;
use common::{Reason, skipped};
use hpy_pythons::{Found, Tested, find_all, own_loader};
use libtest_mimic::{Arguments, Failed, Trial};

/// The scripts of the document, with what each does.
const SCRIPTS: &[(&str, &str)] =
    &[("leak.py", "mistakes.leak('x')"), ("closed.py", "mistakes.closed('x')"), ("node.py", "mistakes.Node(1, 2)")];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let found = find_all();
    let is_it = |python: &&Found| {
        python.implementation == "CPython" && python.version == MORE && !python.debug && !python.free_threaded
    };
    let name = "debug-document";
    let trial = match found.into_iter().find(|python| is_it(&python)) {
        Some(python) => Trial::test(name, move || compare(&python)),
        None => skipped(name, Reason::Interpreter(Tested::Run)),
    };
    libtest_mimic::run(&arguments, vec![trial]).exit_code()
}

fn compare(python: &Found) -> Result<(), Failed> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("debug-document");
    fs::create_dir_all(&folder)?;
    let interpreter =
        own_loader::prepare(python, "checked", &Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-loader"))?;
    fs::copy(build()?, folder.join("mistakes.hpy0.so"))?;
    fs::copy(root().join("sdk/src/stub.py"), folder.join("mistakes.py"))?;
    let document = fs::read_to_string(root().join("docs/debug.md"))?;
    for (script, code) in SCRIPTS {
        fs::write(folder.join(script), format!("import mistakes; {code}\n"))?;
        let mut run = Command::new(&interpreter);
        run.args(["-m", "hpy.debug", "--stack", "0", script]).current_dir(&folder).env_remove("HPY");
        let said = run.output()?;
        let said = without_addresses(&String::from_utf8_lossy(&said.stderr));
        let command = format!("$ python3 -m hpy.debug --stack 0 {script}\n");
        let (_, block) = document.split_once(&command).ok_or_else(|| format!("docs/debug.md has no `{command}`"))?;
        let shown = without_addresses(block.split("```").next().unwrap_or_default());
        if !said.starts_with(shown.trim_end()) {
            return Err(format!("docs/debug.md shows for {script}:\n{shown}\nand it prints:\n{said}").into());
        }
    }
    Ok(())
}

/// Handles differ from run to run.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split("0x");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "0x" + part.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

fn build() -> Result<PathBuf, Failed> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("abi-tests").join("universal");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package", "mistakes", "--no-default-features", "--features", "universal"]);
    cargo.arg("--target-dir").arg(&target).current_dir(root());
    common::for_python(&mut cargo, None);
    common::conclude(cargo)?;
    Ok(target.join("debug").join(format!("{}mistakes{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)))
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
