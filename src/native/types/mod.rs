// src/native/types/mod.rs: types: from a description to a type, and the life of its instances.

mod allocate;
mod call_function;
pub(super) mod check;
pub(crate) mod construct;
mod from_spec;
pub(super) mod info;
mod lifecycle;
mod members;
mod metaclass;
mod python_class;
pub(super) mod room;
mod sizes;
pub(super) mod trashcan;
pub(crate) mod traverse;

pub use call_function::HPy_SetCallFunction;
pub use from_spec::HPyType_FromSpec;
pub use info::{_HPyType_GetBuiltinShape, HPyType_IsSubtype};
