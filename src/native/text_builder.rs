// src/native/text_builder.rs: builders of `str` natively.

use core::mem::{replace, size_of};

use super::builder_memory::{SCRATCH, free, has_scratch, negative, no_memory};
use super::undeclared::{PyUnicode_IS_ASCII, PyUnicode_IS_COMPACT_ASCII};
use crate::builder::{class, copy, greatest, grown, width};
use crate::*;

/// Where the characters of a new `str` are.
///
/// # Safety
/// The object is a compact `str` of this class.
#[inline(always)]
unsafe fn characters(object: *mut ffi::PyObject, class: HPy_UCS4) -> *mut c_void {
    let head = if class <= 0x7f { size_of::<ffi::PyASCIIObject>() } else { size_of::<ffi::PyCompactUnicodeObject>() };
    // SAFETY: the caller's promise.
    unsafe { object.byte_add(head).cast() }
}

#[doc = table_doc!("HPyStrBuilder_Grow")]
pub unsafe fn HPyStrBuilder_Grow(
    _ctx: &HPyContext,
    builder: *mut HPyStrBuilder,
    more: HPy_ssize_t,
    maxchar: HPy_UCS4,
) -> c_int {
    // SAFETY: the caller's promise: a builder. Nobody else has its object.
    unsafe {
        let builder = &mut *builder;
        if more < 0 {
            return negative();
        }
        let Some(wanted) = class(maxchar) else {
            ffi::PyErr_SetString(ffi::PyExc_ValueError, c"character U+%x is not in range [U+0000; U+10ffff]".as_ptr());
            return -1;
        };
        let kept = builder._max.max(wanted);
        if has_scratch(builder._i, builder._capacity)
            && more <= SCRATCH / HPy_ssize_t::from(width(kept)) - builder._size
        {
            return in_scratch(builder, kept);
        }
        let has_room = more <= builder._capacity - builder._size;
        let capacity = match has_room {
            true => builder._capacity,
            false => match grown(builder._size, builder._capacity, more) {
                Some(capacity) => capacity,
                None => return no_memory(),
            },
        };
        let object = if kept == builder._max && !builder._i.is_null() {
            if has_room {
                return 0;
            }
            resized(builder._i.cast(), builder, capacity)
        } else {
            moved(builder, capacity, kept)
        };
        if object.is_null() {
            return -1;
        }
        widen(builder, kept);
        builder._i = object.cast();
        builder._data = characters(object, kept);
        builder._capacity = capacity;
        0
    }
}

/// Notes the class of characters that have room from now on.
#[inline(always)]
fn widen(builder: &mut HPyStrBuilder, kept: HPy_UCS4) {
    if kept != builder._max {
        builder._max = kept;
        builder._kind = width(kept);
        builder._inexact = (kept > 0x7f) as u8;
    }
}

/// Gives a builder without an object a scratch block for characters of a class.
///
/// # Safety
/// The thread holds the interpreter, and what the builder has fits.
#[inline(always)]
unsafe fn in_scratch(builder: &mut HPyStrBuilder, kept: HPy_UCS4) -> c_int {
    let kind = width(kept);
    if kind != builder._kind {
        // SAFETY: the caller's promise. The builder keeps what it has on a failure.
        unsafe {
            let block = ffi::PyMem_Malloc(SCRATCH as usize);
            if block.is_null() {
                return no_memory();
            }
            if !builder._data.is_null() {
                copy(builder._data, builder._kind, block, kind, builder._size as usize);
                ffi::PyMem_Free(builder._data);
            }
            builder._data = block;
        }
        builder._capacity = SCRATCH / HPy_ssize_t::from(kind);
    }
    widen(builder, kept);
    0
}

/// The text of a builder in a new object with another capacity, for characters of a class, or null with an exception set. What it
/// was in is freed.
///
/// # Safety
/// The thread holds the interpreter; the capacity has room for the text, and the class for its characters.
unsafe fn moved(builder: &HPyStrBuilder, capacity: HPy_ssize_t, kept: HPy_UCS4) -> *mut ffi::PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        let object = ffi::PyUnicode_New(capacity, kept);
        if !object.is_null() && !builder._data.is_null() {
            copy(builder._data, builder._kind, characters(object, kept), width(kept), builder._size as usize);
            free(builder._data, builder._i);
        }
        object
    }
}

/// The characters of a `str`, the number of bytes of each, and their class.
///
/// # Safety
/// The object is alive, and the thread holds the interpreter. With `None` an exception is set.
#[inline(always)]
unsafe fn view(object: *mut ffi::PyObject) -> Option<(*const c_void, u8, HPy_ssize_t, HPy_UCS4)> {
    // SAFETY: the caller's promise.
    unsafe {
        if ffi::PyUnicode_Check(object) == 0 {
            no_text(object);
            return None;
        }
        // Its parts are functions from CPython 3.14 on, and this is most text.
        if PyUnicode_IS_COMPACT_ASCII(object) != 0 {
            return Some((characters(object, 0x7f), 1, ffi::PyUnicode_GET_LENGTH(object), 0x7f));
        }
        #[cfg(cpython_text_may_be_unready)]
        if ffi::PyUnicode_READY(object) != 0 {
            return None;
        }
        let kind = ffi::PyUnicode_KIND(object) as u8;
        let class = match kind {
            1 if PyUnicode_IS_ASCII(object) => 0x7f,
            1 => 0xff,
            2 => 0xffff,
            _ => 0x10_ffff,
        };
        Some((ffi::PyUnicode_DATA(object).cast_const(), kind, ffi::PyUnicode_GET_LENGTH(object), class))
    }
}

