// pyo3-ffi/src/functions.rs: calls, arguments, containers, attributes.

use core::ffi::{c_char, c_long};
use core::ptr;

use pyo3_ffi::compat::Py_NewRef;
use pyo3_ffi::*;

use crate::decode::decode;
use crate::document::write_document;
use crate::encode::encode;
use crate::{List, as_long, fast, has_count, method, plain, state_of};

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

unsafe extern "C" fn add_parsed(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    let (mut a, mut b): (c_long, c_long) = (0, 0);
    unsafe {
        match PyArg_ParseTuple(args, c"ll".as_ptr(), &raw mut a, &raw mut b) {
            0 => ptr::null_mut(),
            _ => PyLong_FromLong(a + b),
        }
    }
}

unsafe extern "C" fn add_objects(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    let (mut a, mut b): (*mut PyObject, *mut PyObject) = (ptr::null_mut(), ptr::null_mut());
    unsafe {
        match PyArg_ParseTuple(args, c"OO".as_ptr(), &raw mut a, &raw mut b) {
            0 => ptr::null_mut(),
            _ => PyNumber_Add(a, b),
        }
    }
}

/// Keywords come from the code of the caller, where they are interned: the pointers are equal.
unsafe extern "C" fn scale(
    module: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    unsafe {
        if !(1..=2).contains(&nargs) {
            let message = c"scale() takes 1 or 2 arguments (%zd given)";
            return PyErr_Format(PyExc_TypeError, message.as_ptr(), nargs);
        }
        let mut factor = if nargs == 2 { *args.add(1) } else { ptr::null_mut() };
        let count = if kwnames.is_null() { 0 } else { PyTuple_GET_SIZE(kwnames) };
        for index in 0..count {
            let name = PyTuple_GET_ITEM(kwnames, index);
            let expected = (*state_of(module)).name_factor;
            if name != expected && PyUnicode_Compare(name, expected) != 0 || !factor.is_null() {
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

unsafe extern "C" fn scale_parsed(_: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    let mut names = [c"".as_ptr(), c"factor".as_ptr(), ptr::null::<c_char>()];
    let (mut value, mut factor): (c_long, c_long) = (0, 2);
    let format = c"l|l:scale_parsed".as_ptr();
    unsafe {
        let names = names.as_mut_ptr().cast();
        match PyArg_ParseTupleAndKeywords(args, kwargs, format, names, &raw mut value, &raw mut factor) {
            0 => ptr::null_mut(),
            _ => PyLong_FromLong(value * factor),
        }
    }
}

unsafe extern "C" fn build(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    unsafe { Py_BuildValue(c"(lds)".as_ptr(), 1 as c_long, 2.5, c"three".as_ptr()) }
}

unsafe extern "C" fn text(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe {
        let Some(number) = as_long(arg) else { return ptr::null_mut() };
        PyUnicode_FromFormat(c"number %ld of %s".as_ptr(), number, c"many".as_ptr())
    }
}

unsafe extern "C" fn fail(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    unsafe { PyErr_SetString(PyExc_ValueError, c"this function fails".as_ptr()) };
    ptr::null_mut()
}

unsafe extern "C" fn get_value(module: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe { PyObject_GetAttr(arg, (*state_of(module)).name_value) }
}

unsafe extern "C" fn get_value_s(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe { PyObject_GetAttrString(arg, c"value".as_ptr()) }
}

unsafe extern "C" fn set_value(module: *mut PyObject, args: *mut *mut PyObject, nargs: Py_ssize_t) -> *mut PyObject {
    unsafe {
        let name = |module| (*state_of(module)).name_value;
        if !has_count(c"set_value", nargs, 2) || PyObject_SetAttr(*args, name(module), *args.add(1)) < 0 {
            return ptr::null_mut();
        }
        Py_NewRef(Py_None())
    }
}

unsafe extern "C" fn first(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe { PySequence_GetItem(arg, 0) }
}

unsafe extern "C" fn item(_: *mut PyObject, args: *mut *mut PyObject, nargs: Py_ssize_t) -> *mut PyObject {
    unsafe { if has_count(c"item", nargs, 2) { PyObject_GetItem(*args, *args.add(1)) } else { ptr::null_mut() } }
}

unsafe extern "C" fn set_first(_: *mut PyObject, args: *mut *mut PyObject, nargs: Py_ssize_t) -> *mut PyObject {
    unsafe {
        if !has_count(c"set_first", nargs, 2) || PySequence_SetItem(*args, 0, *args.add(1)) < 0 {
            return ptr::null_mut();
        }
        Py_NewRef(Py_None())
    }
}

unsafe extern "C" fn call(_: *mut PyObject, args: *mut *mut PyObject, nargs: Py_ssize_t) -> *mut PyObject {
    unsafe { if has_count(c"call", nargs, 2) { PyObject_CallOneArg(*args, *args.add(1)) } else { ptr::null_mut() } }
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

unsafe extern "C" fn make_tuple(_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe { PyTuple_Pack(3, arg, arg, arg) }
}

/// The sum of what a function gives for the numbers below a size.
unsafe extern "C" fn sum_of(_: *mut PyObject, args: *mut *mut PyObject, nargs: Py_ssize_t) -> *mut PyObject {
    unsafe {
        if !has_count(c"sum_of", nargs, 2) {
            return ptr::null_mut();
        }
        let Some(size) = as_long(*args.add(1)) else { return ptr::null_mut() };
        let mut sum = 0;
        for number in 0..size {
            let number = PyLong_FromLong(number);
            if number.is_null() {
                return number;
            }
            let result = PyObject_CallOneArg(*args, number);
            Py_DECREF(number);
            if result.is_null() {
                return result;
            }
            let value = as_long(result);
            Py_DECREF(result);
            let Some(value) = value else { return ptr::null_mut() };
            sum += value;
        }
        PyLong_FromLong(sum)
    }
}

pub static METHODS: List<PyMethodDef, 25> = List::new([
    plain(c"noargs", noargs, METH_NOARGS),
    plain(c"one", one, METH_O),
    fast(c"third", third),
    fast(c"add", add),
    plain(c"add_parsed", add_parsed, METH_VARARGS),
    plain(c"add_objects", add_objects, METH_VARARGS),
    method(c"scale", PyMethodDefPointer { PyCFunctionFastWithKeywords: scale }, METH_FASTCALL | METH_KEYWORDS),
    method(c"scale_parsed", PyMethodDefPointer { PyCFunctionWithKeywords: scale_parsed }, METH_VARARGS | METH_KEYWORDS),
    plain(c"build", build, METH_NOARGS),
    plain(c"text", text, METH_O),
    plain(c"fail", fail, METH_NOARGS),
    plain(c"get_value", get_value, METH_O),
    plain(c"get_value_s", get_value_s, METH_O),
    fast(c"set_value", set_value),
    plain(c"first", first, METH_O),
    fast(c"item", item),
    fast(c"set_first", set_first),
    fast(c"call", call),
    plain(c"make_list", make_list, METH_O),
    plain(c"make_tuple", make_tuple, METH_O),
    fast(c"sum_of", sum_of),
    plain(c"encode", encode, METH_O),
    plain(c"decode", decode, METH_O),
    plain(c"write_document", write_document, METH_O),
    PyMethodDef::zeroed(),
]);
