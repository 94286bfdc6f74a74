// src/native/bytes_builder.rs: builders of `bytes` natively.

use core::mem::replace;

use super::builder_memory::{SCRATCH, free, has_scratch, negative, no_memory};
use crate::builder::grown;
use crate::*;

#[doc = table_doc!("HPyBytesBuilder_Grow")]
pub unsafe fn HPyBytesBuilder_Grow(_ctx: &HPyContext, builder: *mut HPyBytesBuilder, more: HPy_ssize_t) -> c_int {
    // SAFETY: the caller's promise: a builder. Nobody else has its memory.
    unsafe {
        let builder = &mut *builder;
        if more < 0 {
            return negative();
        }
        if has_scratch(builder._i, builder._capacity) && more <= SCRATCH - builder._size {
            if builder._data.is_null() {
                let block = ffi::PyMem_Malloc(SCRATCH as usize);
                if block.is_null() {
                    return no_memory();
                }
                builder._data = block.cast();
                builder._capacity = SCRATCH;
            }
            return 0;
        }
        let Some(capacity) = grown(builder._size, builder._capacity, more) else { return no_memory() };
        let object = match builder._i.is_null() {
            true => moved(builder, capacity),
            false => resized(builder, capacity),
        };
        if object.is_null() {
            return -1;
        }
        builder._i = object.cast();
        builder._data = ffi::PyBytes_AS_STRING(object).cast_mut().cast();
        builder._capacity = capacity;
        0
    }
}

/// A new object with what is in the scratch block, which is freed, or null with an exception set.
///
/// # Safety
/// The thread holds the interpreter, and the builder has no object; the capacity has room for what it has.
unsafe fn moved(builder: &HPyBytesBuilder, capacity: HPy_ssize_t) -> *mut ffi::PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        let object = ffi::PyBytes_FromStringAndSize(core::ptr::null(), capacity);
        if !object.is_null() && !builder._data.is_null() {
            let to = ffi::PyBytes_AS_STRING(object).cast_mut().cast::<u8>();
            to.copy_from_nonoverlapping(builder._data, builder._size as usize);
            ffi::PyMem_Free(builder._data.cast());
        }
        object
    }
}

/// The object with another capacity, which is not 0. On failure CPython frees it, and the builder is empty.
///
/// # Safety
/// The thread holds the interpreter, and the builder has an object.
#[inline(always)]
unsafe fn resized(builder: &mut HPyBytesBuilder, capacity: HPy_ssize_t) -> *mut ffi::PyObject {
    let mut resized = builder._i.cast();
    // SAFETY: the caller's promise.
    unsafe {
        if ffi::_PyBytes_Resize(&mut resized, capacity) != 0 {
            *builder = HPyBytesBuilder::empty(0);
        }
    }
    resized
}

#[doc = table_doc!("HPyBytesBuilder_Build")]
pub unsafe fn HPyBytesBuilder_Build(_ctx: &HPyContext, builder: *mut HPyBytesBuilder) -> HPy {
    // SAFETY: the caller's promise: a builder. Nobody else has its memory.
    unsafe {
        let built = replace(&mut *builder, HPyBytesBuilder::empty(0));
        if built._data.is_null() {
            return HPyBytes_Empty(_ctx);
        }
        let mut object = built._i.cast::<ffi::PyObject>();
        if object.is_null() {
            object = ffi::PyBytes_FromStringAndSize(built._data.cast(), built._size);
            ffi::PyMem_Free(built._data.cast());
        } else if built._size != built._capacity {
            // A failure writes null.
            ffi::_PyBytes_Resize(&mut object, built._size);
        }
        HPy { _i: object }
    }
}

#[doc = table_doc!("HPyBytesBuilder_Cancel")]
pub unsafe fn HPyBytesBuilder_Cancel(_ctx: &HPyContext, builder: *mut HPyBytesBuilder) {
    // SAFETY: the caller's promise: a builder.
    unsafe {
        let cancelled = replace(&mut *builder, HPyBytesBuilder::empty(0));
        free(cancelled._data.cast(), cancelled._i);
    }
}
