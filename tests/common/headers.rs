// tests/common/headers.rs: the C headers for a target, and the compilers and Python headers of this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{pythons, sources, target};
use hpy_generator::generate;
use hpy_generator::target::Target;
use hpy_generator::target::abi::Abi;

/// Writes the headers for a target below a folder, and returns their folder and all names.
pub fn write_headers(target: &Target, below: &str) -> (PathBuf, Vec<String>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(below).join(target.name().replace(' ', "-"));
    let outputs =
        generate(&sources(), &pythons(), &Abi::CPython(target.clone())).unwrap_or_else(|problems| panic!("{problems}"));
    let mut names = Vec::new();
    for (path, text) in outputs.files {
        if let Some(name) = path.strip_prefix("include/") {
            let file = folder.join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            // Another test may be reading it.
            if std::fs::read_to_string(&file).ok().as_ref() != Some(&text) {
                std::fs::write(file, text).unwrap();
            }
            names.push(name.to_owned());
        }
    }
    (folder, names)
}

/// The C compilers of this machine: the system's own, and clang. CI needs both.
pub fn compilers() -> Vec<&'static str> {
    let there: Vec<_> =
        ["cc", "clang"].into_iter().filter(|name| Command::new(name).arg("--version").output().is_ok()).collect();
    assert!(there.len() == 2 || std::env::var_os("CI").is_none(), "only {there:?} of cc and clang are installed");
    there
}

/// A target of each CPython that is found with headers, and their folder.
pub fn found() -> Vec<(Target, PathBuf)> {
    let mut all = Vec::new();
    for found in hpy_pythons::find_all() {
        let version = format!("{}.{}", found.version.major, found.version.minor).parse().unwrap();
        let target = Target { version, free_threaded: found.free_threaded, debug: found.debug, ..target("3.12") };
        if let (Some(include), "CPython", Ok(())) =
            (found.include, found.implementation.as_str(), target.check(&pythons(), false))
        {
            all.push((target, include));
        }
    }
    assert!(!all.is_empty() || std::env::var_os("CI").is_none(), "no CPython with headers was found");
    all
}
