// cargo-hpy/src/error.rs: errors in rustc's voice: what was found, and the exact thing to type.

use std::fmt;

pub type Result<T> = std::result::Result<T, Error>;

/// An error as the user sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    problem: String,
    help: String,
}

impl Error {
    /// `problem` says what was found, `help` is the remedy.
    pub fn new(problem: impl Into<String>, help: impl Into<String>) -> Error {
        Error { problem: problem.into(), help: help.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}\n  = help: {}", self.problem, self.help)
    }
}
