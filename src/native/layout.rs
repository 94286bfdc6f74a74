// src/native/layout.rs: where the struct of an instance begins, for each builtin shape.

use crate::*;

/// The alignment that C code may expect of the struct: that of the widest type of C, but no more than malloc gives.
pub(crate) const ALIGNMENT: usize =
    if cfg!(any(windows, all(target_vendor = "apple", target_arch = "aarch64"), target_pointer_width = "32")) {
        8
    } else {
        16
    };

/// The distance from an object to its struct: the builtin type's struct comes first.
///
/// Types that say `HPyType_BuiltinShape_Legacy` have CPython's head in their own struct. The shape is one: `is_shape`.
pub const fn payload_offset(shape: HPyType_BuiltinShape) -> usize {
    let head = match shape {
        HPyType_BuiltinShape_Object => size_of::<ffi::PyObject>(),
        HPyType_BuiltinShape_Type => size_of::<ffi::PyHeapTypeObject>(),
        HPyType_BuiltinShape_Long => size_of::<ffi::_HPyLong>(),
        HPyType_BuiltinShape_Float => size_of::<ffi::PyFloatObject>(),
        HPyType_BuiltinShape_Unicode => size_of::<ffi::PyUnicodeObject>(),
        HPyType_BuiltinShape_Tuple => size_of::<ffi::PyTupleObject>(),
        HPyType_BuiltinShape_List => size_of::<ffi::PyListObject>(),
        HPyType_BuiltinShape_Dict => size_of::<ffi::PyDictObject>(),
        _ => 0,
    };
    behind(head)
}

/// Where a struct begins that follows `size` bytes.
pub(crate) const fn behind(size: usize) -> usize {
    size.next_multiple_of(ALIGNMENT)
}

/// Whether `shape` is one that [`payload_offset`] knows.
pub(crate) const fn is_shape(shape: HPyType_BuiltinShape) -> bool {
    (shape >= HPyType_BuiltinShape_Legacy && shape <= HPyType_BuiltinShape_Dict) || shape == HPyType_BuiltinShape_Opaque
}

/// The struct of an instance: a constant added to the object's address.
///
/// # Safety
/// `h` is an open handle of an instance of a type that was made for this struct.
#[inline(always)]
pub(crate) unsafe fn as_struct<T: HPyStruct>(_ctx: &HPyContext, h: HPy) -> *mut T {
    const { assert!(is_shape(T::SHAPE), "this is no HPyType_BuiltinShape") };
    // SAFETY: the caller's promise; the struct begins after that of the builtin type, or of the base.
    unsafe {
        let offset = match T::SHAPE {
            HPyType_BuiltinShape_Opaque => super::types::record::TypeInfo::of_opaque(h._i),
            shape => payload_offset(shape),
        };
        h._i.cast::<u8>().add(offset).cast()
    }
}
