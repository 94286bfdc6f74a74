// pyo3-ffi/src/point.rs: a type with a struct: its constructor, methods of each convention, members, and slots.

use core::ffi::{CStr, c_char, c_int, c_void};
use core::mem::offset_of;
use core::ptr;

use pyo3_ffi::compat::Py_NewRef;
use pyo3_ffi::*;

use crate::{List, State, as_double, has_count, method};

#[repr(C)]
struct Point {
    ob_base: PyObject,
    x: f64,
    y: f64,
}

#[inline(always)]
unsafe fn point<'a>(self_: *mut PyObject) -> &'a mut Point {
    unsafe { &mut *self_.cast() }
}

#[inline(always)]
unsafe fn make(of: *mut PyTypeObject, x: f64, y: f64) -> *mut PyObject {
    unsafe {
        let object = (*of).tp_alloc.unwrap_unchecked()(of, 0);
        if !object.is_null() {
            (point(object).x, point(object).y) = (x, y);
        }
        object
    }
}

/// The usual call has two positional arguments.
unsafe extern "C" fn new(of: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    unsafe {
        let (mut x, mut y) = (0.0, 0.0);
        if kwargs.is_null() && PyTuple_GET_SIZE(args) == 2 {
            let Some(first) = as_double(PyTuple_GET_ITEM(args, 0)) else { return ptr::null_mut() };
            let Some(second) = as_double(PyTuple_GET_ITEM(args, 1)) else { return ptr::null_mut() };
            (x, y) = (first, second);
        } else {
            let mut names = [c"x".as_ptr(), c"y".as_ptr(), ptr::null::<c_char>()];
            let (format, names) = (c"dd:Point".as_ptr(), names.as_mut_ptr().cast());
            if PyArg_ParseTupleAndKeywords(args, kwargs, format, names, &raw mut x, &raw mut y) == 0 {
                return ptr::null_mut();
            }
        }
        make(of, x, y)
    }
}

unsafe extern "C" fn dealloc(self_: *mut PyObject) {
    unsafe {
        let of = Py_TYPE(self_);
        (*of).tp_free.unwrap_unchecked()(self_.cast());
        Py_DECREF(of.cast());
    }
}

unsafe extern "C" fn norm2(self_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    unsafe {
        let Point { x, y, .. } = *point(self_);
        PyFloat_FromDouble(x * x + y * y)
    }
}

unsafe extern "C" fn times(self_: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    unsafe { as_double(arg).map_or(ptr::null_mut(), |factor| PyFloat_FromDouble(point(self_).x * factor)) }
}

unsafe extern "C" fn dot(self_: *mut PyObject, args: *mut *mut PyObject, nargs: Py_ssize_t) -> *mut PyObject {
    unsafe {
        if !has_count(c"dot", nargs, 2) {
            return ptr::null_mut();
        }
        let Some(x) = as_double(*args) else { return ptr::null_mut() };
        let Some(y) = as_double(*args.add(1)) else { return ptr::null_mut() };
        PyFloat_FromDouble(point(self_).x * x + point(self_).y * y)
    }
}

unsafe extern "C" fn grown(
    self_: *mut PyObject,
    defining: *mut PyTypeObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    unsafe {
        if nargs > 1 {
            let message = c"grown() takes at most 1 argument (%zd given)";
            return PyErr_Format(PyExc_TypeError, message.as_ptr(), nargs);
        }
        let mut by = if nargs == 1 { *args } else { ptr::null_mut() };
        let count = if kwnames.is_null() { 0 } else { PyTuple_GET_SIZE(kwnames) };
        for index in 0..count {
            let name = PyTuple_GET_ITEM(kwnames, index);
            let expected = (*PyType_GetModuleState(defining).cast::<State>()).name_factor;
            if name != expected && PyUnicode_Compare(name, expected) != 0 || !by.is_null() {
                let message = c"grown() got an unexpected or doubled keyword argument '%U'";
                return PyErr_Format(PyExc_TypeError, message.as_ptr(), name);
            }
            by = *args.offset(nargs + index);
        }
        let factor = if by.is_null() { Some(2.0) } else { as_double(by) };
        factor.map_or(ptr::null_mut(), |factor| PyFloat_FromDouble(point(self_).x * factor))
    }
}

unsafe extern "C" fn get_sum(self_: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    unsafe { PyFloat_FromDouble(point(self_).x + point(self_).y) }
}

unsafe extern "C" fn set_sum(self_: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    unsafe {
        if value.is_null() {
            PyErr_SetString(PyExc_AttributeError, c"sum cannot be deleted".as_ptr());
            return -1;
        }
        let Some(sum) = as_double(value) else { return -1 };
        point(self_).x = sum - point(self_).y;
    }
    0
}

