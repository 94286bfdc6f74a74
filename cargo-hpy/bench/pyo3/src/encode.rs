// pyo3/src/encode.rs: writes None, int, str, bytes, list and dict as bytes, each by its type.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyInt, PyList, PyString};

use crate::codec::{BYTES, COUNT_MAX, DICT, INT, LIST, NONE, TEXT, nested};

/// A tag and a count, with room for more bytes behind them.
#[inline]
fn put_count(out: &mut Vec<u8>, tag: u8, mut count: u64, more: usize) {
    out.reserve(1 + COUNT_MAX + more);
    out.push(tag);
    while count >= 0x80 {
        out.push(count as u8 | 0x80);
        count >>= 7;
    }
    out.push(count as u8);
}

#[inline]
fn put_bytes(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    put_count(out, tag, bytes.len() as u64, bytes.len());
    out.extend_from_slice(bytes);
}

fn encode_list(out: &mut Vec<u8>, list: &Bound<'_, PyList>) -> PyResult<()> {
    put_count(out, LIST, list.len() as u64, 0);
    list.iter().try_for_each(|item| encode_value(out, &item))
}

fn encode_dict(out: &mut Vec<u8>, dict: &Bound<'_, PyDict>) -> PyResult<()> {
    put_count(out, DICT, dict.len() as u64, 0);
    for (key, item) in dict {
        encode_value(out, &key)?;
        encode_value(out, &item)?;
    }
    Ok(())
}

fn encode_value(out: &mut Vec<u8>, value: &Bound<'_, PyAny>) -> PyResult<()> {
    const DURING: &std::ffi::CStr = c" while a value is encoded";
    if let Ok(text) = value.cast::<PyString>() {
        put_bytes(out, TEXT, text.to_str()?.as_bytes());
    } else if let Ok(int) = value.cast::<PyInt>() {
        let number: i64 = int.extract()?;
        put_count(out, INT, (number << 1 ^ number >> 63) as u64, 0);
    } else if let Ok(list) = value.cast::<PyList>() {
        nested(value.py(), DURING, || encode_list(out, list))?;
    } else if let Ok(dict) = value.cast::<PyDict>() {
        nested(value.py(), DURING, || encode_dict(out, dict))?;
    } else if let Ok(bytes) = value.cast::<PyBytes>() {
        put_bytes(out, BYTES, bytes.as_bytes());
    } else if value.is_none() {
        put_count(out, NONE, 0, 0);
    } else {
        return Err(PyTypeError::new_err(format!("cannot encode {}", value.get_type().name()?)));
    }
    Ok(())
}

#[pyfunction]
pub fn encode<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    let mut out = Vec::with_capacity(256);
    encode_value(&mut out, value)?;
    Ok(PyBytes::new(value.py(), &out))
}
