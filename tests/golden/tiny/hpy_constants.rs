// Generated from the table in shims/api by generator/src/emit/rust/constants.rs. Do not edit: change the table.

/// What source code is.
pub type HPy_SourceKind = c_int;

/// An expression.
pub const HPy_SourceKind_Expr: HPy_SourceKind = 0;

/// The number of a slot.
pub type HPySlot_Slot = c_int;

/// `a[index]`
pub const HPy_sq_item: HPySlot_Slot = 44;

/// The number of a calling convention.
pub type HPyFunc_Signature = c_int;

/// A method with one argument.
pub const HPyFunc_O: HPyFunc_Signature = 4;

/// A slot with an index.
pub const HPyFunc_SSIZEARGFUNC: HPyFunc_Signature = 13;

/// The methods that are slots, each with why no other function has its name.
pub(crate) const METHODS_OF_SLOTS: &[(&str, &str)] = &[
];

/// The type can be a base.
pub const HPy_TPFLAGS_BASETYPE: c_ulong = 1024;

