// src/native/text_builder.rs: builders of `bytes` and `str` natively: their memory is that of the object which they become.

use core::mem::{replace, size_of};

use super::undeclared::{COMPACT_ASCII, PyUnicode_IS_ASCII};
use crate::builder::{class, copy, greatest, grown, width};
use crate::*;

/// Raises `SystemError`, as CPython's functions do for a negative size.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
unsafe fn negative() -> c_int {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_SystemError, c"negative size passed to a builder".as_ptr()) };
    -1
}

/// # Safety
/// The thread holds the interpreter.
#[cold]
unsafe fn no_memory() -> c_int {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyErr_NoMemory() };
    -1
}

#[doc = table_doc!("HPyBytesBuilder_Grow")]
pub unsafe fn HPyBytesBuilder_Grow(_ctx: &HPyContext, builder: *mut HPyBytesBuilder, more: HPy_ssize_t) -> c_int {
    // SAFETY: the caller's promise: a builder. Nobody else has its object.
    unsafe {
        let builder = &mut *builder;
        if more < 0 {
            return negative();
        }
        let Some(capacity) = grown(builder._size, builder._capacity, more) else { return no_memory() };
        let old = builder._i.cast::<ffi::PyObject>();
        let object = match old.is_null() {
            true => ffi::PyBytes_FromStringAndSize(core::ptr::null(), capacity),
            false => resized_bytes(old, builder, capacity),
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

/// The object with another capacity, which is not 0. On failure CPython frees it, and the builder is empty.
///
/// # Safety
/// The object is the builder's.
#[inline(always)]
unsafe fn resized_bytes(
    object: *mut ffi::PyObject,
    builder: &mut HPyBytesBuilder,
    capacity: HPy_ssize_t,
) -> *mut ffi::PyObject {
    let mut resized = object;
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
    // SAFETY: the caller's promise: a builder. Nobody else has its object.
    unsafe {
        let built = replace(&mut *builder, HPyBytesBuilder::empty(0));
        let mut object = built._i.cast::<ffi::PyObject>();
        if object.is_null() {
            return HPyBytes_Empty(_ctx);
        }
        if built._size != built._capacity {
            // A failure writes null.
            ffi::_PyBytes_Resize(&mut object, built._size);
        }
        HPy { _i: object }
    }
}

#[doc = table_doc!("HPyBytesBuilder_Cancel")]
pub unsafe fn HPyBytesBuilder_Cancel(_ctx: &HPyContext, builder: *mut HPyBytesBuilder) {
    // SAFETY: the caller's promise: a builder.
    unsafe { ffi::Py_XDECREF(replace(&mut *builder, HPyBytesBuilder::empty(0))._i.cast()) }
}

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
        let has_room = more <= builder._capacity - builder._size;
        let capacity = match has_room {
            true => builder._capacity,
            false => match grown(builder._size, builder._capacity, more) {
                Some(capacity) => capacity,
                None => return no_memory(),
            },
        };
        let mut object = builder._i.cast::<ffi::PyObject>();
        let kept = builder._max.max(wanted);
        if kept == builder._max {
            if has_room {
                return 0;
            }
            object = resized(object, builder, capacity);
            if object.is_null() {
                return -1;
            }
        } else {
            let wider = ffi::PyUnicode_New(capacity, kept);
            if wider.is_null() {
                return -1;
            }
            if !object.is_null() {
                copy(builder._data, builder._kind, characters(wider, kept), width(kept), builder._size as usize);
                ffi::Py_DECREF(object);
            }
            object = wider;
            builder._inexact = (kept > 0x7f) as u8;
        }
        builder._i = object.cast();
        builder._data = characters(object, kept);
        builder._capacity = capacity;
        builder._max = kept;
        builder._kind = width(kept);
        0
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
        let head = object.cast::<ffi::PyASCIIObject>();
        let state = (&raw const (*head).state).cast::<u8>().add(COMPACT_ASCII.0).read();
        if state & COMPACT_ASCII.1 == COMPACT_ASCII.1 {
            return Some((head.add(1).cast(), 1, ffi::PyUnicode_GET_LENGTH(object), 0x7f));
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
        let mut object = built._i.cast::<ffi::PyObject>();
        if object.is_null() {
            return HPyUnicode_Empty(_ctx);
        }
        let most = match built._inexact {
            0 => built._max,
            _ => greatest(built._data, built._kind, built._size as usize, built._max),
        };
        if most > 0x10_ffff {
            ffi::Py_DECREF(object);
            ffi::PyErr_SetString(ffi::PyExc_ValueError, c"a character is not in range [U+0000; U+10ffff]".as_ptr());
            return HPy_NULL;
        }
        if most != built._max || built._size <= 1 {
            // A `str` is of the least kind, and one of a single character of Latin-1 is a constant of CPython.
            let exact = ffi::PyUnicode_FromKindAndData(built._kind.into(), built._data, built._size);
            ffi::Py_DECREF(object);
            return HPy { _i: exact };
        }
        if built._size != built._capacity {
            let exact = resized(object, &built, built._size);
            if exact.is_null() {
                ffi::Py_DECREF(object);
            }
            object = exact;
        }
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
    /// Larger blocks are the C library's, which often has room behind them.
    const SMALL: HPy_ssize_t = 512;
    let kind = HPy_ssize_t::from(builder._kind);
    // SAFETY: the caller's promise.
    unsafe {
        if builder._capacity.wrapping_mul(kind) > SMALL {
            let failed = ffi::PyUnicode_Resize(&mut object, capacity) != 0;
            return if failed { core::ptr::null_mut() } else { object };
        }
        let new = ffi::PyUnicode_New(capacity, builder._max);
        if !new.is_null() {
            let to = characters(new, builder._max).cast::<u8>();
            to.copy_from_nonoverlapping(builder._data.cast(), (builder._size * kind) as usize);
            ffi::Py_DECREF(object);
        }
        new
    }
}

/// Writes what `repr` gives of a `float` itself, without an object of it. None for other objects.
///
/// # Safety
/// A builder, and an open handle.
#[inline]
pub(crate) unsafe fn write_float(ctx: &HPyContext, builder: &mut HPyStrBuilder, h: HPy) -> Option<c_int> {
    // SAFETY: the caller's promise.
    unsafe { (ffi::PyFloat_CheckExact(h._i) != 0).then(|| write_repr_of_float(ctx, builder, h)) }
}

/// Writes the `repr` of a `float`.
///
/// # Safety
/// A builder, and an open handle of a `float` itself, of no subclass.
pub(crate) unsafe fn write_repr_of_float(ctx: &HPyContext, builder: *mut HPyStrBuilder, h: HPy) -> c_int {
    // SAFETY: the caller's promise. CPython's own function makes its text in the same way.
    unsafe {
        let value = ffi::PyFloat_AS_DOUBLE(h._i);
        let text = ffi::PyOS_double_to_string(value, b'r' as c_char, 0, ffi::Py_DTSF_ADD_DOT_0, core::ptr::null_mut());
        if text.is_null() {
            return -1;
        }
        let size = core::ffi::CStr::from_ptr(text).count_bytes() as HPy_ssize_t;
        let failed = HPyStrBuilder_WriteASCII(ctx, &mut *builder, text, size);
        ffi::PyMem_Free(text.cast());
        failed
    }
}

#[doc = table_doc!("HPyStrBuilder_Cancel")]
pub unsafe fn HPyStrBuilder_Cancel(_ctx: &HPyContext, builder: *mut HPyStrBuilder) {
    // SAFETY: the caller's promise: a builder.
    unsafe { ffi::Py_XDECREF(replace(&mut *builder, HPyStrBuilder::empty(0))._i.cast()) }
}

#[doc = table_doc!("HPyUnicode_AsKindAndData")]
pub unsafe fn HPyUnicode_AsKindAndData(
    _ctx: &HPyContext,
    str: HPy,
    kind: *mut c_int,
    size: *mut HPy_ssize_t,
) -> *const c_void {
    // SAFETY: the caller's promise: an open handle, and two variables.
    unsafe {
        match view(str._i) {
            Some((data, bytes, length, _)) => {
                (*kind, *size) = (bytes.into(), length);
                data
            }
            None => core::ptr::null(),
        }
    }
}