/// The slot is called for a point on either side.
unsafe extern "C" fn add(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject {
    unsafe {
        let of = Py_TYPE(left);
        if PyObject_TypeCheck(right, of) == 0 {
            return Py_NewRef(Py_NotImplemented());
        }
        make(of, point(left).x + point(right).x, point(left).y + point(right).y)
    }
}

unsafe extern "C" fn negative(self_: *mut PyObject) -> *mut PyObject {
    unsafe { PyFloat_FromDouble(-point(self_).x) }
}

unsafe extern "C" fn truth(self_: *mut PyObject) -> c_int {
    unsafe { c_int::from(point(self_).x != 0.0) }
}

unsafe extern "C" fn length(_: *mut PyObject) -> Py_ssize_t {
    2
}

unsafe extern "C" fn item(self_: *mut PyObject, index: Py_ssize_t) -> *mut PyObject {
    unsafe {
        if !(0..=1).contains(&index) {
            PyErr_SetString(PyExc_IndexError, c"a point has two items".as_ptr());
            return ptr::null_mut();
        }
        PyFloat_FromDouble(if index == 0 { point(self_).x } else { point(self_).y })
    }
}

unsafe extern "C" fn contains(self_: *mut PyObject, value: *mut PyObject) -> c_int {
    unsafe {
        let Some(number) = as_double(value) else { return -1 };
        c_int::from(number == point(self_).x || number == point(self_).y)
    }
}

unsafe extern "C" fn compare(self_: *mut PyObject, other: *mut PyObject, op: c_int) -> *mut PyObject {
    unsafe {
        if PyObject_TypeCheck(other, Py_TYPE(self_)) == 0 {
            return Py_NewRef(Py_NotImplemented());
        }
        let (a, b) = (point(self_).x, point(other).x);
        let result = match op {
            Py_LT => a < b,
            Py_LE => a <= b,
            Py_EQ => a == b,
            Py_NE => a != b,
            Py_GT => a > b,
            _ => a >= b,
        };
        Py_NewRef(if result { Py_True() } else { Py_False() })
    }
}

unsafe extern "C" fn hash(self_: *mut PyObject) -> Py_hash_t {
    unsafe { point(self_).x as Py_hash_t }
}

unsafe extern "C" fn repr(self_: *mut PyObject) -> *mut PyObject {
    unsafe {
        let Point { x, y, .. } = *point(self_);
        PyUnicode_FromFormat(c"Point(%d, %d)".as_ptr(), x as c_int, y as c_int)
    }
}

static METHODS: List<PyMethodDef, 5> = List::new([
    method(c"norm2", PyMethodDefPointer { PyCFunction: norm2 }, METH_NOARGS),
    method(c"times", PyMethodDefPointer { PyCFunction: times }, METH_O),
    method(c"dot", PyMethodDefPointer { PyCFunctionFast: dot }, METH_FASTCALL),
    method(c"grown", PyMethodDefPointer { PyCMethod: grown }, METH_METHOD | METH_FASTCALL | METH_KEYWORDS),
    PyMethodDef::zeroed(),
]);

const fn double(name: &'static CStr, offset: usize) -> PyMemberDef {
    PyMemberDef {
        name: name.as_ptr(),
        type_code: Py_T_DOUBLE,
        offset: offset as Py_ssize_t,
        flags: 0,
        doc: ptr::null(),
    }
}

static MEMBERS: List<PyMemberDef, 3> = List::new([
    double(c"x", offset_of!(Point, x)),
    double(c"y", offset_of!(Point, y)),
    PyMemberDef { name: ptr::null(), type_code: 0, offset: 0, flags: 0, doc: ptr::null() },
]);

static GETSETS: List<PyGetSetDef, 2> = List::new([
    PyGetSetDef {
        name: c"sum".as_ptr(),
        get: Some(get_sum),
        set: Some(set_sum),
        doc: ptr::null(),
        closure: ptr::null_mut(),
    },
    PyGetSetDef { name: ptr::null(), get: None, set: None, doc: ptr::null(), closure: ptr::null_mut() },
]);

static SLOTS: List<PyType_Slot, 15> = List::new([
    PyType_Slot { slot: Py_tp_new, pfunc: new as *mut c_void },
    PyType_Slot { slot: Py_tp_dealloc, pfunc: dealloc as *mut c_void },
    PyType_Slot { slot: Py_tp_methods, pfunc: METHODS.start().cast() },
    PyType_Slot { slot: Py_tp_members, pfunc: MEMBERS.start().cast() },
    PyType_Slot { slot: Py_tp_getset, pfunc: GETSETS.start().cast() },
    PyType_Slot { slot: Py_nb_add, pfunc: add as *mut c_void },
    PyType_Slot { slot: Py_nb_negative, pfunc: negative as *mut c_void },
    PyType_Slot { slot: Py_nb_bool, pfunc: truth as *mut c_void },
    PyType_Slot { slot: Py_sq_length, pfunc: length as *mut c_void },
    PyType_Slot { slot: Py_sq_item, pfunc: item as *mut c_void },
    PyType_Slot { slot: Py_sq_contains, pfunc: contains as *mut c_void },
    PyType_Slot { slot: Py_tp_richcompare, pfunc: compare as *mut c_void },
    PyType_Slot { slot: Py_tp_hash, pfunc: hash as *mut c_void },
    PyType_Slot { slot: Py_tp_repr, pfunc: repr as *mut c_void },
    PyType_Slot { slot: 0, pfunc: ptr::null_mut() },
]);

static SPEC: List<PyType_Spec, 1> = List::new([PyType_Spec {
    name: c"sample.Point".as_ptr(),
    basicsize: size_of::<Point>() as c_int,
    itemsize: 0,
    flags: (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | IMMUTABLETYPE) as _,
    slots: SLOTS.start(),
}]);

/// `Py_TPFLAGS_IMMUTABLETYPE`, which CPython 3.9 does not have, and ignores.
const IMMUTABLETYPE: core::ffi::c_ulong = 1 << 8;

pub fn spec() -> *mut PyType_Spec {
    SPEC.start()
}
