// pyo3-ffi/src/decode.rs: reads what encode.rs writes.

use core::ffi::c_char;
use core::{ptr, slice};

use pyo3_ffi::compat::Py_NewRef;
use pyo3_ffi::*;

use crate::codec::{BYTES, COUNT_MAX, DICT, INT, LIST, NONE, TEXT};

struct Input<'a> {
    rest: slice::Iter<'a, u8>,
}

#[cold]
unsafe fn truncated() {
    unsafe { PyErr_SetString(PyExc_ValueError, c"the bytes end within a value".as_ptr()) };
}

impl<'a> Input<'a> {
    /// A count, or nothing with an exception.
    #[inline(always)]
    unsafe fn count(&mut self) -> Option<u64> {
        let (mut count, mut shift) = (0, 0);
        while shift < 7 * COUNT_MAX {
            let Some(byte) = self.rest.next() else { break };
            count |= u64::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(count);
            }
            shift += 7;
        }
        unsafe { truncated() };
        None
    }

    /// A count of things that each have a byte at least.
    #[inline(always)]
    unsafe fn size(&mut self) -> Option<usize> {
        unsafe {
            let count = self.count()?;
            if count > self.rest.len() as u64 {
                truncated();
                return None;
            }
            Some(count as usize)
        }
    }

    /// A count and as many bytes.
    #[inline(always)]
    unsafe fn bytes(&mut self) -> Option<(*const c_char, Py_ssize_t)> {
        let size = unsafe { self.size()? };
        let (bytes, rest) = self.rest.as_slice().split_at_checked(size)?;
        self.rest = rest.iter();
        Some((bytes.as_ptr().cast(), size as Py_ssize_t))
    }
}

unsafe fn decode_list(input: &mut Input) -> *mut PyObject {
    unsafe {
        let Some(size) = input.size() else { return ptr::null_mut() };
        let list = PyList_New(size as Py_ssize_t);
        if list.is_null() {
            return list;
        }
        for index in 0..size {
            let item = decode_value(input);
            if item.is_null() {
                Py_DECREF(list);
                return item;
            }
            PyList_SET_ITEM(list, index as Py_ssize_t, item);
        }
        list
    }
}

unsafe fn decode_dict(input: &mut Input) -> *mut PyObject {
    unsafe {
        let Some(size) = input.size() else { return ptr::null_mut() };
        let dict = PyDict_New();
        if dict.is_null() {
            return dict;
        }
        for _ in 0..size {
            let key = decode_value(input);
            let item = if key.is_null() { key } else { decode_value(input) };
            let failed = item.is_null() || PyDict_SetItem(dict, key, item) < 0;
            Py_XDECREF(key);
            Py_XDECREF(item);
            if failed {
                Py_DECREF(dict);
                return ptr::null_mut();
            }
        }
        dict
    }
}

unsafe fn decode_container(input: &mut Input, contents: unsafe fn(&mut Input) -> *mut PyObject) -> *mut PyObject {
    unsafe {
        if Py_EnterRecursiveCall(c" while a value is decoded".as_ptr()) != 0 {
            return ptr::null_mut();
        }
        let result = contents(input);
        Py_LeaveRecursiveCall();
        result
    }
}

unsafe fn decode_value(input: &mut Input) -> *mut PyObject {
    unsafe {
        let Some(tag) = input.rest.next() else {
            truncated();
            return ptr::null_mut();
        };
        match *tag {
            NONE => input.size().map_or(ptr::null_mut(), |_| Py_NewRef(Py_None())),
            INT => {
                let Some(count) = input.count() else { return ptr::null_mut() };
                PyLong_FromLongLong((count >> 1) as i64 ^ -((count & 1) as i64))
            }
            TEXT => {
                let Some((text, size)) = input.bytes() else { return ptr::null_mut() };
                PyUnicode_DecodeUTF8(text, size, ptr::null())
            }
            BYTES => {
                let Some((bytes, size)) = input.bytes() else { return ptr::null_mut() };
                PyBytes_FromStringAndSize(bytes, size)
            }
            LIST => decode_container(input, decode_list),
            DICT => decode_container(input, decode_dict),
            _ => {
                PyErr_SetString(PyExc_ValueError, c"there is no such tag".as_ptr());
                ptr::null_mut()
            }
        }
    }
}

pub unsafe extern "C" fn decode(_: *mut PyObject, bytes: *mut PyObject) -> *mut PyObject {
    unsafe {
        let (mut data, mut size) = (ptr::null_mut(), 0);
        if PyBytes_AsStringAndSize(bytes, &mut data, &mut size) < 0 {
            return ptr::null_mut();
        }
        decode_value(&mut Input { rest: slice::from_raw_parts(data.cast(), size as usize).iter() })
    }
}
