// pyo3/src/decode.rs: reads what encode.rs writes.

use std::ffi::CStr;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyInt, PyList, PyString};

use crate::codec::{BYTES, COUNT_MAX, DICT, INT, LIST, NONE, TEXT, nested};

struct Input<'a> {
    rest: &'a [u8],
}

#[cold]
fn truncated() -> PyErr {
    PyValueError::new_err("the bytes end within a value")
}

impl<'a> Input<'a> {
    #[inline]
    fn count(&mut self) -> PyResult<u64> {
        let mut count = 0;
        for (index, byte) in self.rest.iter().take(COUNT_MAX).enumerate() {
            count |= u64::from(byte & 0x7f) << (7 * index);
            if *byte < 0x80 {
                self.rest = &self.rest[index + 1..];
                return Ok(count);
            }
        }
        Err(truncated())
    }

    /// A count of things that each have a byte at least.
    #[inline]
    fn size(&mut self) -> PyResult<usize> {
        let count = self.count()?;
        if count > self.rest.len() as u64 { Err(truncated()) } else { Ok(count as usize) }
    }

    /// A count and as many bytes.
    #[inline]
    fn bytes(&mut self) -> PyResult<&'a [u8]> {
        let (bytes, rest) = self.size().map(|size| self.rest.split_at(size))?;
        self.rest = rest;
        Ok(bytes)
    }
}

fn decode_list<'py>(py: Python<'py>, input: &mut Input<'_>) -> PyResult<Bound<'py, PyAny>> {
    let size = input.size()?;
    let mut items = Vec::with_capacity(size);
    for _ in 0..size {
        items.push(decode_value(py, input)?);
    }
    Ok(PyList::new(py, items)?.into_any())
}

fn decode_dict<'py>(py: Python<'py>, input: &mut Input<'_>) -> PyResult<Bound<'py, PyAny>> {
    let size = input.size()?;
    let dict = PyDict::new(py);
    for _ in 0..size {
        dict.set_item(decode_value(py, input)?, decode_value(py, input)?)?;
    }
    Ok(dict.into_any())
}

fn decode_value<'py>(py: Python<'py>, input: &mut Input<'_>) -> PyResult<Bound<'py, PyAny>> {
    const DURING: &CStr = c" while a value is decoded";
    let (tag, rest) = input.rest.split_first().ok_or_else(truncated)?;
    input.rest = rest;
    Ok(match *tag {
        NONE => input.size().map(|_| py.None().into_bound(py))?,
        INT => {
            let count = input.count()?;
            PyInt::new(py, (count >> 1) as i64 ^ -((count & 1) as i64)).into_any()
        }
        TEXT => PyString::from_bytes(py, input.bytes()?)?.into_any(),
        BYTES => PyBytes::new(py, input.bytes()?).into_any(),
        LIST => nested(py, DURING, || decode_list(py, input))?,
        DICT => nested(py, DURING, || decode_dict(py, input))?,
        _ => return Err(PyValueError::new_err("there is no such tag")),
    })
}

#[pyfunction]
pub fn decode<'py>(bytes: &Bound<'py, PyBytes>) -> PyResult<Bound<'py, PyAny>> {
    decode_value(bytes.py(), &mut Input { rest: bytes.as_bytes() })
}
