// src/native/types/clear.rs: how the fields of an instance are emptied, by the garbage collector and before it is freed.

use core::ptr;

use super::dealloc::plain;
use super::handed_on::Visited;
use super::levels::{Entry, Part, brings_dict, each_part};
use super::operation::{Operation, Type};
use super::python_class::{clear_dict, clear_slots};
use super::record::TypeInfo;
use crate::*;

/// Empties a field. The field is empty before the object goes: its finalizer may look.
///
/// # Safety
/// `field` is a place that owns its reference, or null.
pub(super) unsafe extern "C" fn clear_field(field: *mut HPyField, _: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let object = core::mem::replace(&mut (*field)._i, ptr::null_mut());
        if !object.is_null() {
            ffi::Py_DECREF(object);
        }
    }
    0
}

/// Empties a field, unless it is the place that `kept` points to.
///
/// # Safety
/// A traverse function calls it for a field that refers to something.
unsafe extern "C" fn clear_other_field(field: *mut HPyField, kept: *mut c_void) -> c_int {
    // SAFETY: a traverse function passes a field that refers to something.
    if field.cast() == kept { 0 } else { unsafe { clear_field(field, ptr::null_mut()) } }
}

/// Empties the fields that a type without other levels has brought.
///
/// # Safety
/// `object` is an instance of the type with this record, which is plain.
#[inline(always)]
pub(super) unsafe fn clear_fields(object: *mut cpy_PyObject, info: &TypeInfo) {
    if let Some(fields) = info.traverse {
        // SAFETY: the caller's promise: the object has its struct there.
        unsafe { fields(info.payload(object), clear_field, ptr::null_mut()) };
    }
}

/// `tp_clear`: empties all fields of all levels, and what the type above them has.
///
/// # Safety
/// CPython calls it as the `tp_clear` of a type that the runtime made, or of one below.
pub(super) unsafe extern "C" fn clear(object: *mut cpy_PyObject) -> c_int {
    // SAFETY: the garbage collector passes a valid object.
    unsafe {
        if let Some(info) = plain(ffi::Py_TYPE(object)) {
            clear_fields(object, info);
            return 0;
        }
        let entry = Entry::of(object, Operation::Clear);
        let above = clear_parts(object, entry.first, Operation::Clear);
        match (*above).tp_clear {
            Some(rest) => entry.call_above(object, Operation::Clear, above, Visited::NOTHING, || rest(object)),
            None => 0,
        }
    }
}

/// Empties what the types from `first` on have, and gives the type above them.
///
/// # Safety
/// `first` is where the operation begins for the object.
pub(super) unsafe fn clear_parts(object: *mut cpy_PyObject, first: Type, operation: Operation) -> Type {
    // SAFETY: the caller's promise.
    unsafe {
        let weak_references = match (*ffi::Py_TYPE(object)).tp_weaklistoffset {
            offset if offset > 0 => object.cast::<u8>().offset(offset).cast(),
            _ => ptr::null_mut(),
        };
        let (_, above) = each_part(first, operation, |part| {
            match part {
                Part::Level(info) => {
                    if let Some(fields) = info.traverse {
                        // Weak references lie in a place that does not own them.
                        fields(info.payload(object), clear_other_field, weak_references);
                    }
                }
                Part::PythonClass(class) => clear_slots(object, class),
            }
            0
        });
        if brings_dict(first, above) {
            clear_dict(object);
        }
        above
    }
}
