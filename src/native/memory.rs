// src/native/memory.rs: raw memory for the crate's own use, from CPython's allocator.

use core::ptr::NonNull;

use crate::native::ffi;

/// Memory for `size` bytes with the alignment of `malloc`, or none. No exception is set.
///
/// # Safety
/// The thread holds the interpreter.
pub(crate) unsafe fn allocate(size: usize) -> Option<NonNull<u8>> {
    // SAFETY: the caller's promise.
    NonNull::new(unsafe { ffi::PyMem_Malloc(size) }.cast())
}

/// Grows or shrinks a block of [`allocate`]; on failure the block stays unchanged. No exception is set.
///
/// # Safety
/// The thread holds the interpreter, and `memory` comes from [`allocate`] or this function and is not freed.
pub(crate) unsafe fn resize(memory: NonNull<u8>, size: usize) -> Option<NonNull<u8>> {
    // SAFETY: the caller's promise.
    NonNull::new(unsafe { ffi::PyMem_Realloc(memory.as_ptr().cast(), size) }.cast())
}

/// Frees a block.
///
/// # Safety
/// The thread holds the interpreter, and `memory` comes from [`allocate`] or [`resize`] and is not used again.
pub(crate) unsafe fn free(memory: NonNull<u8>) {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyMem_Free(memory.as_ptr().cast()) }
}
