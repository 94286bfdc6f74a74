// src/cpython/dict.rs: the items of a dictionary, borrowed.

use crate::*;

/// The items of a dictionary, or nothing if it is none, or if another thread may change it meanwhile. While they are
/// read, nothing may change it.
pub(crate) unsafe fn borrowed_items(dict: HPy) -> Option<impl Iterator<Item = (HPy, HPy)>> {
    // SAFETY: the caller passes an open handle, or `HPy_NULL`.
    if cfg!(cpython_free_threaded) || dict._i.is_null() || unsafe { ffi::PyDict_CheckExact(dict._i) } == 0 {
        return None;
    }
    let mut position = 0;
    Some(core::iter::from_fn(move || {
        let (mut key, mut value) = (HPy_NULL, HPy_NULL);
        // SAFETY: the caller's promise.
        let there = unsafe { ffi::PyDict_Next(dict._i, &mut position, &mut key._i, &mut value._i) };
        (there != 0).then_some((key, value))
    }))
}
