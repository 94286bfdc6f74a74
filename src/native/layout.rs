// src/native/layout.rs: where the struct of an instance begins, for each builtin shape, and HPy_New.

use core::ptr;

use super::raise::type_error;
use crate::*;

/// The alignment that C code may expect of the struct: that of the widest type of C, but no more than malloc gives.
pub(crate) const ALIGNMENT: usize =
    if cfg!(any(windows, all(target_vendor = "apple", target_arch = "aarch64"), target_pointer_width = "32")) {
        8
    } else {
        16
    };

/// CPython's `int`: pyo3-ffi does not declare it. It is a head, a word for sign and length, and one digit.
const SIZE_OF_LONG: usize = size_of::<ffi::PyVarObject>() + size_of::<usize>();

/// The distance from an object to its struct: the builtin type's struct comes first.
///
/// Types that say `HPyType_BuiltinShape_Legacy` have CPython's head in their own struct. The shape is one: `is_shape`.
pub const fn payload_offset(shape: HPyType_BuiltinShape) -> usize {
    let head = match shape {
        HPyType_BuiltinShape_Object => size_of::<ffi::PyObject>(),
        HPyType_BuiltinShape_Type => size_of::<ffi::PyHeapTypeObject>(),
        HPyType_BuiltinShape_Long => SIZE_OF_LONG,
        HPyType_BuiltinShape_Float => size_of::<ffi::PyFloatObject>(),
        HPyType_BuiltinShape_Unicode => size_of::<ffi::PyUnicodeObject>(),
        HPyType_BuiltinShape_Tuple => size_of::<ffi::PyTupleObject>(),
        HPyType_BuiltinShape_List => size_of::<ffi::PyListObject>(),
        HPyType_BuiltinShape_Dict => size_of::<ffi::PyDictObject>(),
        _ => 0,
    };
    behind(head)
}

/// Where a struct begins that follows `size` bytes.
pub(crate) const fn behind(size: usize) -> usize {
    size.next_multiple_of(ALIGNMENT)
}

/// Whether `shape` is one that [`payload_offset`] knows.
pub(crate) const fn is_shape(shape: HPyType_BuiltinShape) -> bool {
    (shape >= HPyType_BuiltinShape_Legacy && shape <= HPyType_BuiltinShape_Dict) || shape == HPyType_BuiltinShape_Opaque
}

/// The struct of an instance: a constant added to the object's address.
///
/// # Safety
/// `h` is an open handle of an instance of a type that was made for this struct.
#[inline(always)]
pub(crate) unsafe fn as_struct<T: HPyStruct>(_ctx: &HPyContext, h: HPy) -> *mut T {
    const { assert!(is_shape(T::SHAPE), "this is no HPyType_BuiltinShape") };
    // SAFETY: the caller's promise; the struct begins after that of the builtin type, or of the base.
    unsafe {
        let offset = match T::SHAPE {
            HPyType_BuiltinShape_Opaque => super::types::record::TypeInfo::of_opaque(h._i),
            shape => payload_offset(shape),
        };
        h._i.cast::<u8>().add(offset).cast()
    }
}

macro_rules! as_struct {
    ($(fn $name:ident: $shape:ident;)*) => {
        $(
            #[doc = table_doc!(stringify!($name))]
            #[inline]
            pub unsafe fn $name(_ctx: &HPyContext, h: HPy) -> *mut c_void {
                // SAFETY: the caller's promise.
                unsafe { h._i.cast::<u8>().add(const { payload_offset($shape) }).cast() }
            }
        )*
    };
}

as_struct! {
    fn _HPy_AsStruct_Object: HPyType_BuiltinShape_Object;
    fn _HPy_AsStruct_Legacy: HPyType_BuiltinShape_Legacy;
    fn _HPy_AsStruct_Type: HPyType_BuiltinShape_Type;
    fn _HPy_AsStruct_Long: HPyType_BuiltinShape_Long;
    fn _HPy_AsStruct_Float: HPyType_BuiltinShape_Float;
    fn _HPy_AsStruct_Unicode: HPyType_BuiltinShape_Unicode;
    fn _HPy_AsStruct_Tuple: HPyType_BuiltinShape_Tuple;
    fn _HPy_AsStruct_List: HPyType_BuiltinShape_List;
    fn _HPy_AsStruct_Dict: HPyType_BuiltinShape_Dict;
}

/// Makes an instance of the type `cls` and tells where its struct is.
///
/// The struct is zeroed, and is one of plain values: [`HPyStruct::New`] is for any. `cls` may be a subtype of the type that
/// was made for `T`, as in a `HPy_tp_new` that a Python class inherits; `data` is set to the struct, or to null on failure.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set: `TypeError` if `cls` is no type,
/// `MemoryError`.
///
/// # Safety
/// `cls` is an open handle, and if it is a type, one that was made for the struct `T` or a subtype of it.
///
/// # Source
/// HPy: `HPy_New`, `_HPy_New`, context index 170. CPython: `tp_alloc`.
#[inline]
pub unsafe fn HPy_New<T: HPyPlainStruct>(ctx: &HPyContext, cls: HPy, data: &mut *mut T) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { new_instance(ctx, cls, data) }
}

/// [`HPy_New`] for a struct of any kind: zeroes may be no value of it.
///
/// # Safety
/// As for [`HPy_New`].
#[inline]
pub(crate) unsafe fn new_instance<T: HPyStruct>(ctx: &HPyContext, cls: HPy, data: &mut *mut T) -> HPy {
    // SAFETY: the caller's promise; the new object has the struct at the constant offset of its shape.
    unsafe {
        let h = new_object(ctx, cls);
        *data = if HPy_IsNull(h) { ptr::null_mut() } else { T::AsStruct(ctx, h) };
        h
    }
}

#[doc = table_doc!("_HPy_New")]
pub unsafe fn _HPy_New(ctx: &HPyContext, h_type: HPy, data: *mut *mut c_void) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        let h = new_object(ctx, h_type);
        *data = ptr::null_mut();
        if !HPy_IsNull(h) {
            let info = super::types::record::TypeInfo::of(ffi::Py_TYPE(h._i));
            *data = h._i.cast::<u8>().add(info.map_or(0, |info| info.payload_offset)).cast();
        }
        h
    }
}

/// `tp_alloc` zeroes the memory, takes a reference to the type, and lets the garbage collector know.
///
/// # Safety
/// `cls` is an open handle.
#[inline]
unsafe fn new_object(_ctx: &HPyContext, cls: HPy) -> HPy {
    // SAFETY: the caller's promise; CPython gives every type a tp_alloc.
    unsafe {
        if ffi::PyType_Check(cls._i) == 0 {
            return type_error(c"HPy_New arg 1 must be a type").handle();
        }
        let cls = cls._i.cast::<ffi::PyTypeObject>();
        HPy { _i: (*cls).tp_alloc.unwrap_unchecked()(cls, 0) }
    }
}

#[doc = table_doc!("HPyType_GenericNew")]
#[inline]
pub unsafe fn HPyType_GenericNew(_ctx: &HPyContext, type_: HPy, args: *const HPy, nargs: HPy_ssize_t, kw: HPy) -> HPy {
    let _ = (args, nargs, kw);
    // SAFETY: the caller's promise.
    unsafe {
        if ffi::PyType_Check(type_._i) == 0 {
            return type_error(c"HPy_Type_GenericNew arg 1 must be a type").handle();
        }
        HPy { _i: ffi::PyType_GenericNew(type_._i.cast(), ptr::null_mut(), ptr::null_mut()) }
    }
}
