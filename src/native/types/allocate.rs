// src/native/types/allocate.rs: memory for instances, on a faster path than CPython's `PyType_GenericAlloc`.

use core::ptr;

use super::operation::Type;
use super::record::TypeInfo;
use crate::*;

/// `tp_alloc` of types of the shape Object whose instances are only a struct, and are not collected: no test for items or
/// garbage collection. A type of the C API below one may inherit it.
///
/// # Safety
/// CPython calls it, or `HPy_New`, with a type that has this `tp_alloc`.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_allocate"))]
unsafe extern "C" fn allocate(ty: Type, items: HPy_ssize_t) -> *mut cpy_PyObject {
    /// Garbage collection, and a managed dictionary or list of weak references: CPython puts each before the object.
    const HAS_HEAD: c_ulong = ffi::Py_TPFLAGS_HAVE_GC | 3 << 3;
    // SAFETY: CPython or HPy_New passes a type at or below the one that `function` has seen. `tp_basicsize` is the size of an
    // object.
    unsafe {
        if ffi::PyType_HasFeature(ty, HAS_HEAD) != 0 || (*ty).tp_itemsize != 0 {
            return ffi::PyType_GenericAlloc(ty, items);
        }
        let object = ffi::PyObject_New::<cpy_PyObject>(ty);
        if !object.is_null() {
            clear(object.add(1).cast(), (*ty).tp_basicsize as usize - size_of::<ffi::PyObject>());
        }
        object
    }
}

/// Zeroes the struct of an instance. A call of `memset` would take longer than a small one.
///
/// # Safety
/// There are as many bytes.
#[inline(always)]
unsafe fn clear(at: *mut u8, size: usize) {
    const PIECE: usize = 16;
    const TWO: usize = 2 * PIECE;
    // SAFETY: the caller's promise. The two pieces overlap where the size is no double of one.
    unsafe {
        match size {
            PIECE..=TWO => {
                at.write_bytes(0, PIECE);
                at.add(size - PIECE).write_bytes(0, PIECE);
            }
            _ => at.write_bytes(0, size),
        }
    }
}

/// `tp_alloc` of types of the shape Object whose instances are only a struct, and are collected. `HPy_New` in C knows by the address
/// where the struct lies.
///
/// # Safety
/// CPython calls it, or `HPy_New`, with a type that has this `tp_alloc`.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_allocate_collected"))]
unsafe extern "C" fn allocate_collected(ty: Type, items: HPy_ssize_t) -> *mut cpy_PyObject {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyType_GenericAlloc(ty, items) }
}

/// The `tp_alloc` of a new type: one of the above if its instances are only a struct of one size, else nothing.
///
/// # Safety
/// `new` is a type with this record.
pub(super) unsafe fn function(new: Type, info: &TypeInfo) -> Option<ffi::allocfunc> {
    // SAFETY: the caller's promise.
    unsafe {
        let usual = ffi::PyType_GenericAlloc as ffi::allocfunc;
        let is_usual = (*new).tp_alloc.is_some_and(|found| ptr::fn_addr_eq(found, usual));
        let is_plain = info.has(TypeInfo::STRUCT_ONLY) && info.shape == HPyType_BuiltinShape_Object;
        let is_collected = ffi::PyType_IS_GC(new) != 0;
        let own: ffi::allocfunc = if is_collected { allocate_collected } else { allocate };
        (is_usual && is_plain && (*new).tp_itemsize == 0).then_some(own)
    }
}

/// `tp_new` of the shapes Long and Tuple with a struct: refuses an instance whose items would overlap the struct.
///
/// # Safety
/// CPython calls it as the `tp_new` of a type of the shape Long or Tuple, or of a Python class below one.
pub(super) unsafe extern "C" fn new_fixed_size(
    ty: Type,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: CPython calls this for a type of one of the two shapes, or a Python class below one.
    unsafe {
        // A subtype without a struct may have another shape.
        let is_variable =
            |info: &TypeInfo| matches!(info.shape, HPyType_BuiltinShape_Long | HPyType_BuiltinShape_Tuple);
        let nearest = TypeInfo::nearest(ty, |info| info.end != 0 && is_variable(info));
        let shape = nearest.map_or(HPyType_BuiltinShape_Long, |info| info.shape);
        let (base, head, item) = match shape {
            HPyType_BuiltinShape_Tuple => {
                (&raw mut ffi::PyTuple_Type, core::mem::offset_of!(ffi::PyTupleObject, ob_item), size_of::<*mut ()>())
            }
            _ => (&raw mut ffi::PyLong_Type, size_of::<ffi::PyVarObject>(), size_of::<u32>()),
        };
        let Some(new) = (*base).tp_new else { return ptr::null_mut() };
        let object = new(ty, args, kw);
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
            (*ty).tp_name,
            (*base).tp_name,
        )
    }
}

/// The number of 30-bit digits of an int.
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
