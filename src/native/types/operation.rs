// src/native/types/operation.rs: the operations on an instance that go type by type: traverse, clear, dealloc.

use core::ptr;

use crate::*;

pub(super) type Type = *mut ffi::PyTypeObject;

/// An operation on an instance that goes type by type.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Traverse,
    Clear,
    Dealloc,
}

impl Operation {
    /// The function of `ty` for this operation, or null.
    ///
    /// # Safety
    /// `ty` is a type.
    #[inline(always)]
    pub(super) unsafe fn function(self, ty: Type) -> *const () {
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Operation::Traverse => (*ty).tp_traverse.map_or(ptr::null(), |function| function as *const ()),
                Operation::Clear => (*ty).tp_clear.map_or(ptr::null(), |function| function as *const ()),
                Operation::Dealloc => (*ty).tp_dealloc.map_or(ptr::null(), |function| function as *const ()),
            }
        }
    }
}
