// src/native/fields.rs: references from the struct of an object.

use crate::*;

#[doc = table_doc!("HPyField_Load")]
#[inline]
pub unsafe fn HPyField_Load(ctx: &HPyContext, source_object: HPy, source_field: *const HPyField) -> HPy {
    // The field comes by address, since without a global lock it may only be read where no other thread writes it.
    // SAFETY: the caller's promise.
    unsafe { guarded(source_object, || HPy_Dup(ctx, HPy { _i: (*source_field)._i })) }
}

/// Runs `access` while no other thread has the fields of `owner`; with a global lock, that is always so.
///
/// # Safety
/// `owner` is an open handle.
#[cfg(not(cpython_free_threaded))]
#[inline(always)]
unsafe fn guarded<R>(_owner: HPy, access: impl FnOnce() -> R) -> R {
    access()
}

/// Runs `access` while no other thread has the fields of `owner`: a load and a store at the same time would let the
/// object go between the read and the new reference.
///
/// # Safety
/// `owner` is an open handle.
#[cfg(cpython_free_threaded)]
#[inline(always)]
unsafe fn guarded<R>(owner: HPy, access: impl FnOnce() -> R) -> R {
    let mut section = core::mem::MaybeUninit::<ffi::PyCriticalSection>::uninit();
    // SAFETY: the section begins and ends in this frame, around code that does not unwind.
    unsafe {
        ffi::PyCriticalSection_Begin(section.as_mut_ptr(), owner._i);
        let result = access();
        ffi::PyCriticalSection_End(section.as_mut_ptr());
        result
    }
}
