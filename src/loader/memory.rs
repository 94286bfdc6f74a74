// src/loader/memory.rs: raw memory for the crate's own use, from C's allocator.

use core::ptr::NonNull;

use crate::c_void;

unsafe extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn realloc(memory: *mut c_void, size: usize) -> *mut c_void;
    #[link_name = "free"]
    fn release(memory: *mut c_void);
}

/// Memory for `size` bytes with the alignment of `malloc`, or none. No exception is set.
///
/// # Safety
/// None needed; the native ABI's function of this name has a contract.
pub(crate) unsafe fn allocate(size: usize) -> Option<NonNull<u8>> {
    // SAFETY: the size is not 0, for which C may return null.
    NonNull::new(unsafe { malloc(size.max(1)) }.cast())
}

/// Grows or shrinks a block of [`allocate`]; on failure the block stays unchanged. No exception is set.
///
/// # Safety
/// `memory` comes from [`allocate`] or this function and is not freed.
pub(crate) unsafe fn resize(memory: NonNull<u8>, size: usize) -> Option<NonNull<u8>> {
    // SAFETY: the caller's promise.
    NonNull::new(unsafe { realloc(memory.as_ptr().cast(), size.max(1)) }.cast())
}

/// Frees a block.
///
/// # Safety
/// `memory` comes from [`allocate`] or [`resize`] and is not used again.
pub(crate) unsafe fn free(memory: NonNull<u8>) {
    // SAFETY: the caller's promise.
    unsafe { release(memory.as_ptr().cast()) }
}
