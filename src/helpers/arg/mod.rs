// src/helpers/arg/mod.rs: parsing arguments: formats read at compile time for Rust, and at run time for C.

mod conversions;
pub(super) mod error;
mod in_place;
pub(super) mod keywords;
pub(super) mod macros;
pub(super) mod nested;
pub(super) mod parse;
pub(super) mod place;
mod quick;
mod refuse;
pub(super) mod spec;
pub(super) mod steps;
mod tracked;
mod undo;
pub(super) mod units;
