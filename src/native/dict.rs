// src/native/dict.rs: a dictionary's value that is set but once.

use crate::native::raise::{Owned, Raised, Result};
use crate::*;

/// Adds a value, unless the dictionary has the key.
///
/// With a global lock not by `PyDict_SetDefault`: where there is no memory, CPython 3.13.0 sets an exception, returns success
/// and counts an item that is not there. No Python code runs in between, as the keys are strings.
///
/// # Safety
/// `dict` is a dictionary whose keys are strings, and `key` is one.
pub(crate) unsafe fn set_default(dict: *mut cpy_PyObject, key: &Owned, value: &Owned) -> Result<()> {
    // SAFETY: the caller's promise.
    let is_set = unsafe {
        if cfg!(cpython_free_threaded) {
            !ffi::PyDict_SetDefault(dict, key.as_ptr(), value.as_ptr()).is_null()
        } else {
            match ffi::PyDict_Contains(dict, key.as_ptr()) {
                0 => ffi::PyDict_SetItem(dict, key.as_ptr(), value.as_ptr()) == 0,
                result => result > 0,
            }
        }
    };
    if is_set { Ok(()) } else { Err(Raised) }
}
