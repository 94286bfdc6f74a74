// src/raised.rs: a value that says that an exception is set.

/// An exception is set: the error of functions that end with `?`.
#[derive(Debug)]
pub(crate) struct Raised;
