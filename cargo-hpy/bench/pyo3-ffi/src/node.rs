// pyo3-ffi/src/node.rs: a type whose instances refer to others, can be collected, and are called.

use core::ffi::{c_char, c_int, c_void};
use core::mem::offset_of;
use core::ptr;

use pyo3_ffi::compat::Py_NewRef;
use pyo3_ffi::*;

use crate::List;

#[repr(C)]
struct Node {
    ob_base: PyObject,
    next: *mut PyObject,
    call: Option<vectorcallfunc>,
}

unsafe extern "C" fn call(
    _: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    unsafe {
        if !kwnames.is_null() || PyVectorcall_NARGS(nargsf as _) != 1 {
            PyErr_SetString(PyExc_TypeError, c"a node takes one argument".as_ptr());
            return ptr::null_mut();
        }
        Py_NewRef(*args)
    }
}

unsafe extern "C" fn new(of: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    unsafe {
        let mut next = ptr::null_mut();
        if kwargs.is_null() && PyTuple_GET_SIZE(args) == 1 {
            next = PyTuple_GET_ITEM(args, 0);
        } else {
            let mut names = [c"next".as_ptr(), ptr::null::<c_char>()];
            let (format, names) = (c"|O:Node".as_ptr(), names.as_mut_ptr().cast());
            if PyArg_ParseTupleAndKeywords(args, kwargs, format, names, &raw mut next) == 0 {
                return ptr::null_mut();
            }
        }
        let object = (*of).tp_alloc.unwrap_unchecked()(of, 0);
        if !object.is_null() {
            let node = object.cast::<Node>();
            (*node).call = Some(call);
            Py_XINCREF(next);
            (*node).next = next;
        }
        object
    }
}

unsafe extern "C" fn traverse(self_: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    unsafe {
        let next = (*self_.cast::<Node>()).next;
        if !next.is_null() {
            let result = visit(next, arg);
            if result != 0 {
                return result;
            }
        }
        visit(Py_TYPE(self_).cast(), arg)
    }
}

unsafe extern "C" fn clear(self_: *mut PyObject) -> c_int {
    unsafe { Py_CLEAR(&mut (*self_.cast::<Node>()).next) };
    0
}

/// pyo3-ffi does not have CPython's macros that limit the recursion.
unsafe extern "C" fn dealloc(self_: *mut PyObject) {
    unsafe {
        let of = Py_TYPE(self_);
        PyObject_GC_UnTrack(self_.cast());
        clear(self_);
        (*of).tp_free.unwrap_unchecked()(self_.cast());
        Py_DECREF(of.cast());
    }
}

unsafe extern "C" fn get_next(self_: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    unsafe {
        let next = (*self_.cast::<Node>()).next;
        Py_NewRef(if next.is_null() { Py_None() } else { next })
    }
}

unsafe extern "C" fn set_next(self_: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    unsafe {
        Py_XINCREF(value);
        Py_XDECREF(core::mem::replace(&mut (*self_.cast::<Node>()).next, value));
    }
    0
}

static MEMBERS: List<PyMemberDef, 2> = List::new([
    PyMemberDef {
        name: c"__vectorcalloffset__".as_ptr(),
        type_code: Py_T_PYSSIZET,
        offset: offset_of!(Node, call) as Py_ssize_t,
        flags: Py_READONLY,
        doc: ptr::null(),
    },
    PyMemberDef { name: ptr::null(), type_code: 0, offset: 0, flags: 0, doc: ptr::null() },
]);

static GETSETS: List<PyGetSetDef, 2> = List::new([
    PyGetSetDef {
        name: c"next".as_ptr(),
        get: Some(get_next),
        set: Some(set_next),
        doc: ptr::null(),
        closure: ptr::null_mut(),
    },
    PyGetSetDef { name: ptr::null(), get: None, set: None, doc: ptr::null(), closure: ptr::null_mut() },
]);

static SLOTS: List<PyType_Slot, 8> = List::new([
    PyType_Slot { slot: Py_tp_new, pfunc: new as *mut c_void },
    PyType_Slot { slot: Py_tp_traverse, pfunc: traverse as *mut c_void },
    PyType_Slot { slot: Py_tp_clear, pfunc: clear as *mut c_void },
    PyType_Slot { slot: Py_tp_dealloc, pfunc: dealloc as *mut c_void },
    PyType_Slot { slot: Py_tp_call, pfunc: PyVectorcall_Call as *mut c_void },
    PyType_Slot { slot: Py_tp_members, pfunc: MEMBERS.start().cast() },
    PyType_Slot { slot: Py_tp_getset, pfunc: GETSETS.start().cast() },
    PyType_Slot { slot: 0, pfunc: ptr::null_mut() },
]);

static SPEC: List<PyType_Spec, 1> = List::new([PyType_Spec {
    name: c"sample.Node".as_ptr(),
    basicsize: size_of::<Node>() as c_int,
    itemsize: 0,
    flags: (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL) as _,
    slots: SLOTS.start(),
}]);

pub fn spec() -> *mut PyType_Spec {
    SPEC.start()
}
