// src/native/types/mod.rs: types: from a spec to a type, and the life of its instances.
//
// The runtime reads a spec into a plan, CPython makes the type, and the runtime installs the plan (`from_spec.rs`):
//
//     plan: parameters, contents, bases, place  ->  make: members, metaclass, class_statement  ->  install: room, names
//
// The functions for instances start from the type's record: traverse, clear, dealloc, allocate, construct, call. Those that
// concern several types go from level to level (`levels.rs`).

mod allocate;
mod bases;
pub(crate) mod call;
mod class_statement;
mod clear;
pub(crate) mod construct;
mod contents;
mod dealloc;
pub(crate) mod dealloc_direct;
mod doc;
mod from_spec;
mod handed_on;
mod install;
mod items;
mod levels;
mod make;
mod members;
mod metaclass;
mod names;
mod operation;
mod parameters;
mod place;
mod plan;
pub(crate) mod python_class;
pub(super) mod record;
pub(super) mod room;
pub(super) mod trashcan;
pub(crate) mod traverse;
mod type_name;
mod vectorcall;

pub(super) use clear::clear_field;

pub use call::HPy_SetCallFunction;
pub use from_spec::HPyType_FromSpec;
#[cfg(feature = "host")]
pub(super) use from_spec::hosted;
pub use items::{_HPy_NewVar, HPy_GetItemData, HPy_VarSize};
pub use record::_HPyType_GetBuiltinShape;
pub use type_name::HPyType_GetName;
