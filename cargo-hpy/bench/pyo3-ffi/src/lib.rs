// pyo3-ffi/src/lib.rs: the small rows of the measured module, written with CPython's API in Rust.

mod functions;
mod point;

use core::ffi::{c_int, c_void};
use core::ptr;

use pyo3_ffi::*;

unsafe extern "C" fn exec(module: *mut PyObject) -> c_int {
    unsafe {
        let point = PyType_FromSpec(point::spec());
        if point.is_null() {
            return -1;
        }
        let added = PyModule_AddObjectRef(module, c"Point".as_ptr(), point);
        Py_DECREF(point);
        added
    }
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
    m_size: 0,
    m_methods: functions::METHODS.start(),
    m_slots: SLOTS.start(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
}]);

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInit_sample() -> *mut PyObject {
    unsafe { PyModuleDef_Init(MODULE.start()) }
}
