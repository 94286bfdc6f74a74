// cargo-hpy/src/bench/modes.rs: the tools that the measured module is written with, under the names that users type.

use serde::{Serialize, Serializer};

use crate::abi::Abi;
use crate::error::{Error, Result};

/// One way to write, or to build, the measured module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    Capi,
    Pyo3Ffi,
    NativeC,
    Native,
    UniversalC,
    Universal,
    UniversalCByHpy09,
    UniversalByHpy09,
    Hpy09,
    Hpy09Universal,
    Hpy09UniversalByHpy09,
    Pyo3,
    Nanobind,
    Cython,
    Pybind11,
    Cffi,
}

/// What loads a module of the universal ABI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loader {
    /// This project's, for every CPython.
    Own,
    /// That of HPy 0.9.0.
    Hpy09,
}

/// All modes, in the order of the columns, with their name and what they are.
const ALL: &[(Mode, &str, &str)] = &[
    (Mode::Capi, "capi", "CPython's API in C, written by hand: what the others are compared with"),
    (Mode::Pyo3Ffi, "pyo3-ffi", "CPython's API in Rust"),
    (Mode::NativeC, "native-c", "hpy-sys, built for one CPython, in C"),
    (Mode::Native, "native", "hpy-sys, built for one CPython, in Rust"),
    (Mode::UniversalC, "universal-c", "hpy-sys, built for the universal ABI, in C, with its own loader"),
    (Mode::Universal, "universal", "hpy-sys, built for the universal ABI, in Rust, with its own loader"),
    (Mode::UniversalCByHpy09, "universal-c@hpy09", "the module of universal-c, with the loader of HPy 0.9"),
    (Mode::UniversalByHpy09, "universal@hpy09", "the module of universal, with the loader of HPy 0.9"),
    (Mode::Hpy09, "hpy09", "the headers and sources of HPy 0.9, built for one CPython, in C"),
    (Mode::Hpy09Universal, "hpy09-universal", "the same, built for the universal ABI, with the loader of hpy-sys"),
    (Mode::Hpy09UniversalByHpy09, "hpy09-universal@hpy09", "the same module, with the loader of HPy 0.9"),
    (Mode::Pyo3, "pyo3", "PyO3 in Rust"),
    (Mode::Nanobind, "nanobind", "nanobind in C++"),
    (Mode::Cython, "cython", "Cython"),
    (Mode::Pybind11, "pybind11", "pybind11 in C++"),
    (Mode::Cffi, "cffi", "cffi, with C functions"),
];

impl Mode {
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    pub fn about(self) -> &'static str {
        self.entry().2
    }

    fn entry(self) -> &'static (Mode, &'static str, &'static str) {
        ALL.iter().find(|(mode, ..)| *mode == self).expect("the list has all modes")
    }

    pub fn find(name: &str) -> Option<Mode> {
        ALL.iter().find(|(_, known, _)| *known == name).map(|(mode, ..)| *mode)
    }

    /// Whether hpy-sys builds the module for one CPython: then it should take no more instructions than C API code.
    pub fn is_hpy_sys(self) -> bool {
        matches!(self, Mode::NativeC | Mode::Native)
    }

    /// Whether its module is written with hpy-sys.
    pub fn is_own(self) -> bool {
        use Mode::{Native, NativeC, Universal, UniversalByHpy09, UniversalC, UniversalCByHpy09};
        matches!(self, NativeC | Native | UniversalC | Universal | UniversalCByHpy09 | UniversalByHpy09)
    }

    /// What loads its module, which is then built for the universal ABI, or else for one CPython.
    pub fn loader(self) -> Option<Loader> {
        match self {
            Mode::UniversalC | Mode::Universal | Mode::Hpy09Universal => Some(Loader::Own),
            Mode::UniversalCByHpy09 | Mode::UniversalByHpy09 | Mode::Hpy09UniversalByHpy09 => Some(Loader::Hpy09),
            _ => None,
        }
    }

    /// The ABI that its module is built for.
    pub fn abi(self) -> Abi {
        if self.loader().is_some() { Abi::Universal } else { Abi::Cpython }
    }

    /// Whether the module has the small rows only.
    pub fn is_small(self) -> bool {
        matches!(self, Mode::Pyo3 | Mode::Nanobind | Mode::Cython | Mode::Pybind11 | Mode::Cffi)
    }

    /// Whether a tool of it is neither part of this project, nor CPython's API in another notation.
    fn is_peer(self) -> bool {
        self.is_small() || self == Mode::Hpy09 || self == Mode::Hpy09Universal || self.loader() == Some(Loader::Hpy09)
    }

    /// The modes that a user has typed, else those of `--quick`, else all. The baseline comes first.
    pub fn choose(names: &[String], quick: bool) -> Result<Vec<Mode>> {
        let mut modes = Vec::new();
        for name in names {
            modes.push(Mode::find(name).ok_or_else(|| unknown(name))?);
        }
        if names.is_empty() {
            let usual = |mode: &Mode| !quick || !mode.is_peer();
            modes.extend(ALL.iter().map(|(mode, ..)| *mode).filter(usual));
        }
        modes.push(Mode::Capi);
        modes.sort();
        modes.dedup();
        Ok(modes)
    }
}

fn unknown(name: &str) -> Error {
    let names: Vec<_> = ALL.iter().map(|(_, name, _)| *name).collect();
    Error::new(format!("--modes {name}: there is no such mode"), format!("name some of {}", names.join(",")))
}

impl Serialize for Mode {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_chosen_in_the_order_of_the_columns() {
        let chosen = Mode::choose(&["native".to_owned(), "pyo3-ffi".to_owned()], false).unwrap();
        assert_eq!(chosen, [Mode::Capi, Mode::Pyo3Ffi, Mode::Native]);
        assert_eq!(Mode::choose(&[], false).unwrap().len(), ALL.len());
        assert!(!Mode::choose(&[], true).unwrap().contains(&Mode::Pyo3));
    }

    #[test]
    fn an_unknown_mode_is_an_error_that_lists_them() {
        assert_eq!(
            Mode::choose(&["fast".to_owned()], false).unwrap_err().to_string(),
            "error: --modes fast: there is no such mode\n  = help: name some of capi,pyo3-ffi,native-c,native,\
             universal-c,universal,universal-c@hpy09,universal@hpy09,hpy09,hpy09-universal,hpy09-universal@hpy09,pyo3,\
             nanobind,cython,pybind11,cffi"
        );
    }
}
