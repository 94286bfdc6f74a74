// sdk/src/lib.rs: the files of an SDK for extensions in C and C++, which `cargo hpy sdk` and the distribution `hpy-sys` share.
//
// The layout is that of the base folder of HPy's setuptools support: `include/`, and in `lib/ABI/` one static library only.

//! The files that extensions in C and C++ are built with.

mod contents;
mod file;
mod hidden;
mod library;

pub use contents::{Contents, Part, STUB, library_name};
pub use file::{Failure, File, files_in, write_all};
pub use library::reduced;

/// The loader file of a universal or hybrid module: a copy of it is `name.py` beside the module.
pub const STUB_TEXT: &str = include_str!("stub.py");

/// The end of a universal module's file name.
pub const SUFFIX: &str = if cfg!(windows) { ".hpy0.pyd" } else { ".hpy0.so" };
