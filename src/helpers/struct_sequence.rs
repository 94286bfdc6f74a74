// src/helpers/struct_sequence.rs: struct sequences: tuples whose items have names.

use core::ptr;

use crate::__helpers::{Value, err_format};
use crate::abi::struct_sequence;
use crate::*;

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
    /// The record after the last field.
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

/// Makes a struct sequence type: a `tuple` whose items can be read by name too.
///
/// `desc` has its name and its fields. The strings in the description live as long as the type; the description and the array
/// of fields need not.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set: `SystemError` if the description
/// has no name, `MemoryError`.
///
/// # Safety
/// `desc` and all it points to are as [`HPyStructSequence_Desc`] says.
///
/// # Source
/// HPy: `HPyStructSequence_NewType`. In the native ABI `PyStructSequence_NewType`, elsewhere `collections.namedtuple`.
pub unsafe fn HPyStructSequence_NewType(ctx: &HPyContext, desc: *const HPyStructSequence_Desc) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        if (*desc).name.is_null() {
            let message = c"Struct sequence descriptor does not define the name field.";
            return HPyErr_SetString(ctx, ctx.h_SystemError, message.as_ptr());
        }
        struct_sequence::new_type(ctx, desc)
    }
}

/// Makes an instance of the struct sequence type `type_` from `nargs` items, which stay the caller's.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set: `TypeError` if `type_` is no
/// struct sequence type or has another number of fields, `MemoryError`.
///
/// # Safety
/// `type_` is an open handle, and there are `nargs` open handles at `args`.
///
/// # Source
/// HPy: `HPyStructSequence_New`. In the native ABI `PyStructSequence_New`.
pub unsafe fn HPyStructSequence_New(ctx: &HPyContext, type_: HPy, nargs: HPy_ssize_t, args: *const HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { struct_sequence::new(ctx, type_, nargs, args) }
}

/// Says that a handle is not that of a struct sequence type.
///
/// # Safety
/// `h` is an open handle.
#[cold]
pub(crate) unsafe fn no_struct_sequence(ctx: &HPyContext, h: HPy) -> HPy {
    // SAFETY: the handle is open.
    unsafe {
        let is_type = HPy_TypeCheck(ctx, h, ctx.h_TypeType) != 0;
        let of = if is_type { HPy_Dup(ctx, h) } else { HPy_Type(ctx, h) };
        let message = c"type '%s' does not look like a struct sequence type";
        with_name(ctx, of, |name| err_format(ctx, ctx.h_TypeError, message.as_ptr(), &[Value { s: name }]))
    }
}

/// Says that the number of items is not that of the fields.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
pub(crate) unsafe fn wrong_count(ctx: &HPyContext, fields: HPy_ssize_t, nargs: HPy_ssize_t) -> HPy {
    let values = [Value { i: fields as i64 }, Value { i: nargs as i64 }];
    // SAFETY: the values are those of the message.
    unsafe { err_format(ctx, ctx.h_TypeError, c"expected exactly %zd arguments but got %zd".as_ptr(), &values) }
}
