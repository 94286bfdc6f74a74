// abi-tests/tests/example_in_c.rs: the three sources of examples/lru, which are one extension, pass the same tests.

mod common;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use common::suite::MORE;
use common::{Abi, Reason, c, conclude, skipped};
use hpy_pythons::{Found, Tested, find, find_all, known, own_loader};
use libtest_mimic::{Arguments, Failed, Trial};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/lru");

/// How the extension is made.
#[derive(Clone, Copy)]
enum Way {
    /// For CPython's API.
    CApi,
    /// Of a source of the example, for the native ABI.
    Native(&'static str),
    /// For the universal ABI, in debug mode of this project's loader.
    Universal,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let (found, known) = (find_all(), known());
    let limits = [known.limits.minimum, MORE, known.limits.maximum];
    let mut trials = Vec::new();
    for kind in known.pythons.iter().filter(|kind| !kind.free_threaded && limits.contains(&kind.version)) {
        let ways = [
            ("capi", Way::CApi),
            ("legacy", Way::Native("legacy/lru.c")),
            ("native", Way::Native("lru.c")),
            ("universal", Way::Universal),
        ];
        for (name, way) in ways {
            let name = format!("{}-{name}", kind.name());
            trials.push(match find(kind, &found).cloned() {
                Some(python) => Trial::test(name, move || run(&python, way)),
                None => skipped(&name, Reason::Interpreter(Tested::Run)),
            });
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn run(python: &Found, way: Way) -> Result<(), Failed> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut interpreter = python.path.clone();
    let source = |file: &str| Path::new(EXAMPLE).join(file);
    let place = |way: &str| target.join("example-in-c").join(format!("{}-{way}", python.name()));
    let native = format!("lru{}", python.extension_suffix);
    let made: PathBuf = match way {
        Way::CApi => c::build_extension(python, &source("capi/lru.c"))?,
        Way::Native(file) => {
            let made = place(&file.replace('/', "-")).join(native);
            c::build_module(Abi::Cpython(python), &source(file), &made)?;
            made
        }
        Way::Universal => {
            interpreter = own_loader::prepare(python, "checked", &target.join("own-loader"))?;
            let made = place("universal").join("lru.hpy0.so");
            c::build_module(Abi::Universal, &source("lru.c"), &made)?;
            fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../sdk/src/stub.py"), made.with_file_name("lru.py"))?;
            made
        }
    };
    let mut tests = Command::new(interpreter);
    tests.arg("-s").arg(source("tests/test_lru.py")).env("PYTHONPATH", made.parent().ok_or("it has a folder")?);
    tests.env("PYTHONDONTWRITEBYTECODE", "1").env("HPY", "debug");
    conclude(tests).map(drop)
}