/// # Safety
/// The object is alive, and the thread holds the interpreter.
#[cold]
unsafe fn no_text(object: *mut ffi::PyObject) {
    // SAFETY: the caller's promise.
    unsafe {
        let class = (*ffi::Py_TYPE(object)).tp_name;
        ffi::PyErr_Format(ffi::PyExc_TypeError, c"must be str, not %.100s".as_ptr(), class);
    }
}

#[doc = table_doc!("HPyStrBuilder_WriteSubstring")]
pub unsafe fn HPyStrBuilder_WriteSubstring(
    ctx: &HPyContext,
    builder: *mut HPyStrBuilder,
    str: HPy,
    start: HPy_ssize_t,
    end: HPy_ssize_t,
) -> c_int {
    // SAFETY: the caller's promise: a builder, and an open handle.
    unsafe {
        let Some((data, kind, length, mut most)) = view(str._i) else { return -1 };
        if start < 0 || start > end {
            ffi::PyErr_SetString(ffi::PyExc_ValueError, c"start must be from 0 to end".as_ptr());
            return -1;
        }
        let end = end.min(length);
        if start >= end {
            return 0;
        }
        let count = end - start;
        let data = data.byte_offset(start * HPy_ssize_t::from(kind));
        if most > (*builder)._max && count < length {
            most = greatest(data, kind, count as usize, most);
        }
        let max = (*builder)._max;
        if (most > max || count > (*builder)._capacity - (*builder)._size)
            && HPyStrBuilder_Grow(ctx, builder, count, most) != 0
        {
            return -1;
        }
        let builder = &mut *builder;
        let place = builder._data.byte_offset(builder._size * HPy_ssize_t::from(builder._kind));
        match kind > builder._kind {
            true => narrow(data, kind, place, builder._kind, count),
            false => copy(data, kind, place, builder._kind, count as usize),
        }
        builder._size += count;
        if most > max {
            builder._inexact = 0;
        }
        0
    }
}

/// Copies characters of a wider text that fit narrower ones.
///
/// # Safety
/// There are as many characters, and room for them.
unsafe fn narrow(from: *const c_void, from_kind: u8, to: *mut c_void, to_kind: u8, count: HPy_ssize_t) {
    for index in 0..count {
        // SAFETY: the caller's promise.
        unsafe {
            let character = match from_kind {
                2 => (*from.cast::<u16>().offset(index)).into(),
                _ => *from.cast::<u32>().offset(index),
            };
            crate::builder::put(to, to_kind, index, character);
        }
    }
}

#[doc = table_doc!("HPyStrBuilder_Build")]
pub unsafe fn HPyStrBuilder_Build(_ctx: &HPyContext, builder: *mut HPyStrBuilder) -> HPy {
    // SAFETY: the caller's promise: a builder. Nobody else has its object.
    unsafe {
        let built = replace(&mut *builder, HPyStrBuilder::empty(0));
        if built._data.is_null() {
            return HPyUnicode_Empty(_ctx);
        }
        let most = match built._inexact {
            0 => built._max,
            _ => greatest(built._data, built._kind, built._size as usize, built._max),
        };
        if most > 0x10_ffff {
            free(built._data, built._i);
            ffi::PyErr_SetString(ffi::PyExc_ValueError, c"a character is not in range [U+0000; U+10ffff]".as_ptr());
            return HPy_NULL;
        }
        let object = if most != built._max || built._size <= 1 {
            // A `str` is of the least kind, and one of a single character of Latin-1 is a constant of CPython.
            let exact = ffi::PyUnicode_FromKindAndData(built._kind.into(), built._data, built._size);
            free(built._data, built._i);
            exact
        } else if built._i.is_null() {
            let exact = moved(&built, built._size, most);
            if exact.is_null() {
                free(built._data, built._i);
            }
            exact
        } else if built._size != built._capacity {
            let exact = resized(built._i.cast(), &built, built._size);
            if exact.is_null() {
                free(built._data, built._i);
            }
            exact
        } else {
            built._i.cast()
        };
        HPy { _i: object }
    }
}

/// The text of a builder in an object with another capacity, which takes the place of its own, or null with an exception set.
///
/// CPython's allocator of small blocks moves what it resizes: a new object takes fewer instructions then.
///
/// # Safety
/// The object is the builder's, and nobody else has it; the capacity has room for its text.
unsafe fn resized(
    mut object: *mut ffi::PyObject,
    builder: &HPyStrBuilder,
    capacity: HPy_ssize_t,
) -> *mut ffi::PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        // Larger blocks are the C library's, which often has room behind them.
        if builder._capacity.wrapping_mul(builder._kind.into()) > SCRATCH {
            let failed = ffi::PyUnicode_Resize(&mut object, capacity) != 0;
            return if failed { core::ptr::null_mut() } else { object };
        }
        moved(builder, capacity, builder._max)
    }
}

#[doc = table_doc!("HPyStrBuilder_Cancel")]
pub unsafe fn HPyStrBuilder_Cancel(_ctx: &HPyContext, builder: *mut HPyStrBuilder) {
    // SAFETY: the caller's promise: a builder.
    unsafe {
        let cancelled = replace(&mut *builder, HPyStrBuilder::empty(0));
        free(cancelled._data, cancelled._i);
    }
}
