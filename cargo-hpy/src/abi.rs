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
        for (debug, free_threaded, flags) in hybrids {
            assert_eq!(Abi::Hybrid.suffix(Some(&python(debug, free_threaded))), format!(".hpy0-cp314{flags}.so"));
        }
    }
}
