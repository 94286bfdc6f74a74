// pyo3/src/codec.rs: the tags of the format of encode.rs and decode.rs, and the limit of nested values.
//
// A value is a tag and its content. A count, of bytes, of items or of pairs, is seven bits a byte, the lowest first, of which all but
// the last have the bit 0x80. An integer is such a count of 64 bits, with its sign in the lowest bit.

use std::ffi::CStr;

use pyo3::{PyErr, PyResult, Python, ffi};

pub const NONE: u8 = b'N';
pub const INT: u8 = b'I';
pub const TEXT: u8 = b'T';
pub const BYTES: u8 = b'B';
pub const LIST: u8 = b'L';
pub const DICT: u8 = b'D';
/// A count of 64 bits has no more bytes.
pub const COUNT_MAX: usize = 10;

/// Does something one level deeper, or raises RecursionError, whose message ends in `during`.
#[inline]
pub fn nested<T>(py: Python<'_>, during: &CStr, inner: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    // SAFETY: the thread is attached, and each call that succeeds has its counterpart.
    if unsafe { ffi::Py_EnterRecursiveCall(during.as_ptr()) } != 0 {
        return Err(PyErr::fetch(py));
    }
    let result = inner();
    unsafe { ffi::Py_LeaveRecursiveCall() };
    result
}
