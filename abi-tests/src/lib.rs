// abi-tests/src/lib.rs: every family of the API as a Python extension module of its own; `python/` has the assertions.

// Everything here is called by Python, which holds the interpreter and keeps the arguments alive: that is what each of
// the HPy calls asks for.
#![allow(unsafe_op_in_unsafe_fn, clippy::missing_safety_doc, clippy::undocumented_unsafe_blocks)]
// A definition has the name that Python sees.
#![allow(non_upper_case_globals)]

#[macro_use]
mod support;

mod arg_owner;
mod arg_parse;
mod arg_units;
mod blocks;
mod buffer;
mod build_value;
mod builders;
mod bytes;
mod call;
mod call_function;
mod calls;
mod capsule;
mod containers;
mod dates;
mod definitions;
mod depth;
mod error;
mod extras;
mod format;
mod gc;
mod globals;
mod handles;
mod inline_helpers;
mod instances;
mod interpreter;
mod kept_names;
#[cfg_attr(feature = "universal", path = "no_legacy.rs")]
mod legacy;
mod module_state;
mod modules;
mod more_slots;
#[cfg(not(feature = "cpython"))]
mod other_version;
mod panics;
mod recursion;
mod safe;
mod safe_class;
mod safe_dates;
mod safe_iteration;
mod safe_power;
mod safe_state;
mod safe_threads;
mod shapes;
mod slots;
mod struct_sequence;
mod thread_entry;
#[cfg(not(feature = "universal"))]
mod towers;
mod tracker;
mod type_flags;
mod types;
mod unicode;
