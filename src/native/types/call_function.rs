// src/native/types/call_function.rs: the call protocol: each instance has a word that says what a call of it does.
//
// The word may be null: then `tp_call` sets it to the type's `HPy_tp_call`. So every way in which an instance comes to
// be is the same, and a Python class needs nothing of its own.

use super::info::TypeInfo;
use crate::*;

#[doc = table_doc!("HPy_SetCallFunction")]
pub unsafe fn HPy_SetCallFunction(_ctx: &HPyContext, h: HPy, func: *const HPyCallFunction) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let of = ffi::Py_TYPE(h._i);
        if (*of).tp_vectorcall_offset <= 0 {
            ffi::PyErr_Format(
                ffi::PyExc_TypeError,
                c"type '%.50s' does not implement the HPy call protocol".as_ptr(),
                (*of).tp_name,
            );
            return -1;
        }
        *call_word(h._i) = (*func).cpy_trampoline;
        0
    }
}

/// Where an instance of a type with the call protocol has its word.
unsafe fn call_word(object: *mut cpy_PyObject) -> *mut cpy_vectorcallfunc {
    // SAFETY: the caller has checked that the type has the offset.
    unsafe { object.cast::<u8>().offset((*ffi::Py_TYPE(object)).tp_vectorcall_offset).cast() }
}

/// `tp_call` of types with `HPy_tp_call`.
pub(super) unsafe extern "C" fn call(
    object: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: CPython calls this for instances of such a type, or of a Python class below one.
    unsafe {
        let word = call_word(object);
        if (*word).is_none() {
            *word = default_call(ffi::Py_TYPE(object));
        }
        ffi::PyVectorcall_Call(object, args, kw)
    }
}

/// The `HPy_tp_call` of the nearest type that has one.
unsafe fn default_call(of: *mut ffi::PyTypeObject) -> cpy_vectorcallfunc {
    let mut level = of;
    // SAFETY: `of` is a type, and the chain of bases ends with null.
    unsafe {
        while !level.is_null() {
            if let Some(call) = TypeInfo::of_exactly(level).and_then(|info| info.call) {
                return Some(call);
            }
            level = (*level).tp_base;
        }
    }
    None
}

/// Where the word goes in a new type whose instances have `size` bytes so far, and how many bytes they have then.
pub(super) const fn room_for_call(size: usize) -> (usize, usize) {
    let offset = size.next_multiple_of(size_of::<cpy_vectorcallfunc>());
    (offset, offset + size_of::<cpy_vectorcallfunc>())
}
