// pyo3-ffi/src/array.rs: an array of C doubles: items, arithmetic that makes new arrays, and a list of its values.

use core::ffi::{c_int, c_void};
use core::mem::MaybeUninit;
use core::{ptr, slice};

use pyo3_ffi::compat::Py_NewRef;
use pyo3_ffi::*;

use crate::containers::{fast_item, fast_size};
use crate::{List, as_double, method};

#[repr(C)]
struct Array {
    ob_base: PyObject,
    size: Py_ssize_t,
    values: *mut f64,
}

/// The values are set.
#[inline(always)]
unsafe fn values<'a>(self_: *mut PyObject) -> &'a [f64] {
    unsafe {
        let array = &*self_.cast::<Array>();
        slice::from_raw_parts(array.values, array.size as usize)
    }
}

/// An array and the places of its values. No class is below the type.
unsafe fn make<'a>(of: *mut PyTypeObject, size: usize) -> Option<(*mut PyObject, &'a mut [MaybeUninit<f64>])> {
    unsafe {
        let object = (*of).tp_alloc.unwrap_unchecked()(of, 0);
        let array = object.cast::<Array>().as_mut()?;
        array.values = PyMem_Malloc(size * size_of::<f64>()).cast();
        if array.values.is_null() {
            Py_DECREF(object);
            PyErr_NoMemory();
            return None;
        }
        array.size = size as Py_ssize_t;
        Some((object, slice::from_raw_parts_mut(array.values.cast(), size)))
    }
}

unsafe extern "C" fn new(of: *mut PyTypeObject, args: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    unsafe {
        let mut given = ptr::null_mut::<PyObject>();
        if PyArg_ParseTuple(args, c"O:Array".as_ptr(), &raw mut given) == 0 {
            return ptr::null_mut();
        }
        let items = PySequence_Fast(given, c"a sequence of numbers is needed".as_ptr());
        if items.is_null() {
            return items;
        }
        let mut result = ptr::null_mut();
        if let Some((array, places)) = make(of, fast_size(items) as usize) {
            result = array;
            for (index, place) in places.iter_mut().enumerate() {
                // The `__float__` of an item can make a list shorter.
                let number = if (index as Py_ssize_t) < fast_size(items) {
                    as_double(fast_item(items, index as Py_ssize_t))
                } else {
                    PyErr_SetString(PyExc_ValueError, c"the sequence has another length now".as_ptr());
                    None
                };
                let Some(number) = number else {
                    Py_CLEAR(&raw mut result);
                    break;
                };
                place.write(number);
            }
        }
        Py_DECREF(items);
        result
    }
}

unsafe extern "C" fn dealloc(self_: *mut PyObject) {
    unsafe {
        let of = Py_TYPE(self_);
        PyMem_Free((*self_.cast::<Array>()).values.cast());
        (*of).tp_free.unwrap_unchecked()(self_.cast());
        Py_DECREF(of.cast());
    }
}

unsafe extern "C" fn length(self_: *mut PyObject) -> Py_ssize_t {
    unsafe { (*self_.cast::<Array>()).size }
}

/// The place of an item, or nothing with an exception. It is a pointer: Python code may run before it is used.
#[inline(always)]
unsafe fn place(self_: *mut PyObject, index: Py_ssize_t) -> Option<*mut f64> {
    unsafe {
        let array = &*self_.cast::<Array>();
        if !(0..array.size).contains(&index) {
            PyErr_SetString(PyExc_IndexError, c"array index out of range".as_ptr());
            return None;
        }
        Some(array.values.offset(index))
    }
}

unsafe extern "C" fn item(self_: *mut PyObject, index: Py_ssize_t) -> *mut PyObject {
    unsafe { place(self_, index).map_or(ptr::null_mut(), |place| PyFloat_FromDouble(*place)) }
}

unsafe extern "C" fn set_item(self_: *mut PyObject, index: Py_ssize_t, value: *mut PyObject) -> c_int {
    unsafe {
        if value.is_null() {
            PyErr_SetString(PyExc_TypeError, c"items of an array cannot be deleted".as_ptr());
            return -1;
        }
        let Some(place) = place(self_, index) else { return -1 };
        let Some(number) = as_double(value) else { return -1 };
        *place = number;
        0
    }
}

/// One of the two is an array, so both are if they have one type.
unsafe extern "C" fn add(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject {
    unsafe {
        if Py_IS_TYPE(right, Py_TYPE(left)) == 0 {
            return Py_NewRef(Py_NotImplemented());
        }
        let (a, b) = (values(left), values(right));
        if a.len() != b.len() {
            PyErr_SetString(PyExc_ValueError, c"the arrays have different lengths".as_ptr());
            return ptr::null_mut();
        }
        let Some((sum, places)) = make(Py_TYPE(left), a.len()) else { return ptr::null_mut() };
        for (place, (a, b)) in places.iter_mut().zip(a.iter().zip(b)) {
            place.write(a + b);
        }
        sum
    }
}

/// One of the two is an array: that which is no float, if the other is one.
unsafe extern "C" fn multiply(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject {
    unsafe {
        let (self_, number) = if PyFloat_Check(left) != 0 { (right, left) } else { (left, right) };
        if PyFloat_Check(number) == 0 {
            return Py_NewRef(Py_NotImplemented());
        }
        let (values, factor) = (values(self_), PyFloat_AS_DOUBLE(number));
        let Some((product, places)) = make(Py_TYPE(self_), values.len()) else { return ptr::null_mut() };
        for (place, value) in places.iter_mut().zip(values) {
            place.write(value * factor);
        }
        product
    }
}

unsafe extern "C" fn tolist(self_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    unsafe {
        let values = values(self_);
        let list = PyList_New(values.len() as Py_ssize_t);
        if list.is_null() {
            return list;
        }
        for (index, value) in values.iter().enumerate() {
            let number = PyFloat_FromDouble(*value);
            if number.is_null() {
                Py_DECREF(list);
                return number;
            }
            PyList_SET_ITEM(list, index as Py_ssize_t, number);
        }
        list
    }
}

static METHODS: List<PyMethodDef, 2> =
    List::new([method(c"tolist", PyMethodDefPointer { PyCFunction: tolist }, METH_NOARGS), PyMethodDef::zeroed()]);

static SLOTS: List<PyType_Slot, 9> = List::new([
    PyType_Slot { slot: Py_tp_new, pfunc: new as *mut c_void },
    PyType_Slot { slot: Py_tp_dealloc, pfunc: dealloc as *mut c_void },
    PyType_Slot { slot: Py_sq_length, pfunc: length as *mut c_void },
    PyType_Slot { slot: Py_sq_item, pfunc: item as *mut c_void },
    PyType_Slot { slot: Py_sq_ass_item, pfunc: set_item as *mut c_void },
    PyType_Slot { slot: Py_nb_add, pfunc: add as *mut c_void },
    PyType_Slot { slot: Py_nb_multiply, pfunc: multiply as *mut c_void },
    PyType_Slot { slot: Py_tp_methods, pfunc: METHODS.start().cast() },
    PyType_Slot { slot: 0, pfunc: ptr::null_mut() },
]);

static SPEC: List<PyType_Spec, 1> = List::new([PyType_Spec {
    name: c"sample.Array".as_ptr(),
    basicsize: size_of::<Array>() as c_int,
    itemsize: 0,
    flags: Py_TPFLAGS_DEFAULT as _,
    slots: SLOTS.start(),
}]);

pub fn spec() -> *mut PyType_Spec {
    SPEC.start()
}
