// python/src/debug/checks.rs: the Python types that functions do not check, by the names that the table has for them.

use hpy_sys::HPy;
use pyo3_ffi as ffi;

use super::call::Checked;
use super::slots::{Slot, State, slots};

macro_rules! checked {
    ($($constant:ident = $name:literal, |$object:ident| $holds:expr;)*) => {
        $(
            pub const $constant: Checked = {
                /// # Safety
                /// The object is alive.
                unsafe fn holds($object: *mut ffi::PyObject) -> bool {
                    // SAFETY: the caller passes an object that is alive.
                    unsafe { $holds }
                }
                Checked { name: $name, holds }
            };
        )*
    };
}

checked! {
    TYPE = "a type", |object| ffi::PyType_Check(object) != 0;
    BYTES = "a bytes object", |object| ffi::PyBytes_Check(object) != 0;
    STR = "a Unicode object", |object| ffi::PyUnicode_Check(object) != 0;
    TUPLE = "a tuple object", |object| ffi::PyTuple_Check(object) != 0;
    LIST = "a list object", |object| ffi::PyList_Check(object) != 0;
    DICT = "a dict object", |object| ffi::PyDict_Check(object) != 0;
    SLICE = "a slice object", |object| ffi::PySlice_Check(object) != 0;
    ITERATOR = "an iterator", |object| ffi::PyIter_Check(object) != 0;
    BYTEARRAY = "a bytearray object", |object| ffi::PyByteArray_Check(object) != 0;
    EXCEPTION = "an exception", |object| ffi::PyExceptionInstance_Check(object) != 0;
    CODE = "a code object", |object| ffi::PyObject_TypeCheck(object, &raw mut ffi::PyCode_Type) != 0;
}

/// The number of names of keyword arguments in the tuple of a handle.
pub fn length_of_names(names: HPy) -> usize {
    let is_open = |slot: &&mut Slot| slot.state == State::Open && slot.is_of_object();
    let object = slots().find(names).filter(is_open).map(|slot| slot.object);
    // SAFETY: the object of an open handle; whether it is a tuple is asked.
    object.map_or(0, |object| unsafe {
        if ffi::PyTuple_Check(object._i) != 0 { ffi::PyTuple_GET_SIZE(object._i) as usize } else { 0 }
    })
}
