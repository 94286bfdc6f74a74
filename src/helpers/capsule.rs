// src/helpers/capsule.rs: what a capsule holds, each in a function of its own.

use core::ptr;

use crate::*;

/// The pointer of a capsule with the name `utf8_name`, which may be null as the capsule's may.
///
/// Returns null with `ValueError` set if `capsule` is no capsule of this name.
///
/// # Safety
/// `capsule` is an open handle, and `utf8_name` is a C string or null.
///
/// # Source
/// HPy: `HPyCapsule_GetPointer`. In the native ABI it is `PyCapsule_GetPointer`.
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
/// HPy: `HPyCapsule_GetName`. In the native ABI it is `PyCapsule_GetName`.
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
/// HPy: `HPyCapsule_GetContext`. In the native ABI it is `PyCapsule_GetContext`.
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
/// HPy: `HPyCapsule_SetPointer`. In the native ABI it is `PyCapsule_SetPointer`.
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
/// HPy: `HPyCapsule_SetName`. In the native ABI it is `PyCapsule_SetName`.
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
/// HPy: `HPyCapsule_SetContext`. In the native ABI it is `PyCapsule_SetContext`.
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
/// HPy: `HPyCapsule_SetDestructor`. In the native ABI it is `PyCapsule_SetDestructor`.
#[inline]
pub unsafe fn HPyCapsule_SetDestructor(
    ctx: &HPyContext,
    capsule: HPy,
    destructor: *const HPyCapsule_Destructor,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { HPyCapsule_Set(ctx, capsule, HPyCapsule_key_Destructor, destructor.cast_mut().cast()) }
}
