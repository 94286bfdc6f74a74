// src/loader/extras/builder.rs: builders of `bytes` and `str` through loaders that have none: memory of C's, which is copied once.

use core::mem::replace;
use core::ptr::NonNull;

use crate::builder::{class, copy, grown, width};
use crate::loader::call::*;
use crate::*;

/// Memory of `size` bytes in place of what the builder has; null with an exception.
///
/// # Safety
/// The memory is the builder's, or null.
unsafe fn resize(ctx: &HPyContext, old: *mut c_void, size: Option<usize>) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe {
        let memory =
            size.filter(|&size| size <= HPy_ssize_t::MAX as usize).and_then(|size| match NonNull::new(old.cast()) {
                None => memory::allocate(size),
                Some(old) => memory::resize(old, size),
            });
        match memory {
            Some(memory) => memory.as_ptr().cast(),
            None => {
                HPyErr_NoMemory(ctx);
                core::ptr::null_mut()
            }
        }
    }
}

/// Frees what a builder has.
///
/// # Safety
/// The memory is the builder's, or null.
unsafe fn release(memory: *mut c_void) {
    if let Some(memory) = NonNull::new(memory.cast()) {
        // SAFETY: the caller's promise.
        unsafe { memory::free(memory) }
    }
}

/// # Safety
/// `ctx` is the context of the running call.
unsafe fn is_negative(ctx: &HPyContext, more: HPy_ssize_t) -> bool {
    if more < 0 {
        // SAFETY: the caller's promise.
        unsafe { HPyErr_SetString(ctx, ctx.h_SystemError, c"negative size passed to a builder".as_ptr()) };
    }
    more < 0
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyBytesBuilder_Grow(ctx: &HPyContext, builder: *mut HPyBytesBuilder, more: HPy_ssize_t) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let builder = &mut *builder;
        if is_negative(ctx, more) {
            return -1;
        }
        let capacity = grown(builder._size, builder._capacity, more);
        let memory = resize(ctx, builder._i, capacity.map(|capacity| capacity as usize));
        if memory.is_null() {
            return -1;
        }
        (builder._i, builder._data) = (memory, memory.cast());
        builder._capacity = capacity.unwrap_or(0);
        0
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyBytesBuilder_Build(ctx: &HPyContext, builder: *mut HPyBytesBuilder) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let built = replace(&mut *builder, HPyBytesBuilder::empty(0));
        let data = if built._data.is_null() { c"".as_ptr() } else { built._data.cast() };
        let bytes = HPyBytes_FromStringAndSize(ctx, data, built._size);
        release(built._i);
        bytes
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyBytesBuilder_Cancel(_: &HPyContext, builder: *mut HPyBytesBuilder) {
    // SAFETY: the caller's promise.
    unsafe { release(replace(&mut *builder, HPyBytesBuilder::empty(0))._i) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyStrBuilder_Grow(
    ctx: &HPyContext,
    builder: *mut HPyStrBuilder,
    more: HPy_ssize_t,
    maxchar: HPy_UCS4,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let builder = &mut *builder;
        if is_negative(ctx, more) {
            return -1;
        }
        let Some(wanted) = class(maxchar) else {
            HPyErr_SetString(ctx, ctx.h_ValueError, c"character is not in range [U+0000; U+10ffff]".as_ptr());
            return -1;
        };
        let kept = builder._max.max(wanted);
        let kind = width(kept);
        let has_room = more <= builder._capacity - builder._size;
        let capacity = if has_room { Some(builder._capacity) } else { grown(builder._size, builder._capacity, more) };
        let size = capacity.and_then(|capacity| (capacity as usize).checked_mul(kind.into()));
        if has_room && kept == builder._max {
            return 0;
        }
        if kind == builder._kind || builder._i.is_null() {
            builder._data = resize(ctx, builder._i, size);
        } else {
            let wider = resize(ctx, core::ptr::null_mut(), size);
            if !wider.is_null() {
                copy(builder._i, builder._kind, wider, kind, builder._size as usize);
                release(builder._i);
            }
            builder._data = wider;
        }
        if builder._data.is_null() {
            builder._data = builder._i;
            return -1;
        }
        builder._i = builder._data;
        builder._capacity = capacity.unwrap_or(0);
        (builder._max, builder._kind) = (kept, kind);
        0
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyStrBuilder_WriteSubstring(
    ctx: &HPyContext,
    builder: *mut HPyStrBuilder,
    str: HPy,
    start: HPy_ssize_t,
    end: HPy_ssize_t,
) -> c_int {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        if HPyUnicode_Check(ctx, str) == 0 {
            with_name(ctx, HPy_Type(ctx, str), |name| {
                HPyErr_Format!(ctx, ctx.h_TypeError, "must be str, not %.100s", name)
            });
            return -1;
        }
        if start < 0 || start > end {
            HPyErr_SetString(ctx, ctx.h_ValueError, c"start must be from 0 to end".as_ptr());
            return -1;
        }
        let end = end.min(HPyUnicode_GetLength(ctx, str));
        if start >= end {
            return 0;
        }
        let length = (*builder)._size;
        with(ctx, HPyUnicode_Substring(ctx, str, start, end), -1, |text| {
            // Half of a surrogate pair has no UTF-8, and is a character like any other.
            for index in 0..end - start {
                let character = HPyUnicode_ReadChar(ctx, text, index);
                if character == !0 || HPyStrBuilder_WriteChar(ctx, &mut *builder, character) != 0 {
                    (*builder)._size = length;
                    return -1;
                }
            }
            0
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyStrBuilder_Build(ctx: &HPyContext, builder: *mut HPyStrBuilder) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let built = replace(&mut *builder, HPyStrBuilder::empty(0));
        let text = match built._kind {
            0 => HPyUnicode_FromString(ctx, c"".as_ptr()),
            kind => HPyUnicode_FromKindAndData(ctx, kind.into(), built._data, built._size),
        };
        release(built._i);
        text
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyStrBuilder_Cancel(_: &HPyContext, builder: *mut HPyStrBuilder) {
    // SAFETY: the caller's promise.
    unsafe { release(replace(&mut *builder, HPyStrBuilder::empty(0))._i) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyUnicode_Empty(ctx: &HPyContext) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyUnicode_FromString(ctx, c"".as_ptr()) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyBytes_Empty(ctx: &HPyContext) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyBytes_FromStringAndSize(ctx, c"".as_ptr(), 0) }
}
