// pyo3-ffi/src/functions.rs: calls, arguments, and lists.

use core::ffi::{CStr, c_int, c_long};
use core::ptr;

use pyo3_ffi::*;

use crate::List;

unsafe extern "C" fn noargs(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    unsafe { Py_NewRef(Py_None()) }
}

unsafe extern "C" fn one(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe { Py_NewRef(arg) }
}

unsafe extern "C" fn third(_: *mut PyObject, args: *mut *mut PyObject, nargs: Py_ssize_t) -> *mut PyObject {
    unsafe {
        if !has_count(c"third", nargs, 3) {
            return ptr::null_mut();
        }
        Py_NewRef(*args.add(2))
    }
}

unsafe extern "C" fn add(_: *mut PyObject, args: *mut *mut PyObject, nargs: Py_ssize_t) -> *mut PyObject {
    unsafe {
        if !has_count(c"add", nargs, 2) {
            return ptr::null_mut();
        }
        match (as_long(*args), as_long(*args.add(1))) {
            (Some(a), Some(b)) => PyLong_FromLong(a + b),
            _ => ptr::null_mut(),
        }
    }
}

unsafe extern "C" fn scale(
    _: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    unsafe {
        let mut factor = if nargs == 2 { *args.add(1) } else { ptr::null_mut() };
        if !(1..=2).contains(&nargs) && !has_count(c"scale", nargs, 2) {
            return ptr::null_mut();
        }
        let count = if kwnames.is_null() { 0 } else { PyTuple_GET_SIZE(kwnames) };
        for index in 0..count {
            let name = PyTuple_GET_ITEM(kwnames, index);
            if PyUnicode_CompareWithASCIIString(name, c"factor".as_ptr()) != 0 || !factor.is_null() {
                let message = c"scale() got an unexpected or doubled keyword argument '%U'";
                return PyErr_Format(PyExc_TypeError, message.as_ptr(), name);
            }
            factor = *args.offset(nargs + index);
        }
        let Some(value) = as_long(*args) else { return ptr::null_mut() };
        let by = if factor.is_null() { Some(2) } else { as_long(factor) };
        by.map_or(ptr::null_mut(), |by| PyLong_FromLong(value * by))
    }
}

unsafe extern "C" fn make_list(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe {
        let Some(size) = as_long(arg) else { return ptr::null_mut() };
        let list = PyList_New(size as Py_ssize_t);
        if list.is_null() {
            return list;
        }
        for index in 0..size {
            let number = PyLong_FromLong(index);
            if number.is_null() {
                Py_DECREF(list);
                return number;
            }
            PyList_SET_ITEM(list, index as Py_ssize_t, number);
        }
        list
    }
}

unsafe extern "C" fn sum_list(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe {
        let items = PySequence_Fast(arg, c"a sequence is needed".as_ptr());
        if items.is_null() {
            return items;
        }
        let is_list = PyList_Check(items) != 0;
        let size = if is_list { PyList_GET_SIZE(items) } else { PyTuple_GET_SIZE(items) };
        let mut sum = Some(0);
        for index in 0..size {
            let item = if is_list { PyList_GET_ITEM(items, index) } else { PyTuple_GET_ITEM(items, index) };
            let Some((so_far, value)) = sum.zip(as_long(item)) else {
                sum = None;
                break;
            };
            sum = Some(so_far + value);
        }
        Py_DECREF(items);
        sum.map_or(ptr::null_mut(), |sum| PyLong_FromLong(sum))
    }
}

unsafe fn as_long(object: *mut PyObject) -> Option<c_long> {
    unsafe {
        let value = PyLong_AsLong(object);
        if value == -1 && !PyErr_Occurred().is_null() { None } else { Some(value) }
    }
}

/// Raises TypeError unless the count of arguments is right.
unsafe fn has_count(function: &CStr, found: Py_ssize_t, expected: Py_ssize_t) -> bool {
    if found != expected {
        let message = c"%s() takes %zd arguments (%zd given)";
        unsafe { PyErr_Format(PyExc_TypeError, message.as_ptr(), function.as_ptr(), expected, found) };
    }
    found == expected
}

const fn method(name: &'static CStr, ml_meth: PyMethodDefPointer, ml_flags: c_int) -> PyMethodDef {
    PyMethodDef { ml_name: name.as_ptr(), ml_meth, ml_flags, ml_doc: ptr::null() }
}

pub static METHODS: List<PyMethodDef, 8> = List::new([
    method(c"noargs", PyMethodDefPointer { PyCFunction: noargs }, METH_NOARGS),
    method(c"one", PyMethodDefPointer { PyCFunction: one }, METH_O),
    method(c"third", PyMethodDefPointer { PyCFunctionFast: third }, METH_FASTCALL),
    method(c"add", PyMethodDefPointer { PyCFunctionFast: add }, METH_FASTCALL),
    method(c"scale", PyMethodDefPointer { PyCFunctionFastWithKeywords: scale }, METH_FASTCALL | METH_KEYWORDS),
    method(c"make_list", PyMethodDefPointer { PyCFunction: make_list }, METH_O),
    method(c"sum_list", PyMethodDefPointer { PyCFunction: sum_list }, METH_O),
    PyMethodDef::zeroed(),
]);
