// src/native/array.rs: arrays of C structs that end with a zeroed one, in CPython's memory.

use core::ptr;

use super::raise::{Raised, Result};
use crate::ffi;

/// An array of at most `capacity` items; one more, at the end, is always zero.
pub(crate) struct Array<T> {
    items: *mut T,
    length: usize,
    capacity: usize,
}

impl<T> Array<T> {
    /// Zeroed memory for `capacity` items and the end. It needs no interpreter.
    pub(crate) fn new(capacity: usize) -> Result<Array<T>> {
        // SAFETY: PyMem_RawCalloc returns zeroed memory or null.
        let items = unsafe { ffi::PyMem_RawCalloc(capacity + 1, size_of::<T>()) }.cast::<T>();
        if items.is_null() {
            // SAFETY: whoever runs the runtime holds the interpreter.
            unsafe { ffi::PyErr_NoMemory() };
            return Err(Raised);
        }
        Ok(Array { items, length: 0, capacity })
    }

    pub(crate) fn push(&mut self, item: T) {
        if self.length >= self.capacity {
            // SAFETY: it does not return.
            unsafe { ffi::Py_FatalError(c"hpy-sys: items of a definition were counted wrong".as_ptr()) }
        }
        // SAFETY: the index is within the capacity.
        unsafe { self.items.add(self.length).write(item) };
        self.length += 1;
    }

    pub(crate) fn as_mut_ptr(&mut self) -> *mut T {
        self.items
    }

    pub(crate) fn as_slice(&self) -> &[T] {
        // SAFETY: `length` items were pushed.
        unsafe { core::slice::from_raw_parts(self.items, self.length) }
    }

    /// Leaks the memory, and returns its address.
    pub(crate) fn leak(self) -> *mut T {
        let items = self.items;
        core::mem::forget(self);
        items
    }
}

impl<T> Drop for Array<T> {
    fn drop(&mut self) {
        // SAFETY: the memory is this value's own, and its items have no destructors.
        unsafe { ffi::PyMem_RawFree(self.items.cast()) }
        self.items = ptr::null_mut();
    }
}
