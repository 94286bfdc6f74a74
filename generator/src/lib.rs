// generator/src/lib.rs: the generator, as pure functions: the texts of the table in, the texts of the outputs and cfgs out.

//! The generator of hpy-sys: [`generate`] reads the table of HPy's API and emits C and Rust for one ABI.
//!
//! [`table`] reads and checks records, [`model`] is what they say, [`target`] is what a build is for, and [`emit`] has a folder
//! for each language and, inside it, for each face. Nothing but [`Sources::read`] touches a file.

pub mod emit;
pub mod model;
pub mod problems;
mod sources;
pub mod table;
pub mod target;

pub use emit::{Outputs, contexts, generate};
pub use sources::{Sources, read_folder};
