// src/native/float_text.rs: the text that `repr` gives of a `float`, written to a builder without an object.

use crate::*;

/// Writes what `repr` gives of a `float` itself. None for other objects.
///
/// # Safety
/// A builder, and an open handle.
#[inline]
pub(crate) unsafe fn write_float(ctx: &HPyContext, builder: &mut HPyStrBuilder, h: HPy) -> Option<c_int> {
    // SAFETY: the caller's promise.
    unsafe { (ffi::PyFloat_CheckExact(h._i) != 0).then(|| write_repr_of_float(ctx, builder, h)) }
}

/// Writes the `repr` of a `float`: the shortest digits that are read back as the same number.
///
/// # Safety
/// A builder, and an open handle of a `float` itself, of no subclass.
pub(crate) unsafe fn write_repr_of_float(ctx: &HPyContext, builder: *mut HPyStrBuilder, h: HPy) -> c_int {
    // SAFETY: the caller's promise.
    let value = unsafe { ffi::PyFloat_AS_DOUBLE(h._i) };
    let size = value.abs();
    if (1e-4..1e16).contains(&size) || size == 0.0 {
        // Without an exponent, zmij writes the digits as Python does.
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format_finite(value);
        // SAFETY: the caller's promise; the text is ASCII.
        return unsafe {
            HPyStrBuilder_WriteASCII(ctx, &mut *builder, text.as_ptr().cast(), text.len() as HPy_ssize_t)
        };
    }
    // SAFETY: the caller's promise.
    unsafe { write_as_cpython(ctx, builder, value) }
}

/// Writes a number as CPython does, with its own function.
///
/// # Safety
/// A builder, and the thread holds the interpreter.
#[inline(never)]
unsafe fn write_as_cpython(ctx: &HPyContext, builder: *mut HPyStrBuilder, value: f64) -> c_int {
    let (format, flags, kind) = (b'r' as c_char, ffi::Py_DTSF_ADD_DOT_0, core::ptr::null_mut());
    // SAFETY: the caller's promise.
    unsafe {
        let text = ffi::PyOS_double_to_string(value, format, 0, flags, kind);
        if text.is_null() {
            return -1;
        }
        let size = core::ffi::CStr::from_ptr(text).count_bytes() as HPy_ssize_t;
        let failed = HPyStrBuilder_WriteASCII(ctx, &mut *builder, text, size);
        ffi::PyMem_Free(text.cast());
        failed
    }
}
