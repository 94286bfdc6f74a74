// src/native/types/clear.rs: clears the fields of an instance, for the garbage collector and before deallocation.

use core::ptr;

use super::dealloc::struct_only;
use super::handed_on::Visited;
use super::levels::{Entry, Part, brings_dict, each_part};
use super::operation::{Operation, Type};
use super::python_class::{clear_dict, clear_slots};
use super::record::TypeInfo;
use crate::*;

/// Clears a field before it drops the reference, since a finalizer may read the field.
///
/// # Safety
/// `field` is a place that owns its reference, or null.
pub(crate) unsafe extern "C" fn clear_field(field: *mut HPyField, _: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let object = core::mem::replace(&mut (*field)._i, ptr::null_mut());
        if !object.is_null() {
            ffi::Py_DECREF(object);
        }
    }
    0
}

/// Clears a field, unless it is at the address `kept`.
///
/// # Safety
/// A traverse function calls it for a field that refers to something.
unsafe extern "C" fn clear_other_field(field: *mut HPyField, kept: *mut c_void) -> c_int {
    // SAFETY: a traverse function passes a field that refers to something.
    if field.cast() == kept { 0 } else { unsafe { clear_field(field, ptr::null_mut()) } }
}

/// Clears the fields of an instance whose type has no other levels.
///
/// # Safety
/// `object` is an instance of the type with this record, which is `STRUCT_ONLY`.
#[inline(always)]
pub(super) unsafe fn clear_fields(object: *mut cpy_PyObject, info: &TypeInfo) {
    if let Some(fields) = info.traverse {
        // SAFETY: the caller's promise: the object has its struct there.
        unsafe { fields(info.payload(object), clear_field, ptr::null_mut()) };
    }
}

/// `tp_clear`: clears the fields of all levels, and calls the `tp_clear` of the type above them.
///
/// # Safety
/// CPython calls it as the `tp_clear` of a type that the runtime made, or of one below.
pub(super) unsafe extern "C" fn clear(object: *mut cpy_PyObject) -> c_int {
    // SAFETY: the garbage collector passes a valid object.
    unsafe {
        if let Some(info) = struct_only(ffi::Py_TYPE(object)) {
            clear_fields(object, info);
            return 0;
        }
        let entry = Entry::find(object, Operation::Clear);
        let above = clear_parts(object, entry.first, Operation::Clear);
        match (*above).tp_clear {
            Some(rest) => entry.call_above(object, Operation::Clear, above, Visited::NOTHING, || rest(object)),
            None => 0,
        }
    }
}

/// Clears the parts of the types from `first` on, and returns the type above them.
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
                        // The list of weak references owns none of them.
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
