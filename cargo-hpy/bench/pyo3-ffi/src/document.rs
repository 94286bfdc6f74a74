// pyo3-ffi/src/document.rs: writes a value as JSON in ASCII.

use core::ffi::{CStr, c_char};
use core::{ptr, slice};

use pyo3_ffi::*;

use crate::{Raised, as_longlong};

type Result = core::result::Result<(), Raised>;

/// Room for more characters, or an exception.
#[inline(always)]
unsafe fn reserve(to: &mut Vec<u8>, more: usize) -> core::result::Result<*mut u8, Raised> {
    unsafe {
        if to.try_reserve(more).is_err() {
            PyErr_NoMemory();
            return Err(Raised);
        }
        Ok(to.as_mut_ptr().add(to.len()))
    }
}

#[inline(always)]
unsafe fn put(to: &mut Vec<u8>, text: &[u8]) -> Result {
    unsafe {
        reserve(to, text.len())?.copy_from_nonoverlapping(text.as_ptr(), text.len());
        to.set_len(to.len() + text.len());
        Ok(())
    }
}

unsafe fn escape_unit(place: *mut u8, unit: u32) -> *mut u8 {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |shift: u32| DIGITS[(unit >> shift & 15) as usize];
    unsafe {
        place.cast::<[u8; 6]>().write([b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
        place.add(6)
    }
}

#[inline(always)]
unsafe fn put_character(mut place: *mut u8, mut character: u32) -> *mut u8 {
    unsafe {
        if (0x20..0x7f).contains(&character) {
            if character == u32::from(b'"') || character == u32::from(b'\\') {
                *place = b'\\';
                place = place.add(1);
            }
            *place = character as u8;
            return place.add(1);
        }
        if character >= 0x10000 {
            character -= 0x10000;
            place = escape_unit(place, 0xd800 | character >> 10);
            character = 0xdc00 | character & 0x3ff;
        }
        escape_unit(place, character)
    }
}

/// The place behind the characters.
#[inline(always)]
unsafe fn put_characters<T: Copy + Into<u32>>(place: *mut u8, data: *const T, size: usize) -> *mut u8 {
    unsafe {
        let characters = slice::from_raw_parts(data, size);
        characters.iter().fold(place, |place, &character| put_character(place, character.into()))
    }
}

unsafe fn write_text(to: &mut Vec<u8>, text: *mut PyObject) -> Result {
    unsafe {
        if PyUnicode_READY(text) < 0 {
            return Err(Raised);
        }
        let (size, data) = (PyUnicode_GET_LENGTH(text) as usize, PyUnicode_DATA(text));
        // A character becomes twelve at most.
        let start = reserve(to, 12 * size + 2)?;
        *start = b'"';
        let place = start.add(1);
        let place = match PyUnicode_KIND(text) {
            PyUnicode_1BYTE_KIND => put_characters(place, data.cast::<u8>(), size),
            PyUnicode_2BYTE_KIND => put_characters(place, data.cast::<u16>(), size),
            _ => put_characters(place, data.cast::<u32>(), size),
        };
        *place = b'"';
        to.set_len(to.len() + place.offset_from_unsigned(start) + 1);
        Ok(())
    }
}

unsafe fn write_int(to: &mut Vec<u8>, value: *mut PyObject) -> Result {
    unsafe {
        let number = as_longlong(value).ok_or(Raised)?;
        let (mut digits, mut start, mut rest) = ([0u8; 20], 20, number.unsigned_abs());
        loop {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if number < 0 {
            start -= 1;
            digits[start] = b'-';
        }
        put(to, &digits[start..])
    }
}

unsafe fn write_float(to: &mut Vec<u8>, value: *mut PyObject) -> Result {
    unsafe {
        let (number, format) = (PyFloat_AS_DOUBLE(value), b'r' as c_char);
        let text = PyOS_double_to_string(number, format, 0, Py_DTSF_ADD_DOT_0, ptr::null_mut());
        if text.is_null() {
            return Err(Raised);
        }
        let written = put(to, CStr::from_ptr(text).to_bytes());
        PyMem_Free(text.cast());
        written
    }
}

/// No Python code runs meanwhile, so nothing takes items from a container.
unsafe fn write_list(to: &mut Vec<u8>, list: *mut PyObject) -> Result {
    unsafe {
        let size = PyList_GET_SIZE(list);
        if size == 0 {
            return put(to, b"[]");
        }
        for index in 0..size {
            put(to, if index == 0 { b"[" } else { b"," })?;
            write_value(to, PyList_GET_ITEM(list, index))?;
        }
        put(to, b"]")
    }
}

unsafe fn write_dict(to: &mut Vec<u8>, dict: *mut PyObject) -> Result {
    unsafe {
        let (mut position, mut key, mut value, mut before) = (0, ptr::null_mut(), ptr::null_mut(), b"{");
        while PyDict_Next(dict, &mut position, &mut key, &mut value) != 0 {
            if PyUnicode_Check(key) == 0 {
                PyErr_SetString(PyExc_TypeError, c"keys of a document are str".as_ptr());
                return Err(Raised);
            }
            put(to, before)?;
            write_text(to, key)?;
            put(to, b":")?;
            write_value(to, value)?;
            before = b",";
        }
        if before == b"{" { put(to, b"{}") } else { put(to, b"}") }
    }
}

type Write = unsafe fn(&mut Vec<u8>, *mut PyObject) -> Result;

unsafe fn write_container(to: &mut Vec<u8>, value: *mut PyObject, write: Write) -> Result {
    unsafe {
        if Py_EnterRecursiveCall(c" while a document is written".as_ptr()) != 0 {
            return Err(Raised);
        }
        let written = write(to, value);
        Py_LeaveRecursiveCall();
        written
    }
}

unsafe fn write_value(to: &mut Vec<u8>, value: *mut PyObject) -> Result {
    unsafe {
        if PyUnicode_Check(value) != 0 {
            write_text(to, value)
        } else if value == Py_True() {
            put(to, b"true")
        } else if value == Py_False() {
            put(to, b"false")
        } else if value == Py_None() {
            put(to, b"null")
        } else if PyLong_Check(value) != 0 {
            write_int(to, value)
        } else if PyFloat_Check(value) != 0 {
            write_float(to, value)
        } else if PyList_Check(value) != 0 {
            write_container(to, value, write_list)
        } else if PyDict_Check(value) != 0 {
            write_container(to, value, write_dict)
        } else {
            PyErr_Format(PyExc_TypeError, c"cannot write %.200s".as_ptr(), (*Py_TYPE(value)).tp_name);
            Err(Raised)
        }
    }
}

pub unsafe extern "C" fn write_document(_: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    unsafe {
        let mut written = Vec::new();
        if reserve(&mut written, 448).is_err() || write_value(&mut written, value).is_err() {
            return ptr::null_mut();
        }
        let text = PyUnicode_New(written.len() as Py_ssize_t, 0x7f);
        if !text.is_null() {
            PyUnicode_1BYTE_DATA(text).copy_from_nonoverlapping(written.as_ptr(), written.len());
        }
        text
    }
}
