// src/cpython/capsule.rs: capsules: pointers that travel through Python.

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

/// The pointer of a capsule with the name `utf8_name`, which may be null as the capsule's may.
///
/// Returns null with `ValueError` set if `capsule` is no capsule of this name.
///
/// # Safety
/// `capsule` is an open handle, and `utf8_name` is a C string or null.
///
/// # Source
/// HPy: `HPyCapsule_GetPointer`. CPython: `PyCapsule_GetPointer`.
#[inline]
pub unsafe fn HPyCapsule_GetPointer(ctx: &HPyContext, capsule: HPy, utf8_name: *const c_char) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { HPyCapsule_Get(ctx, capsule, HPyCapsule_key_Pointer, utf8_name) }
}

/// The name of a capsule, which lives as long as whoever made the capsule says; null is a possible name.
///
/// Returns null with `ValueError` set if `capsule` is no capsule; `HPyErr_Occurred` tells.
///
/// # Safety
/// `capsule` is an open handle.
///
/// # Source
/// HPy: `HPyCapsule_GetName`. CPython: `PyCapsule_GetName`.
#[inline]
pub unsafe fn HPyCapsule_GetName(ctx: &HPyContext, capsule: HPy) -> *const c_char {
    // SAFETY: the caller's promise.
    unsafe { HPyCapsule_Get(ctx, capsule, HPyCapsule_key_Name, ptr::null()).cast() }
}

/// The context of a capsule: a second pointer, null unless it was set.
///
/// Returns null with `ValueError` set if `capsule` is no capsule; `HPyErr_Occurred` tells.
///
/// # Safety
/// `capsule` is an open handle.
///
/// # Source
/// HPy: `HPyCapsule_GetContext`. CPython: `PyCapsule_GetContext`.
#[inline]
pub unsafe fn HPyCapsule_GetContext(ctx: &HPyContext, capsule: HPy) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { HPyCapsule_Get(ctx, capsule, HPyCapsule_key_Context, ptr::null()) }
}

/// Gives a capsule another pointer, which is not null.
///
/// Returns 0, or -1 with `ValueError` set if `capsule` is no capsule or `pointer` is null.
///
/// # Safety
/// `capsule` is an open handle.
///
/// # Source
/// HPy: `HPyCapsule_SetPointer`. CPython: `PyCapsule_SetPointer`.
#[inline]
pub unsafe fn HPyCapsule_SetPointer(ctx: &HPyContext, capsule: HPy, pointer: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPyCapsule_Set(ctx, capsule, HPyCapsule_key_Pointer, pointer) }
}

/// Gives a capsule another name: `utf8_name` outlives the capsule, or is null.
///
/// Returns 0, or -1 with `ValueError` set if `capsule` is no capsule.
///
/// # Safety
/// `capsule` is an open handle.
///
/// # Source
/// HPy: `HPyCapsule_SetName`. CPython: `PyCapsule_SetName`.
#[inline]
pub unsafe fn HPyCapsule_SetName(ctx: &HPyContext, capsule: HPy, utf8_name: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPyCapsule_Set(ctx, capsule, HPyCapsule_key_Name, utf8_name.cast_mut().cast()) }
}

/// Gives a capsule another context.
///
/// Returns 0, or -1 with `ValueError` set if `capsule` is no capsule.
///
/// # Safety
/// `capsule` is an open handle.
///
/// # Source
/// HPy: `HPyCapsule_SetContext`. CPython: `PyCapsule_SetContext`.
#[inline]
pub unsafe fn HPyCapsule_SetContext(ctx: &HPyContext, capsule: HPy, context: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPyCapsule_Set(ctx, capsule, HPyCapsule_key_Context, context) }
}

/// Gives a capsule another destructor, or none for null.
///
/// Returns 0, or -1 with `ValueError` set if `capsule` is no capsule or the destructor has no function.
///
/// # Safety
/// `capsule` is an open handle, and `destructor` is null or lives as long as the extension.
///
/// # Source
/// HPy: `HPyCapsule_SetDestructor`. CPython: `PyCapsule_SetDestructor`.
#[inline]
pub unsafe fn HPyCapsule_SetDestructor(
    ctx: &HPyContext,
    capsule: HPy,
    destructor: *const HPyCapsule_Destructor,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPyCapsule_Set(ctx, capsule, HPyCapsule_key_Destructor, destructor.cast_mut().cast()) }
}
