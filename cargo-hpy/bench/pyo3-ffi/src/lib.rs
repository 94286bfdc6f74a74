// pyo3-ffi/src/lib.rs: the measured module, written with CPython's API in Rust: what `capi` has in C.
#![allow(non_upper_case_globals, reason = "CPython's names stand in patterns")]

mod algebra;
mod array;
mod codec;
mod containers;
mod decode;
mod document;
mod encode;
mod functions;
mod node;
mod point;

use core::ffi::{CStr, c_double, c_int, c_long, c_longlong, c_void};
use core::ptr;

use pyo3_ffi::compat::PyModule_AddObjectRef;
use pyo3_ffi::*;

/// The state of the module in one interpreter: names that are looked up more than once, and types.
#[repr(C)]
struct State {
    name_value: *mut PyObject,
    name_factor: *mut PyObject,
    algebra: algebra::Types,
}

#[inline(always)]
unsafe fn state_of(module: *mut PyObject) -> *mut State {
    unsafe { PyModule_GetState(module).cast() }
}

unsafe extern "C" fn exec(module: *mut PyObject) -> c_int {
    unsafe {
        for (name, spec) in [(c"Point", point::spec()), (c"Node", node::spec()), (c"Array", array::spec())] {
            let made = PyType_FromModuleAndSpec(module, spec, ptr::null_mut());
            if made.is_null() {
                return -1;
            }
            let added = PyModule_AddObjectRef(module, name.as_ptr(), made);
            Py_DECREF(made);
            if added < 0 {
                return -1;
            }
        }
        let state = &mut *state_of(module);
        if !algebra::add_to(module, &mut state.algebra)
            || PyModule_AddFunctions(module, containers::METHODS.start()) < 0
        {
            return -1;
        }
        state.name_value = PyUnicode_InternFromString(c"value".as_ptr());
        state.name_factor = PyUnicode_InternFromString(c"factor".as_ptr());
        if state.name_value.is_null() || state.name_factor.is_null() { -1 } else { 0 }
    }
}

unsafe extern "C" fn traverse(module: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    unsafe {
        let state = &*state_of(module);
        for object in [state.name_value, state.name_factor].into_iter().chain(state.algebra) {
            let result = if object.is_null() { 0 } else { visit(object, arg) };
            if result != 0 {
                return result;
            }
        }
    }
    0
}

unsafe extern "C" fn clear(module: *mut PyObject) -> c_int {
    unsafe {
        let state = &mut *state_of(module);
        Py_CLEAR(&mut state.name_value);
        Py_CLEAR(&mut state.name_factor);
        for of in &mut state.algebra {
            Py_CLEAR(of);
        }
    }
    0
}

/// An exception is set.
struct Raised;

/// An argument as a long, or nothing with an exception.
#[inline(always)]
unsafe fn as_long(object: *mut PyObject) -> Option<c_long> {
    unsafe {
        let value = PyLong_AsLong(object);
        if value == -1 && !PyErr_Occurred().is_null() { None } else { Some(value) }
    }
}

/// A value as a long long, or nothing with an exception.
#[inline(always)]
unsafe fn as_longlong(object: *mut PyObject) -> Option<c_longlong> {
    unsafe {
        let value = PyLong_AsLongLong(object);
        if value == -1 && !PyErr_Occurred().is_null() { None } else { Some(value) }
    }
}

/// An argument as a double, or nothing with an exception.
#[inline(always)]
unsafe fn as_double(object: *mut PyObject) -> Option<c_double> {
    unsafe {
        let value = PyFloat_AsDouble(object);
        if value == -1.0 && !PyErr_Occurred().is_null() { None } else { Some(value) }
    }
}

/// Raises TypeError unless the count of arguments is right.
#[inline(always)]
unsafe fn has_count(function: &CStr, found: Py_ssize_t, expected: Py_ssize_t) -> bool {
    if found != expected {
        let message = c"%s() takes %zd arguments (%zd given)";
        unsafe { PyErr_Format(PyExc_TypeError, message.as_ptr(), function.as_ptr(), expected, found) };
    }
    found == expected
}

/// The definition of a function or method.
const fn method(name: &'static CStr, ml_meth: PyMethodDefPointer, ml_flags: c_int) -> PyMethodDef {
    PyMethodDef { ml_name: name.as_ptr(), ml_meth, ml_flags, ml_doc: ptr::null() }
}

const fn plain(name: &'static CStr, function: PyCFunction, ml_flags: c_int) -> PyMethodDef {
    method(name, PyMethodDefPointer { PyCFunction: function }, ml_flags)
}

const fn fast(name: &'static CStr, function: PyCFunctionFast) -> PyMethodDef {
    method(name, PyMethodDefPointer { PyCFunctionFast: function }, METH_FASTCALL)
}

/// A list for CPython, which writes to some of them.
struct List<T, const N: usize>(core::cell::UnsafeCell<[T; N]>);
unsafe impl<T, const N: usize> Sync for List<T, N> {}

impl<T, const N: usize> List<T, N> {
    const fn new(items: [T; N]) -> List<T, N> {
        List(core::cell::UnsafeCell::new(items))
    }

    const fn start(&self) -> *mut T {
        self.0.get().cast()
    }
}

static SLOTS: List<PyModuleDef_Slot, 2> = List::new([
    PyModuleDef_Slot { slot: Py_mod_exec, value: exec as *mut c_void },
    PyModuleDef_Slot { slot: 0, value: ptr::null_mut() },
]);

static MODULE: List<PyModuleDef, 1> = List::new([PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"sample".as_ptr(),
    m_doc: ptr::null(),
    m_size: size_of::<State>() as Py_ssize_t,
    m_methods: functions::METHODS.start(),
    m_slots: SLOTS.start(),
    m_traverse: Some(traverse),
    m_clear: Some(clear),
    m_free: None,
}]);

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInit_sample() -> *mut PyObject {
    unsafe { PyModuleDef_Init(MODULE.start()) }
}
