// src/native/undeclared.rs: the layouts of `int`, of `str` and of the key of thread-local words, which pyo3-ffi does not declare.

use super::raise::{Raised, Result};
use crate::*;

/// The byte of a `str`'s state, and its bits, that say that the text is compact ASCII. They are the same since CPython 3.9,
/// except without the global lock, where other threads write the first byte.
pub const COMPACT_ASCII: (usize, u8) = {
    let (byte, bits) = if cfg!(cpython_free_threaded) { (1, 0b0001_1000_u8) } else { (0, 0b0110_0000) };
    (byte, if cfg!(target_endian = "big") { bits.reverse_bits() } else { bits })
};

/// The same of a text that is ASCII and may be a subclass's, which is not compact: the higher of the two bits. pyo3-ffi 0.30 does not
/// declare `PyUnicode_IS_ASCII`.
const ASCII: u8 = {
    let bits: u8 = if cfg!(cpython_free_threaded) { 0b0001_0000 } else { 0b0100_0000 };
    if cfg!(target_endian = "big") { bits.reverse_bits() } else { bits }
};
const _: () = assert!(ASCII & COMPACT_ASCII.1 == ASCII);

/// Whether a `str` is ASCII.
///
/// # Safety
/// `text` is a `str` in its compact form, or a subclass's.
#[inline(always)]
pub unsafe fn PyUnicode_IS_ASCII(text: *mut ffi::PyObject) -> bool {
    // SAFETY: the caller passes a `str`.
    unsafe {
        let state = &raw const (*text.cast::<ffi::PyASCIIObject>()).state;
        state.cast::<u8>().add(COMPACT_ASCII.0).read() & ASCII != 0
    }
}

/// Whether a `str` is compact ASCII, as most text is. It is a function of pyo3-ffi up to CPython 3.13 alone.
///
/// # Safety
/// `text` is a `str`.
#[inline(always)]
pub unsafe fn PyUnicode_IS_COMPACT_ASCII(text: *mut ffi::PyObject) -> c_int {
    let (byte, bits) = COMPACT_ASCII;
    // SAFETY: the caller passes a `str`.
    unsafe {
        let state = &raw const (*text.cast::<ffi::PyASCIIObject>()).state;
        (state.cast::<u8>().add(byte).read() & bits == bits) as c_int
    }
}

/// The key of a thread-local word. pyo3-ffi declares it from 0.30 on.
#[repr(C)]
pub struct Py_tss_t {
    is_initialized: c_int,
    key: NativeKey,
}

/// macOS alone numbers its keys with more than 32 bits.
#[cfg(target_vendor = "apple")]
type NativeKey = core::ffi::c_ulong;
#[cfg(not(target_vendor = "apple"))]
type NativeKey = u32;

/// A key that `PyThread_tss_create` has still to make.
pub const Py_tss_NEEDS_INIT: Py_tss_t = Py_tss_t { is_initialized: 0, key: 0 };

/// An `int`. The two lowest bits of the tag are 0 for a positive value, 1 for zero and 2 for a negative one, and those from
/// the fourth on are the number of digits.
#[cfg(cpython_compact_ints)]
#[repr(C)]
pub struct Long {
    pub head: ffi::PyObject,
    pub tag: usize,
    pub digit: u32,
}

/// Whether an `int` has one digit at most: what CPython's API calls a compact one, from 3.12 on.
///
/// # Safety
/// `long` is an `int`.
#[cfg(cpython_compact_ints)]
#[inline(always)]
pub unsafe fn PyUnstable_Long_IsCompact(long: *mut Long) -> c_int {
    // SAFETY: the caller passes an `int`; `check_digits` has seen what digits are.
    unsafe { ((*long).tag < 2 << 3) as c_int }
}

/// The value of a compact `int`.
///
/// # Safety
/// `long` is a compact `int`.
#[cfg(cpython_compact_ints)]
#[inline(always)]
pub unsafe fn PyUnstable_Long_CompactValue(long: *mut Long) -> HPy_ssize_t {
    // SAFETY: the caller passes a compact `int`.
    unsafe { (1 - ((*long).tag & 3) as HPy_ssize_t) * (*long).digit as HPy_ssize_t }
}

/// Raises `ImportError` on a CPython configured with digits of 15 bits.
///
/// # Safety
/// The thread holds the interpreter.
pub(super) unsafe fn check_digits() -> Result<()> {
    // SAFETY: the caller loads a module, and holds the interpreter.
    unsafe {
        if cfg!(not(cpython_compact_ints)) || ffi::PyLong_Type.tp_itemsize as usize == size_of::<u32>() {
            return Ok(());
        }
        ffi::PyErr_SetString(
            ffi::PyExc_ImportError,
            c"this Python was configured with --enable-big-digits=15; modules of hpy-sys need digits of 30 bits"
                .as_ptr(),
        );
        Err(Raised)
    }
}
