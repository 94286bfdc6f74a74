// pyo3-ffi/src/encode.rs: writes None, int, str, bytes, list and dict as bytes, each by its type.

use core::ffi::{c_char, c_int};
use core::ptr;

use pyo3_ffi::*;

use crate::codec::{BYTES, COUNT_MAX, DICT, INT, LIST, NONE, TEXT};
use crate::{Raised, as_longlong};

type Result = core::result::Result<(), Raised>;

unsafe extern "C" {
    /// pyo3-ffi keeps it for itself.
    fn _PyBytes_Resize(bytes: *mut *mut PyObject, size: Py_ssize_t) -> c_int;
}

/// The bytes become those of the result, so nothing is copied.
struct Buffer {
    bytes: *mut PyObject,
    data: *mut u8,
    size: usize,
    capacity: usize,
}

impl Buffer {
    #[cold]
    unsafe fn grow(&mut self, more: usize) -> Result {
        unsafe {
            let capacity = (self.capacity * 2).max(self.size + more);
            if _PyBytes_Resize(&mut self.bytes, capacity as Py_ssize_t) < 0 {
                return Err(Raised);
            }
            self.data = PyBytes_AS_STRING(self.bytes).cast_mut().cast();
            self.capacity = capacity;
            Ok(())
        }
    }

    /// A tag and a count, with room for more bytes behind them.
    #[inline(always)]
    unsafe fn put_count(&mut self, tag: u8, mut count: u64, more: usize) -> Result {
        unsafe {
            let most = 1 + COUNT_MAX + more;
            if most > self.capacity - self.size {
                self.grow(most)?;
            }
            let mut place = self.data.add(self.size);
            *place = tag;
            place = place.add(1);
            while count >= 0x80 {
                *place = count as u8 | 0x80;
                place = place.add(1);
                count >>= 7;
            }
            *place = count as u8;
            self.size = place.offset_from_unsigned(self.data) + 1;
            Ok(())
        }
    }

    #[inline(always)]
    unsafe fn put_bytes(&mut self, tag: u8, data: *const c_char, size: Py_ssize_t) -> Result {
        unsafe {
            let size = size as usize;
            self.put_count(tag, size as u64, size)?;
            self.data.add(self.size).copy_from_nonoverlapping(data.cast(), size);
            self.size += size;
            Ok(())
        }
    }
}

unsafe fn encode_int(buffer: &mut Buffer, value: *mut PyObject) -> Result {
    unsafe {
        let number = as_longlong(value).ok_or(Raised)?;
        buffer.put_count(INT, (number << 1 ^ number >> 63) as u64, 0)
    }
}

unsafe fn encode_text(buffer: &mut Buffer, value: *mut PyObject) -> Result {
    unsafe {
        let mut size = 0;
        let utf8 = PyUnicode_AsUTF8AndSize(value, &mut size);
        if utf8.is_null() { Err(Raised) } else { buffer.put_bytes(TEXT, utf8, size) }
    }
}

/// No Python code runs meanwhile, so nothing takes items from a container.
unsafe fn encode_list(buffer: &mut Buffer, list: *mut PyObject) -> Result {
    unsafe {
        let size = PyList_GET_SIZE(list);
        buffer.put_count(LIST, size as u64, 0)?;
        for index in 0..size {
            encode_value(buffer, PyList_GET_ITEM(list, index))?;
        }
        Ok(())
    }
}

unsafe fn encode_dict(buffer: &mut Buffer, dict: *mut PyObject) -> Result {
    unsafe {
        buffer.put_count(DICT, PyDict_Size(dict) as u64, 0)?;
        let (mut position, mut key, mut item) = (0, ptr::null_mut(), ptr::null_mut());
        while PyDict_Next(dict, &mut position, &mut key, &mut item) != 0 {
            encode_value(buffer, key)?;
            encode_value(buffer, item)?;
        }
        Ok(())
    }
}

type Encode = unsafe fn(&mut Buffer, *mut PyObject) -> Result;

unsafe fn encode_container(buffer: &mut Buffer, value: *mut PyObject, contents: Encode) -> Result {
    unsafe {
        if Py_EnterRecursiveCall(c" while a value is encoded".as_ptr()) != 0 {
            return Err(Raised);
        }
        let encoded = contents(buffer, value);
        Py_LeaveRecursiveCall();
        encoded
    }
}

unsafe fn encode_value(buffer: &mut Buffer, value: *mut PyObject) -> Result {
    unsafe {
        if PyUnicode_Check(value) != 0 {
            encode_text(buffer, value)
        } else if PyLong_Check(value) != 0 {
            encode_int(buffer, value)
        } else if PyList_Check(value) != 0 {
            encode_container(buffer, value, encode_list)
        } else if PyDict_Check(value) != 0 {
            encode_container(buffer, value, encode_dict)
        } else if PyBytes_Check(value) != 0 {
            buffer.put_bytes(BYTES, PyBytes_AS_STRING(value), Py_SIZE(value))
        } else if value == Py_None() {
            buffer.put_count(NONE, 0, 0)
        } else {
            PyErr_Format(PyExc_TypeError, c"cannot encode %.200s".as_ptr(), (*Py_TYPE(value)).tp_name);
            Err(Raised)
        }
    }
}

pub unsafe extern "C" fn encode(_: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    unsafe {
        let capacity = 256;
        let bytes = PyBytes_FromStringAndSize(ptr::null(), capacity as Py_ssize_t);
        if bytes.is_null() {
            return bytes;
        }
        let mut buffer = Buffer { bytes, data: PyBytes_AS_STRING(bytes).cast_mut().cast(), size: 0, capacity };
        match encode_value(&mut buffer, value) {
            // Without memory the result is null.
            Ok(()) => _ = _PyBytes_Resize(&mut buffer.bytes, buffer.size as Py_ssize_t),
            Err(Raised) => Py_CLEAR(&mut buffer.bytes),
        }
        buffer.bytes
    }
}
