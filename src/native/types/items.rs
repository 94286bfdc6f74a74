// src/native/types/items.rs: instances whose size varies: their items lie behind the structs of all their types.
//
// Before CPython 3.12 a Python class puts the dictionary of an instance behind the items, and counts its word before them: so
// the items begin where those of the nearest HPy type do.

use core::ptr;

use super::operation::Type;
use super::record::TypeInfo;
use crate::native::raise::{Raised, Result, system_error};
use crate::*;

/// CPython's flag, from 3.12 on.
pub(super) const ITEMS_AT_END: c_ulong = 1 << 23;

/// Whether the items of the instances of `ty` lie behind the structs of all types, also of those below it.
///
/// # Safety
/// `ty` is a type.
pub(super) unsafe fn are_at_end(ty: Type) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        if cfg!(cpython_items_at_end_flag) {
            return ffi::PyType_HasFeature(ty, ITEMS_AT_END) != 0;
        }
        // The members of a class lie behind the struct of its metaclass.
        ffi::PyType_IsSubtype(ty, &raw mut ffi::PyType_Type) != 0
            || TypeInfo::of_exactly(ty).is_some_and(|info| info.has(TypeInfo::HAS_ITEMS))
    }
}

/// Whether the instances of a new type below `best` have items behind their struct.
///
/// # Safety
/// `best` is a type.
pub(super) unsafe fn are_given(spec: &HPyType_Spec, best: Type) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let is_metaclass = ffi::PyType_IsSubtype(best, &raw mut ffi::PyType_Type) != 0;
        let is_opaque = spec.builtin_shape == HPyType_BuiltinShape_Opaque;
        is_opaque && !is_metaclass && (spec.itemsize != 0 || are_at_end(best))
    }
}

/// The nearest type at or above `ty` behind whose struct the items lie, or `TypeError` is set.
///
/// # Safety
/// `ty` is a type, and the thread holds the interpreter.
unsafe fn nearest(ty: Type) -> Result<Type> {
    let mut level = ty;
    // SAFETY: the caller's promise; the chain of bases ends with null.
    unsafe {
        while !level.is_null() {
            if TypeInfo::of_exactly(level).is_some_and(|info| info.has(TypeInfo::HAS_ITEMS)) {
                return Ok(level);
            }
            level = (*level).tp_base;
        }
        ffi::PyErr_Format(
            ffi::PyExc_TypeError,
            c"the instances of '%s' have no items: its spec has `itemsize` and the shape HPyType_BuiltinShape_Opaque, or a base has"
                .as_ptr(),
            (*ty).tp_name,
        );
    }
    Err(Raised)
}

#[doc = table_doc!("_HPy_NewVar")]
pub unsafe fn _HPy_NewVar(_ctx: &HPyContext, h_type: HPy, count: HPy_ssize_t, data: *mut *mut c_void) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        *data = ptr::null_mut();
        match allocate(h_type._i, count) {
            Ok(object) => {
                let offset = TypeInfo::of(ffi::Py_TYPE(object)).map_or(0, |info| info.payload_offset);
                *data = object.cast::<u8>().add(offset).cast();
                HPy { _i: object }
            }
            Err(Raised) => HPy_NULL,
        }
    }
}

/// # Safety
/// `ty` is alive, and the thread holds the interpreter.
unsafe fn allocate(ty: *mut cpy_PyObject, count: HPy_ssize_t) -> Result<*mut cpy_PyObject> {
    // SAFETY: the caller's promise; CPython gives every type a tp_alloc.
    unsafe {
        if ffi::PyType_Check(ty) == 0 {
            ffi::PyErr_SetString(ffi::PyExc_TypeError, c"HPy_NewVar arg 1 must be a type".as_ptr());
            return Err(Raised);
        }
        let ty = ty.cast::<ffi::PyTypeObject>();
        nearest(ty)?;
        if count < 0 {
            return Err(system_error(c"HPy_NewVar: an object has no negative number of items"));
        }
        // CPython's function adds one item, and rounds up.
        let room = isize::MAX as usize - (*ty).tp_basicsize as usize - 64;
        if count as usize >= room / (*ty).tp_itemsize.max(1) as usize - 1 {
            ffi::PyErr_NoMemory();
            return Err(Raised);
        }
        let object = (*ty).tp_alloc.unwrap_unchecked()(ty, count);
        if object.is_null() { Err(Raised) } else { Ok(object) }
    }
}

#[doc = table_doc!("HPy_GetItemData")]
pub unsafe fn HPy_GetItemData(_ctx: &HPyContext, h: HPy) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe {
        let ty = ffi::Py_TYPE(h._i);
        let Ok(level) = nearest(ty) else { return ptr::null_mut() };
        let behind = if cfg!(cpython_items_at_end_flag) { ty } else { level };
        h._i.cast::<u8>().offset((*behind).tp_basicsize).cast()
    }
}

#[doc = table_doc!("HPy_VarSize")]
pub unsafe fn HPy_VarSize(_ctx: &HPyContext, h: HPy) -> HPy_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { if nearest(ffi::Py_TYPE(h._i)).is_err() { -1 } else { ffi::Py_SIZE(h._i) } }
}
