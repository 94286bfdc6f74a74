// src/native/types/doc.rs: the docstring of a type with its signature, which older CPythons cut off.

use core::ffi::CStr;

use super::operation::Type;
use crate::native::raise::{Raised, Result};
use crate::*;

/// Gives a new type the docstring of its spec again, if CPython has left out the signature: `__text_signature__` reads it there.
///
/// # Safety
/// CPython has made `new` for the spec.
pub(super) unsafe fn keep_signature(new: Type, spec: &HPyType_Spec) -> Result<()> {
    // SAFETY: the caller's promise. The docstring of a heap type is its own memory, from this allocator.
    unsafe {
        let kept = (*new).tp_doc;
        if spec.doc.is_null() || kept.is_null() || CStr::from_ptr(kept) == CStr::from_ptr(spec.doc) {
            return Ok(());
        }
        let doc = CStr::from_ptr(spec.doc).to_bytes_with_nul();
        let copy = ffi::PyObject_Malloc(doc.len()).cast::<c_char>();
        if copy.is_null() {
            ffi::PyErr_NoMemory();
            return Err(Raised);
        }
        copy.copy_from_nonoverlapping(doc.as_ptr().cast(), doc.len());
        (*new).tp_doc = copy;
        ffi::PyObject_Free(kept.cast_mut().cast());
    }
    Ok(())
}
