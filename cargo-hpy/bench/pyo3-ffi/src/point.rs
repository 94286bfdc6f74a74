// pyo3-ffi/src/point.rs: a type with a struct: its constructor, methods, and attributes.

use core::ffi::{CStr, c_int, c_void};
use core::mem::offset_of;
use core::ptr;

use pyo3_ffi::*;

use crate::List;

#[repr(C)]
struct Point {
    ob_base: PyObject,
    x: f64,
    y: f64,
}

/// The usual call has two positional arguments.
unsafe extern "C" fn new(of: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    unsafe {
        if !kwargs.is_null() || PyTuple_GET_SIZE(args) != 2 {
            PyErr_SetString(PyExc_TypeError, c"Point() takes 2 positional arguments".as_ptr());
            return ptr::null_mut();
        }
        let (x, y) = (PyFloat_AsDouble(PyTuple_GET_ITEM(args, 0)), PyFloat_AsDouble(PyTuple_GET_ITEM(args, 1)));
        if (x == -1.0 || y == -1.0) && !PyErr_Occurred().is_null() {
            return ptr::null_mut();
        }
        let Some(alloc) = (*of).tp_alloc else { return ptr::null_mut() };
        let object = alloc(of, 0);
        if !object.is_null() {
            let point = object.cast::<Point>();
            (*point).x = x;
            (*point).y = y;
        }
        object
    }
}

unsafe extern "C" fn dealloc(self_: *mut PyObject) {
    unsafe {
        let of = Py_TYPE(self_);
        if let Some(free) = (*of).tp_free {
            free(self_.cast());
        }
        Py_DECREF(of.cast());
    }
}

unsafe extern "C" fn norm2(self_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    unsafe {
        let point = self_.cast::<Point>();
        PyFloat_FromDouble((*point).x * (*point).x + (*point).y * (*point).y)
    }
}

unsafe extern "C" fn times(self_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe {
        let factor = PyFloat_AsDouble(arg);
        if factor == -1.0 && !PyErr_Occurred().is_null() {
            return ptr::null_mut();
        }
        PyFloat_FromDouble((*self_.cast::<Point>()).x * factor)
    }
}

unsafe extern "C" fn sum(self_: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    unsafe {
        let point = self_.cast::<Point>();
        PyFloat_FromDouble((*point).x + (*point).y)
    }
}

static METHODS: List<PyMethodDef, 3> =
    List::new([method(c"norm2", norm2, METH_NOARGS), method(c"times", times, METH_O), PyMethodDef::zeroed()]);

const fn method(name: &'static CStr, function: PyCFunction, ml_flags: c_int) -> PyMethodDef {
    let ml_meth = PyMethodDefPointer { PyCFunction: function };
    PyMethodDef { ml_name: name.as_ptr(), ml_meth, ml_flags, ml_doc: ptr::null() }
}

static MEMBERS: List<PyMemberDef, 2> = List::new([
    PyMemberDef {
        name: c"x".as_ptr(),
        type_code: Py_T_DOUBLE,
        offset: offset_of!(Point, x) as Py_ssize_t,
        flags: 0,
        doc: ptr::null(),
    },
    PyMemberDef { name: ptr::null(), type_code: 0, offset: 0, flags: 0, doc: ptr::null() },
]);

static GETSETS: List<PyGetSetDef, 2> = List::new([
    PyGetSetDef { name: c"sum".as_ptr(), get: Some(sum), set: None, doc: ptr::null(), closure: ptr::null_mut() },
    PyGetSetDef { name: ptr::null(), get: None, set: None, doc: ptr::null(), closure: ptr::null_mut() },
]);

static SLOTS: List<PyType_Slot, 6> = List::new([
    PyType_Slot { slot: Py_tp_new, pfunc: new as *mut c_void },
    PyType_Slot { slot: Py_tp_dealloc, pfunc: dealloc as *mut c_void },
    PyType_Slot { slot: Py_tp_methods, pfunc: METHODS.start().cast() },
    PyType_Slot { slot: Py_tp_members, pfunc: MEMBERS.start().cast() },
    PyType_Slot { slot: Py_tp_getset, pfunc: GETSETS.start().cast() },
    PyType_Slot { slot: 0, pfunc: ptr::null_mut() },
]);

static SPEC: List<PyType_Spec, 1> = List::new([PyType_Spec {
    name: c"sample.Point".as_ptr(),
    basicsize: size_of::<Point>() as c_int,
    itemsize: 0,
    flags: (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE) as _,
    slots: SLOTS.start(),
}]);

pub fn spec() -> *mut PyType_Spec {
    SPEC.start()
}
