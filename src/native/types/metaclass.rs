// src/native/types/metaclass.rs: makes a type with a metaclass: CPython's own call, or its steps before 3.12.

use super::operation::Type;
#[cfg(not(cpython_type_from_metaclass))]
use crate::native::raise::Raised;
use crate::native::raise::{Owned, Result, made};
use crate::*;

/// Makes a type of `spec`, with these bases and this metaclass, which `module` defines, or null.
///
/// # Safety
/// A valid description, a tuple or null, a module or null, and a metaclass whose `tp_new` is that of `type`.
#[cfg(cpython_type_from_metaclass)]
pub(super) unsafe fn new_type(
    spec: &mut ffi::PyType_Spec,
    bases: *mut cpy_PyObject,
    metaclass: Type,
    module: *mut cpy_PyObject,
) -> Result<Owned> {
    // SAFETY: the caller's promise.
    made(unsafe { ffi::PyType_FromMetaclass(metaclass, module, spec, bases) })
}

/// Makes a type of `spec`, with these bases and this metaclass, which `module` defines, or null.
///
/// CPython makes it with the metaclass `type`. The room has space for the metaclass's own struct right behind the fields of
/// `type`. It is zeroed, so that the type can become an instance of its metaclass.
///
/// # Safety
/// A valid description, a tuple or null, a module or null, and a metaclass whose `tp_new` is that of `type`.
#[cfg(not(cpython_type_from_metaclass))]
pub(super) unsafe fn new_type(
    spec: &mut ffi::PyType_Spec,
    bases: *mut cpy_PyObject,
    metaclass: Type,
    module: *mut cpy_PyObject,
) -> Result<Owned> {
    // SAFETY: the caller's promise.
    unsafe {
        let new = made(ffi::PyType_FromModuleAndSpec(module, spec, bases))?;
        if metaclass != &raw mut ffi::PyType_Type {
            // CPython has copied the room's members there.
            let own = size_of::<ffi::PyHeapTypeObject>();
            let size = (*metaclass).tp_basicsize as usize;
            new.as_ptr().cast::<u8>().add(own).write_bytes(0, size.saturating_sub(own));
            ffi::Py_INCREF(metaclass.cast());
            (*new.as_ptr()).ob_type = metaclass;
            call_mro(&new, metaclass)?;
        }
        Ok(new)
    }
}

/// Lets a metaclass with its own `mro` decide the method resolution order: setting `__bases__` calls it.
///
/// # Safety
/// `new` is a new type, and `metaclass` its type.
#[cfg(not(cpython_type_from_metaclass))]
unsafe fn call_mro(new: &Owned, metaclass: Type) -> Result<()> {
    // SAFETY: the caller's promise: a new type and its metaclass.
    unsafe {
        let own = made(ffi::PyObject_GetAttrString(metaclass.cast(), c"mro".as_ptr()))?;
        let of_type = made(ffi::PyObject_GetAttrString((&raw mut ffi::PyType_Type).cast(), c"mro".as_ptr()))?;
        if own.as_ptr() != of_type.as_ptr() {
            let bases = made(ffi::PyObject_GetAttrString(new.as_ptr(), c"__bases__".as_ptr()))?;
            if ffi::PyObject_SetAttrString(new.as_ptr(), c"__bases__".as_ptr(), bases.as_ptr()) < 0 {
                return Err(Raised);
            }
        }
    }
    Ok(())
}

/// The bytes that the room needs for the struct of the metaclass.
///
/// # Safety
/// `metaclass` is a type.
pub(super) unsafe fn extra_room(metaclass: Type) -> usize {
    if cfg!(cpython_type_from_metaclass) {
        return 0;
    }
    // SAFETY: the caller's promise.
    let size = unsafe { (*metaclass).tp_basicsize } as usize;
    size.saturating_sub(size_of::<ffi::PyHeapTypeObject>())
}
