// src/native/types/metaclass.rs: making a type with a metaclass: CPython's own call, or, before 3.12, what it does.

#[cfg(cpython_type_from_metaclass)]
use core::ptr;

#[cfg(not(cpython_type_from_metaclass))]
use crate::native::raise::type_error;
use crate::native::raise::{Owned, Result, made};
use crate::*;

/// Makes a type of `spec`, with these bases and this metaclass; a null metaclass is that of the bases.
#[cfg(cpython_type_from_metaclass)]
pub(super) unsafe fn new_type(
    spec: &mut ffi::PyType_Spec,
    bases: *mut cpy_PyObject,
    metaclass: *mut ffi::PyTypeObject,
) -> Result<Owned> {
    // SAFETY: the caller's promise: a valid description, a tuple or null, a metaclass or null.
    made(unsafe { ffi::PyType_FromMetaclass(metaclass, ptr::null_mut(), spec, bases) })
}

/// Makes a type of `spec`, with these bases and this metaclass; a null metaclass is that of the bases.
///
/// CPython makes it with the metaclass `type`. The room that was asked for has space for the metaclass's own struct right
/// behind the fields of `type`, and it is zero, so that the type can become an instance of its metaclass.
#[cfg(not(cpython_type_from_metaclass))]
pub(super) unsafe fn new_type(
    spec: &mut ffi::PyType_Spec,
    bases: *mut cpy_PyObject,
    metaclass: *mut ffi::PyTypeObject,
) -> Result<Owned> {
    // SAFETY: the caller's promise, as above.
    unsafe {
        let metaclass = winner(metaclass, bases)?;
        let made = made(ffi::PyType_FromSpecWithBases(spec, bases))?;
        let plain = &raw mut ffi::PyType_Type;
        if metaclass != plain {
            // Of the members' room, which CPython has copied there, nothing may be left.
            let own = size_of::<ffi::PyHeapTypeObject>();
            let size = (*metaclass).tp_basicsize as usize;
            made.as_ptr().cast::<u8>().add(own).write_bytes(0, size.saturating_sub(own));
            ffi::Py_INCREF(metaclass.cast());
            (*made.as_ptr()).ob_type = metaclass;
        }
        Ok(made)
    }
}

/// How many bytes the room needs for the struct of the metaclass.
#[cfg(cpython_type_from_metaclass)]
pub(super) unsafe fn extra_room(_metaclass: *mut ffi::PyTypeObject, _bases: *mut cpy_PyObject) -> Result<usize> {
    Ok(0)
}

/// How many bytes the room needs for the struct of the metaclass.
#[cfg(not(cpython_type_from_metaclass))]
pub(super) unsafe fn extra_room(metaclass: *mut ffi::PyTypeObject, bases: *mut cpy_PyObject) -> Result<usize> {
    // SAFETY: the caller's promise: a tuple or null, a metaclass or null.
    unsafe {
        let size = (*winner(metaclass, bases)?).tp_basicsize as usize;
        Ok(size.saturating_sub(size_of::<ffi::PyHeapTypeObject>()))
    }
}

/// The most derived of the metaclass and those of the bases, as the statement `class` finds it.
#[cfg(not(cpython_type_from_metaclass))]
unsafe fn winner(metaclass: *mut ffi::PyTypeObject, bases: *mut cpy_PyObject) -> Result<*mut ffi::PyTypeObject> {
    let mut winner = if metaclass.is_null() { &raw mut ffi::PyType_Type } else { metaclass };
    // SAFETY: the caller's promise: a tuple or null, a metaclass.
    unsafe {
        let count = if bases.is_null() { 0 } else { ffi::PyTuple_GET_SIZE(bases) };
        for index in 0..count {
            let of_base = ffi::Py_TYPE(ffi::PyTuple_GET_ITEM(bases, index));
            if ffi::PyType_IsSubtype(winner, of_base) != 0 {
                continue;
            }
            if ffi::PyType_IsSubtype(of_base, winner) == 0 {
                return Err(type_error(
                    c"metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
                ));
            }
            winner = of_base;
        }
        if !same_new((*winner).tp_new, ffi::PyType_Type.tp_new) {
            return Err(type_error(c"Metaclasses with custom tp_new are not supported."));
        }
    }
    Ok(winner)
}

#[cfg(not(cpython_type_from_metaclass))]
fn same_new(one: Option<ffi::newfunc>, other: Option<ffi::newfunc>) -> bool {
    one.map(|new| new as *const ()) == other.map(|new| new as *const ())
}
