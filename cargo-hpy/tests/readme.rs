// cargo-hpy/tests/readme.rs: the README's first extension, pasted as it is, is built by the README's command and imported; so is
// the same in safe Rust.

#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use common::{cargo_hpy, folder, python, root, run, skip};

/// The blocks of code in `language` that a test is said to build.
fn blocks<'a>(readme: &'a str, language: &str) -> Vec<&'a str> {
    let start = format!("<!-- A test builds this. -->\n```{language}\n");
    readme.split(&start).skip(1).map(|block| block.split("```").next().unwrap()).collect()
}

#[test]
fn the_first_extension_is_what_it_says() {
    let Some(python) = python() else { return skip("there is no supported Python with headers") };
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let here = folder("readme");
    let first = here.join("first");
    fs::create_dir_all(first.join("src")).unwrap();
    symlink(root(), here.join("hpy-sys")).unwrap();
    // The target folder is inside the repository, of whose workspace the crate is no member.
    let [manifest] = blocks(&readme, "toml")[..] else { panic!("several manifests") };
    fs::write(first.join("Cargo.toml"), format!("{manifest}\n[workspace]\n")).unwrap();
    fs::copy(root().join("Cargo.lock"), first.join("Cargo.lock")).unwrap();

    // The command that follows the extension, with the Python named, and Python's line with what it prints.
    let (_, session) = readme.split_once("In the crate's folder:\n\n```console\n$ cargo hpy build\n$ ").unwrap();
    let mut lines = session.lines();
    let (typed, printed) = (lines.next().unwrap(), lines.next().unwrap());
    let statement = typed.strip_prefix("PYTHONPATH=target/hpy python3 -c '").and_then(|line| line.strip_suffix('\''));
    let statement = statement.unwrap_or_else(|| panic!("{typed}"));

    let sources = blocks(&readme, "rust");
    assert_eq!(sources.len(), 2, "by HPy's functions, and in safe Rust");
    for source in sources {
        fs::write(first.join("src/lib.rs"), source).unwrap();
        let said = run(cargo_hpy(&["build", "--python", python.path.to_str().unwrap()])
            .current_dir(&first)
            .env("CARGO_TARGET_DIR", here.join("target")));
        assert!(!said.contains("warning"), "{said}");
        let import = |statement: &str| {
            let mut command = Command::new(&python.path);
            command.args(["-B", "-c", statement]).env("PYTHONPATH", here.join("target/hpy"));
            run(&mut command)
        };
        assert_eq!(import(statement).trim_end(), printed);
        import(SCRIPT);
    }
}

/// What both extensions promise.
const SCRIPT: &str = "\
import first
assert first.Point(3, 4).x == 3
for wrong, error in [('first.Point(float(\"inf\"), 0)', ValueError), ('first.Point(1)', TypeError), ('first.half(None)', TypeError)]:
    try:
        eval(wrong)
    except error:
        continue
    raise AssertionError(wrong)
";
