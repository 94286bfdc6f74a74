// abi-tests/src/lib.rs: every family of the API as a Python extension module of its own; `python/` has the assertions.

// Everything here is called by Python, which holds the interpreter and keeps the arguments alive: that is what each of
// the HPy calls asks for.
#![allow(unsafe_op_in_unsafe_fn, clippy::missing_safety_doc, clippy::undocumented_unsafe_blocks)]
// What is defined has the name that Python sees.
#![allow(non_upper_case_globals)]

#[macro_use]
mod support;

mod bytes;
mod call;
mod capsule;
mod containers;
mod definitions;
mod error;
mod float_bool;
mod handles;
mod interpreter;
mod item;
mod legacy;
mod long;
mod number;
mod object;
mod slots;
mod tracker;
mod types;
mod unicode;
