// src/native/types/allocate.rs: memory for instances of HPy's types, where CPython's own function knows less.

use core::ptr;

use super::dealloc::{self, is_bare};
use super::operation::Type;
use super::record::TypeInfo;
use crate::*;

/// `tp_alloc` of types that [`function`] has given it: it knows what CPython's own has to find out.
///
/// # Safety
/// CPython calls it, or `HPy_New`, with a type that has this `tp_alloc`.
unsafe extern "C" fn allocate(of: Type, items: HPy_ssize_t) -> *mut cpy_PyObject {
    // SAFETY: CPython or HPy_New passes a type, which may be below the one that was seen. An object is as large as its type
    // says.
    unsafe {
        if !is_bare(of) {
            return ffi::PyType_GenericAlloc(of, items);
        }
        let object = ffi::PyObject_New::<cpy_PyObject>(of);
        if !object.is_null() {
            let size = (*of).tp_basicsize as usize - size_of::<ffi::PyObject>();
            object.add(1).cast::<u8>().write_bytes(0, size);
        }
        object
    }
}

/// The `tp_alloc` of a new type: one of this file if its instances are nothing but a struct of one size.
///
/// # Safety
/// `new` is a type with this record.
pub(super) unsafe fn function(new: Type, info: &TypeInfo) -> Option<ffi::allocfunc> {
    // SAFETY: the caller's promise.
    unsafe {
        let usual = ffi::PyType_GenericAlloc as ffi::allocfunc;
        let is_usual = (*new).tp_alloc.is_some_and(|found| ptr::fn_addr_eq(found, usual));
        let is_bare = ptr::fn_addr_eq(dealloc::function(new, info), dealloc::dealloc_bare as ffi::destructor);
        (is_usual && is_bare && (*new).tp_itemsize == 0).then_some(allocate as ffi::allocfunc)
    }
}

/// `tp_new` of the shapes Long and Tuple with a struct: the items of a large instance would lie over the struct.
///
/// # Safety
/// CPython calls it as the `tp_new` of a type of the shape Long or Tuple, or of a Python class below one.
pub(super) unsafe extern "C" fn new_fixed_size(
    of: Type,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: CPython calls this for a type of one of the two shapes, or a Python class below one.
    unsafe {
        // A type below without a struct may say another shape.
        let is_variable =
            |info: &TypeInfo| matches!(info.shape, HPyType_BuiltinShape_Long | HPyType_BuiltinShape_Tuple);
        let nearest = TypeInfo::nearest(of, |info| info.end != 0 && is_variable(info));
        let shape = nearest.map_or(HPyType_BuiltinShape_Long, |info| info.shape);
        let (base, head, item) = match shape {
            HPyType_BuiltinShape_Tuple => {
                (&raw mut ffi::PyTuple_Type, core::mem::offset_of!(ffi::PyTupleObject, ob_item), size_of::<*mut ()>())
            }
            _ => (&raw mut ffi::PyLong_Type, size_of::<ffi::PyVarObject>(), size_of::<u32>()),
        };
        let Some(new) = (*base).tp_new else { return ptr::null_mut() };
        let object = new(of, args, kw);
        if object.is_null() {
            return object;
        }
        let room = (payload_offset(shape) - head) / item;
        let items =
            if shape == HPyType_BuiltinShape_Tuple { ffi::PyTuple_GET_SIZE(object) as usize } else { digits(object) };
        if items <= room {
            return object;
        }
        ffi::Py_DECREF(object);
        ffi::PyErr_Format(
            ffi::PyExc_OverflowError,
            c"'%s' keeps a struct where a larger '%s' has its value".as_ptr(),
            (*of).tp_name,
            (*base).tp_name,
        )
    }
}

/// How many 30-bit digits an int has.
///
/// # Safety
/// `long` is an `int`, and the thread holds the interpreter.
unsafe fn digits(long: *mut cpy_PyObject) -> usize {
    // SAFETY: `long` is an int; its bit_length never fails but for lack of memory.
    unsafe {
        let bits = ffi::PyObject_CallMethod(long, c"bit_length".as_ptr(), ptr::null());
        let count = if bits.is_null() { usize::MAX } else { ffi::PyLong_AsSize_t(bits) };
        ffi::PyErr_Clear();
        ffi::Py_XDECREF(bits);
        count.div_ceil(30)
    }
}
