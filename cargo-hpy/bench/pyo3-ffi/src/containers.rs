// pyo3-ffi/src/containers.rs: functions that read many items of an object, as CPython's API does it.

use core::ffi::{c_int, c_long, c_longlong};
use core::mem::MaybeUninit;
use core::ops::AddAssign;
use core::ptr;

use pyo3_ffi::compat::{Py_NewRef, PyDict_GetItemRef};
use pyo3_ffi::*;

use crate::{List, as_double, as_long, as_longlong, fast, has_count, plain};

/// The size of what PySequence_Fast gives: pyo3-ffi does not have CPython's macros for it.
#[inline(always)]
pub unsafe fn fast_size(items: *mut PyObject) -> Py_ssize_t {
    unsafe { if PyList_Check(items) != 0 { PyList_GET_SIZE(items) } else { PyTuple_GET_SIZE(items) } }
}

/// An item of it, borrowed.
#[inline(always)]
pub unsafe fn fast_item(items: *mut PyObject, index: Py_ssize_t) -> *mut PyObject {
    unsafe { if PyList_Check(items) != 0 { PyList_GET_ITEM(items, index) } else { PyTuple_GET_ITEM(items, index) } }
}

/// The sum of what is read of each item of a sequence, or nothing with an exception. Python code may run meanwhile.
#[inline(always)]
unsafe fn sum<T: AddAssign + Default>(sequence: *mut PyObject, read: impl Fn(*mut PyObject) -> Option<T>) -> Option<T> {
    unsafe {
        let items = PySequence_Fast(sequence, c"a sequence is needed".as_ptr());
        if items.is_null() {
            return None;
        }
        let (mut index, mut sum) = (0, T::default());
        let result = loop {
            if index >= fast_size(items) {
                break Some(sum);
            }
            let Some(value) = read(fast_item(items, index)) else { break None };
            sum += value;
            index += 1;
        };
        Py_DECREF(items);
        result
    }
}

/// Of any sequence, and of a list without a call for each item.
unsafe extern "C" fn sum_list(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe { sum::<c_long>(arg, |item| as_long(item)).map_or(ptr::null_mut(), |sum| PyLong_FromLong(sum)) }
}

unsafe extern "C" fn sum_int64(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe { sum::<c_longlong>(arg, |item| as_longlong(item)).map_or(ptr::null_mut(), |sum| PyLong_FromLongLong(sum)) }
}

unsafe extern "C" fn sum_double(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe { sum::<f64>(arg, |item| as_double(item)).map_or(ptr::null_mut(), |sum| PyFloat_FromDouble(sum)) }
}

/// The value of a key, or None.
unsafe extern "C" fn find(_: *mut PyObject, args: *mut *mut PyObject, nargs: Py_ssize_t) -> *mut PyObject {
    unsafe {
        let mut value = ptr::null_mut();
        if !has_count(c"find", nargs, 2) || PyDict_GetItemRef(*args, *args.add(1), &mut value) < 0 {
            return ptr::null_mut();
        }
        if value.is_null() { Py_NewRef(Py_None()) } else { value }
    }
}

unsafe extern "C" fn sum_values(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe {
        if PyDict_Check(arg) == 0 {
            PyErr_SetString(PyExc_TypeError, c"a dict is needed".as_ptr());
            return ptr::null_mut();
        }
        let (mut position, mut item, mut sum) = (0, ptr::null_mut(), 0);
        while PyDict_Next(arg, &mut position, ptr::null_mut(), &mut item) != 0 {
            let Some(value) = as_long(item) else { return ptr::null_mut() };
            sum += value;
        }
        PyLong_FromLong(sum)
    }
}

unsafe extern "C" fn last_byte(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe {
        let mut view = MaybeUninit::<Py_buffer>::uninit();
        if PyObject_GetBuffer(arg, view.as_mut_ptr(), PyBUF_SIMPLE) < 0 {
            return ptr::null_mut();
        }
        let view = view.assume_init_mut();
        let byte = match view.len {
            0 => -1,
            len => c_int::from(*view.buf.cast::<u8>().offset(len - 1)),
        };
        PyBuffer_Release(view);
        PyLong_FromLong(c_long::from(byte))
    }
}

pub static METHODS: List<PyMethodDef, 7> = List::new([
    plain(c"sum_list", sum_list, METH_O),
    fast(c"find", find),
    plain(c"sum_values", sum_values, METH_O),
    plain(c"sum_int64", sum_int64, METH_O),
    plain(c"sum_double", sum_double, METH_O),
    plain(c"last_byte", last_byte, METH_O),
    PyMethodDef::zeroed(),
]);
