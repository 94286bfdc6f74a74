// src/native/instance.rs: making instances of types that have a struct.

use core::ptr;

use super::raise::type_error;
use super::types::record::TypeInfo;
use crate::*;

/// Makes an instance of the type `cls` and tells where its struct is.
///
/// The struct is zeroed, and is one of plain values: [`HPyStruct::New`] is for any. `cls` may be a subtype of the type that
/// was made for `T`, as in a `HPy_tp_new` that a Python class inherits; `data` is set to the struct, or to null on failure.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set: `TypeError` if `cls` is no type,
/// `MemoryError`.
///
/// # Safety
/// `cls` is an open handle, and if it is a type, one that was made for the struct `T` or a subtype of it.
///
/// # Source
/// HPy: `HPy_New`, `_HPy_New`, context index 170. CPython: `tp_alloc`.
#[inline]
pub unsafe fn HPy_New<T: HPyPlainStruct>(ctx: &HPyContext, cls: HPy, data: &mut *mut T) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { new_instance(ctx, cls, data) }
}

/// [`HPy_New`] for a struct of any kind: zeroes may be no value of it.
///
/// # Safety
/// As for [`HPy_New`].
#[inline]
pub(crate) unsafe fn new_instance<T: HPyStruct>(ctx: &HPyContext, cls: HPy, data: &mut *mut T) -> HPy {
    // SAFETY: the caller's promise; the new object has the struct at the constant offset of its shape.
    unsafe {
        let h = new_object(ctx, cls);
        *data = if HPy_IsNull(h) { ptr::null_mut() } else { T::AsStruct(ctx, h) };
        h
    }
}

#[doc = table_doc!("_HPy_New")]
pub unsafe fn _HPy_New(ctx: &HPyContext, h_type: HPy, data: *mut *mut c_void) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let h = new_object(ctx, h_type);
        *data = ptr::null_mut();
        if !HPy_IsNull(h) {
            let info = TypeInfo::of(ffi::Py_TYPE(h._i));
            *data = h._i.cast::<u8>().add(info.map_or(0, |info| info.payload_offset)).cast();
        }
        h
    }
}

/// `tp_alloc` zeroes the memory, takes a reference to the type, and lets the garbage collector know.
///
/// # Safety
/// `cls` is an open handle.
#[inline]
pub(crate) unsafe fn new_object(_ctx: &HPyContext, cls: HPy) -> HPy {
    // SAFETY: the caller's promise; CPython gives every type a tp_alloc.
    unsafe {
        if ffi::PyType_Check(cls._i) == 0 {
            return type_error(c"HPy_New arg 1 must be a type").handle();
        }
        let cls = cls._i.cast::<ffi::PyTypeObject>();
        HPy { _i: (*cls).tp_alloc.unwrap_unchecked()(cls, 0) }
    }
}
