// src/native/types/operation.rs: what is done with an instance, type by type: visiting, clearing, freeing.

use core::ptr;

use crate::*;

pub(super) type Type = *mut ffi::PyTypeObject;

/// What is done with an instance, type by type.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Traverse,
    Clear,
    Dealloc,
}

impl Operation {
    /// The function that `of` has for it, or null.
    ///
    /// # Safety
    /// `of` is a type.
    #[inline(always)]
    pub(super) unsafe fn function(self, of: Type) -> *const () {
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Operation::Traverse => (*of).tp_traverse.map_or(ptr::null(), |function| function as *const ()),
                Operation::Clear => (*of).tp_clear.map_or(ptr::null(), |function| function as *const ()),
                Operation::Dealloc => (*of).tp_dealloc.map_or(ptr::null(), |function| function as *const ()),
            }
        }
    }
}
