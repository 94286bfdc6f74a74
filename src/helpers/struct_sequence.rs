// src/helpers/struct_sequence.rs: the description of a struct sequence: a tuple whose items have names.

use core::ptr;

use crate::c_char;

/// A field of a struct sequence.
///
/// Source: HPy `HPyStructSequence_Field`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HPyStructSequence_Field {
    /// The name in Python, UTF-8; or [`HPyStructSequence_UnnamedField`]; or null after the last field.
    pub name: *const c_char,
    /// The docstring, UTF-8, or null.
    pub doc: *const c_char,
}

/// The description of a struct sequence type; see [`HPyStructSequence_NewType`](crate::HPyStructSequence_NewType).
///
/// Source: HPy `HPyStructSequence_Desc`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HPyStructSequence_Desc {
    /// The name, `module.Type`, UTF-8.
    pub name: *const c_char,
    /// The docstring, UTF-8, or null.
    pub doc: *const c_char,
    /// The fields, up to one whose name is null.
    pub fields: *const HPyStructSequence_Field,
}

// SAFETY: descriptions are written once, by the compiler, and then only read.
unsafe impl Sync for HPyStructSequence_Field {}
// SAFETY: as for HPyStructSequence_Field.
unsafe impl Sync for HPyStructSequence_Desc {}

impl HPyStructSequence_Field {
    /// What comes after the last field.
    pub const END: HPyStructSequence_Field = HPyStructSequence_Field { name: ptr::null(), doc: ptr::null() };
}

#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPyStructSequence_Unnamed"))]
static UNNAMED: [u8; 2] = *b"_\0";

/// The name of a field that has none: it is an item of the tuple, and no attribute. It is known by its address.
///
/// CPython 3.9 and 3.10 do not offer this to extensions: there the field is an attribute that is called `_`.
///
/// Source: HPy `HPyStructSequence_UnnamedField`.
pub const HPyStructSequence_UnnamedField: *const c_char = (&raw const UNNAMED).cast();
