// cargo-hpy/src/abi.rs: the ABIs of an extension, and the names of its files in each.

use clap::ValueEnum;
use hpy_generator::target::abi::NAMES;
use hpy_pythons::{Found, module_suffix};

/// The ABI that a module is built for, in the order of the generator's names, which are those of the features of hpy-sys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Abi {
    /// One CPython, whose C API each call is
    Cpython,
    /// Every interpreter that can load HPy's universal ABI: one file for all of them
    Universal,
    /// As universal, with legacy code beside it that uses the C API of one CPython
    Hybrid,
}

impl Abi {
    pub const ALL: [Abi; 3] = [Abi::Cpython, Abi::Universal, Abi::Hybrid];

    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    pub fn needs_python(self) -> bool {
        self != Abi::Universal
    }

    /// The prefix of the module's entry function, before the module's own name.
    pub fn entry(self) -> &'static str {
        match self {
            Abi::Cpython => "PyInit_",
            Abi::Universal | Abi::Hybrid => "HPyInit_",
        }
    }

    /// The flag that C sources are compiled with.
    pub fn define(self) -> String {
        format!("-DHPY_ABI_{}", self.name().to_uppercase())
    }

    /// The end of a module's file name, after the module's own name: `.hpy0.so`. `python` is the one that the module is for,
    /// if any.
    pub fn suffix(self, python: Option<&Found>) -> String {
        match (self, python) {
            (Abi::Cpython, Some(python)) => python.extension_suffix.clone(),
            (Abi::Hybrid, python) => module_suffix(python),
            _ => module_suffix(None),
        }
    }

    /// The same for a module that another platform loads, which the target triple names.
    ///
    /// A native module's is as CPython is built by default there: `.cpython-312-aarch64-linux-musl.so`.
    pub fn suffix_elsewhere(self, python: Option<&Found>, triple: &str) -> String {
        let is_windows = triple.contains("-windows-");
        let (extension, number) = (if is_windows { "pyd" } else { "so" }, python.map(number));
        match (self, number) {
            (Abi::Cpython, Some(number)) if is_windows => format!(".cp{number}-{}.pyd", windows_platform(triple)),
            (Abi::Cpython, Some(number)) => format!(".cpython-{number}-{}.so", multiarch(triple)),
            (Abi::Hybrid, Some(number)) => format!(".hpy0-cp{number}.{extension}"),
            _ => format!(".hpy0.{extension}"),
        }
    }
}

/// The version of an interpreter as file names have it: `312`, `314t`, `314d`.
fn number(python: &Found) -> String {
    let flags = [(python.free_threaded, "t"), (python.debug, "d")];
    let flags: String = flags.into_iter().filter(|(is, _)| *is).map(|(_, flag)| flag).collect();
    format!("{}{}{flags}", python.version.major, python.version.minor)
}

fn windows_platform(triple: &str) -> &'static str {
    match triple.split('-').next() {
        Some("x86_64") => "win_amd64",
        Some("aarch64") => "win_arm64",
        _ => "win32",
    }
}

/// CPython's name of a platform: the triple without its vendor, or `darwin`.
fn multiarch(triple: &str) -> String {
    let parts: Vec<_> = triple.split('-').collect();
    match parts.as_slice() {
        [_, "apple", ..] => "darwin".to_owned(),
        [machine, _, system, library] => {
            let machine = match *machine {
                "i586" | "i686" => "i386",
                "armv7" => "arm",
                "powerpc64le" => "powerpc64le",
                "riscv64gc" => "riscv64",
                other => other,
            };
            format!("{machine}-{system}-{library}")
        }
        _ => triple.to_owned(),
    }
}

#[cfg(all(test, not(windows)))]
mod tests {
    use hpy_pythons::Version;

    use super::*;

    #[test]
    fn files_are_named_for_what_they_are_built_for() {
        let python = |debug, free_threaded| Found {
            path: "python3".into(),
            implementation: "CPython".to_owned(),
            version: Version { major: 3, minor: 14 },
            full_version: "3.14.0".to_owned(),
            debug,
            free_threaded,
            extension_suffix: ".cpython-314-x86_64-linux-gnu.so".to_owned(),
            include: None,
        };
        let usual = python(false, false);
        assert_eq!(Abi::Cpython.suffix(Some(&usual)), ".cpython-314-x86_64-linux-gnu.so");
        assert_eq!(Abi::Universal.suffix(None), ".hpy0.so");
        let hybrids = [(false, false, ""), (true, false, "d"), (false, true, "t"), (true, true, "td")];
        let elsewhere = [
            ("x86_64-unknown-linux-gnu", ".cpython-314-x86_64-linux-gnu.so"),
            ("aarch64-unknown-linux-musl", ".cpython-314-aarch64-linux-musl.so"),
            ("armv7-unknown-linux-gnueabihf", ".cpython-314-arm-linux-gnueabihf.so"),
            ("aarch64-apple-darwin", ".cpython-314-darwin.so"),
            ("x86_64-pc-windows-msvc", ".cp314-win_amd64.pyd"),
        ];
        for (triple, suffix) in elsewhere {
            assert_eq!(Abi::Cpython.suffix_elsewhere(Some(&usual), triple), suffix);
        }
        assert_eq!(Abi::Universal.suffix_elsewhere(None, "x86_64-pc-windows-msvc"), ".hpy0.pyd");
        for (debug, free_threaded, flags) in hybrids {
            assert_eq!(Abi::Hybrid.suffix(Some(&python(debug, free_threaded))), format!(".hpy0-cp314{flags}.so"));
        }
    }
}
