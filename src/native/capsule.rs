// src/native/capsule.rs: capsules: pointers that travel through Python.

use core::ptr;

use crate::*;

#[doc = table_doc!("HPyCapsule_New")]
pub unsafe fn HPyCapsule_New(
    _ctx: &HPyContext,
    pointer: *mut c_void,
    utf8_name: *const c_char,
    destructor: *const HPyCapsule_Destructor,
) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        match trampoline(destructor) {
            Ok(trampoline) => HPy { _i: ffi::PyCapsule_New(pointer, utf8_name, trampoline) },
            Err(Invalid) => HPy_NULL,
        }
    }
}

/// A destructor without a function; the exception is set.
struct Invalid;

/// What CPython calls for a destructor, or nothing for null.
///
/// # Safety
/// `destructor` is null, or points to a destructor.
unsafe fn trampoline(destructor: *const HPyCapsule_Destructor) -> Result<cpy_PyCapsule_Destructor, Invalid> {
    // SAFETY: the caller's promise: null, or a destructor.
    unsafe {
        let Some(destructor) = destructor.as_ref() else { return Ok(None) };
        if destructor.cpy_trampoline.is_none() {
            ffi::PyErr_SetString(ffi::PyExc_ValueError, c"Invalid HPyCapsule destructor".as_ptr());
            return Err(Invalid);
        }
        Ok(destructor.cpy_trampoline)
    }
}

#[doc = table_doc!("HPyCapsule_Get")]
#[inline]
pub unsafe fn HPyCapsule_Get(
    _ctx: &HPyContext,
    capsule: HPy,
    key: _HPyCapsule_key,
    utf8_name: *const c_char,
) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe {
        match key {
            HPyCapsule_key_Pointer => ffi::PyCapsule_GetPointer(capsule._i, utf8_name),
            HPyCapsule_key_Name => ffi::PyCapsule_GetName(capsule._i).cast_mut().cast(),
            HPyCapsule_key_Context => ffi::PyCapsule_GetContext(capsule._i),
            _ => {
                let message = c"Invalid operation: get HPyCapsule_key_Destructor";
                ffi::PyErr_SetString(ffi::PyExc_ValueError, message.as_ptr());
                ptr::null_mut()
            }
        }
    }
}

#[doc = table_doc!("HPyCapsule_Set")]
#[inline]
pub unsafe fn HPyCapsule_Set(_ctx: &HPyContext, capsule: HPy, key: _HPyCapsule_key, value: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        match key {
            HPyCapsule_key_Pointer => ffi::PyCapsule_SetPointer(capsule._i, value),
            HPyCapsule_key_Name => ffi::PyCapsule_SetName(capsule._i, value.cast()),
            HPyCapsule_key_Context => ffi::PyCapsule_SetContext(capsule._i, value),
            _ => match trampoline(value.cast()) {
                Ok(trampoline) => ffi::PyCapsule_SetDestructor(capsule._i, trampoline),
                Err(Invalid) => -1,
            },
        }
    }
}
