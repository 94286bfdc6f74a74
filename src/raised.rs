// src/raised.rs: a value that says that an exception is set.

use core::fmt;

/// A Python exception is set: the error of every function of [`safe`](crate::safe), for `?`.
///
/// It is a mark and no object: the exception itself is the interpreter's, and whoever gets the mark hands it on, or takes the
/// exception away with [`clear`](Raised::clear).
#[derive(Debug)]
pub struct Raised;

impl fmt::Display for Raised {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a Python exception is set")
    }
}

impl core::error::Error for Raised {}
