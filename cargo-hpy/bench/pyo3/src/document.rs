// pyo3/src/document.rs: writes a value as JSON in ASCII.

use std::io::Write;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::string::PyStringData;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};

use crate::codec::nested;

fn escape_unit(out: &mut Vec<u8>, unit: u32) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |shift: u32| DIGITS[(unit >> shift & 15) as usize];
    out.extend_from_slice(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
}

#[inline]
fn put_character(out: &mut Vec<u8>, character: u32) {
    match character {
        0x22 | 0x5c => out.extend_from_slice(&[b'\\', character as u8]),
        0x20..0x7f => out.push(character as u8),
        0x10000.. => {
            escape_unit(out, 0xd800 | (character - 0x10000) >> 10);
            escape_unit(out, 0xdc00 | character & 0x3ff);
        }
        _ => escape_unit(out, character),
    }
}

/// The characters are read as they are stored, since a str with a surrogate has no UTF-8.
fn write_text(out: &mut Vec<u8>, text: &Bound<'_, PyString>) -> PyResult<()> {
    // SAFETY: a str that others see has valid data.
    let data = unsafe { text.data()? };
    out.reserve(data.as_bytes().len() + 2);
    out.push(b'"');
    match data {
        PyStringData::Ucs1(units) => units.iter().for_each(|unit| put_character(out, u32::from(*unit))),
        PyStringData::Ucs2(units) => units.iter().for_each(|unit| put_character(out, u32::from(*unit))),
        PyStringData::Ucs4(units) => units.iter().for_each(|unit| put_character(out, *unit)),
    }
    out.push(b'"');
    Ok(())
}

fn write_list(out: &mut Vec<u8>, list: &Bound<'_, PyList>) -> PyResult<()> {
    out.push(b'[');
    for (index, item) in list.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_value(out, &item)?;
    }
    out.push(b']');
    Ok(())
}

fn write_dict(out: &mut Vec<u8>, dict: &Bound<'_, PyDict>) -> PyResult<()> {
    out.push(b'{');
    for (index, (key, value)) in dict.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        let Ok(key) = key.cast::<PyString>() else { return Err(PyTypeError::new_err("keys of a document are str")) };
        write_text(out, key)?;
        out.push(b':');
        write_value(out, &value)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_value(out: &mut Vec<u8>, value: &Bound<'_, PyAny>) -> PyResult<()> {
    const DURING: &std::ffi::CStr = c" while a document is written";
    if let Ok(text) = value.cast::<PyString>() {
        return write_text(out, text);
    } else if let Ok(bool) = value.cast::<PyBool>() {
        out.extend_from_slice(if bool.is_true() { b"true" } else { b"false" });
    } else if value.is_none() {
        out.extend_from_slice(b"null");
    } else if let Ok(int) = value.cast::<PyInt>() {
        write!(out, "{}", int.extract::<i64>()?)?;
    } else if let Ok(float) = value.cast_exact::<PyFloat>() {
        out.extend_from_slice(float.repr()?.to_str()?.as_bytes());
    } else if let Ok(float) = value.cast::<PyFloat>() {
        // A class below float may have a repr of its own.
        out.extend_from_slice(PyFloat::new(value.py(), float.value()).repr()?.to_str()?.as_bytes());
    } else if let Ok(list) = value.cast::<PyList>() {
        nested(value.py(), DURING, || write_list(out, list))?;
    } else if let Ok(dict) = value.cast::<PyDict>() {
        nested(value.py(), DURING, || write_dict(out, dict))?;
    } else {
        return Err(PyTypeError::new_err(format!("cannot write {}", value.get_type().name()?)));
    }
    Ok(())
}

#[pyfunction]
pub fn write_document<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    let mut out = Vec::with_capacity(448);
    write_value(&mut out, value)?;
    PyString::from_bytes(value.py(), &out)
}
