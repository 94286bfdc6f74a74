// src/loader/extras/memory.rs: the extras about memory through loaders that have none: C's allocator.

use crate::*;

unsafe extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn realloc(memory: *mut c_void, size: usize) -> *mut c_void;
    fn free(memory: *mut c_void);
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyMem_Malloc(_ctx: &HPyContext, size: usize) -> *mut c_void {
    // SAFETY: the caller's promise. No bytes are memory too, for which C's function may give none.
    unsafe { malloc(size.max(1)) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyMem_Calloc(_ctx: &HPyContext, count: usize, size: usize) -> *mut c_void {
    let (count, size) = if count == 0 || size == 0 { (1, 1) } else { (count, size) };
    // SAFETY: the caller's promise.
    unsafe { calloc(count, size) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyMem_Realloc(_ctx: &HPyContext, memory: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { realloc(memory, size.max(1)) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyMem_Free(_ctx: &HPyContext, memory: *mut c_void) {
    // SAFETY: the caller's promise.
    unsafe { free(memory) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyMem_RawMalloc(ctx: &HPyContext, size: usize) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { HPyMem_Malloc(ctx, size) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyMem_RawCalloc(ctx: &HPyContext, count: usize, size: usize) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { HPyMem_Calloc(ctx, count, size) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyMem_RawRealloc(ctx: &HPyContext, memory: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { HPyMem_Realloc(ctx, memory, size) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyMem_RawFree(ctx: &HPyContext, memory: *mut c_void) {
    // SAFETY: the caller's promise.
    unsafe { HPyMem_Free(ctx, memory) }
}
