// src/native/builder_memory.rs: the memory of builders of `bytes` and `str` natively.
//
// A builder whose size the author knows has the memory of the object that it becomes, `_i`, from the first write on. One whose size
// is unknown begins with a scratch block, and `_i` is null: an object of the right size is then made at the end, as one that is
// too large would have to be made again. What outgrows the block is an object.

use crate::*;

/// The bytes of a scratch block: the largest that CPython's allocator of small blocks has.
pub const SCRATCH: HPy_ssize_t = 512;

/// Whether a builder has a scratch block, or gets one if what is written first fits.
#[inline(always)]
pub fn has_scratch(object: *mut c_void, capacity: HPy_ssize_t) -> bool {
    object.is_null() && capacity >= -1
}

/// Frees the memory of a builder, if it has any.
///
/// # Safety
/// The thread holds the interpreter, and nobody uses the memory from now on.
#[inline(always)]
pub unsafe fn free(data: *mut c_void, object: *mut c_void) {
    // SAFETY: the caller's promise. The memory is the object's, if there is one.
    unsafe {
        match object.is_null() {
            true => ffi::PyMem_Free(data),
            false => ffi::Py_DECREF(object.cast()),
        }
    }
}

/// Raises `SystemError`, as CPython's functions do for a negative size.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
pub unsafe fn negative() -> c_int {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_SystemError, c"negative size passed to a builder".as_ptr()) };
    -1
}

/// # Safety
/// The thread holds the interpreter.
#[cold]
pub unsafe fn no_memory() -> c_int {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyErr_NoMemory() };
    -1
}
