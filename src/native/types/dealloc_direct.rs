// src/native/types/dealloc_direct.rs: a `tp_dealloc` for each type, which inlines its functions, for types right below `object`.
//
// The trampolines of `HPy_tp_traverse` and `HPy_tp_destroy` come with these functions, in C and in Rust. The type's instances are
// only a struct (`STRUCT_ONLY`), so the deallocator has nothing to look for: no levels, no dictionary, no weak references. CPython
// calls it for the types below, too, whose own deallocator has then done the rest. What needs more goes on in `dealloc`: an
// instance with a finalizer, and one whose fields may start a deep recursion.

use core::ptr;

use super::clear::clear_field;
use super::dealloc::{dealloc, dealloc_bare, is_freed_by};
use super::operation::Type;
use super::record::TypeInfo;
use crate::*;

/// The deallocators that come with the slots of a type.
#[derive(Clone, Copy)]
pub(super) struct Deallocs {
    /// Of `HPy_tp_traverse`: clears the fields.
    pub fields: HPyCFunction,
    /// Of `HPy_tp_traverse`: clears the fields, and calls the `HPy_tp_destroy` of the type's record.
    pub fields_and_struct: HPyCFunction,
    /// Of `HPy_tp_destroy`: calls it.
    pub struct_alone: HPyCFunction,
}

impl Deallocs {
    /// The `tp_dealloc` of a new type.
    ///
    /// # Safety
    /// `new` is a type with this record, whose slots have these functions.
    pub(super) unsafe fn choose(&self, new: Type, info: &TypeInfo) -> ffi::destructor {
        // SAFETY: the caller's promise.
        let is_collected = unsafe { ffi::PyType_IS_GC(new) } != 0;
        if !info.has(TypeInfo::STRUCT_ONLY) {
            return dealloc;
        }
        let direct = match (info.traverse.is_some(), info.destroy.is_some(), is_collected) {
            (false, false, false) => return dealloc_bare,
            (true, false, true) => self.fields,
            (true, true, true) => self.fields_and_struct,
            (false, true, false) => self.struct_alone,
            _ => None,
        };
        // SAFETY: the definitions of the two slots have a `tp_dealloc` there.
        let direct = unsafe { core::mem::transmute::<HPyCFunction, Option<ffi::destructor>>(direct) };
        direct.filter(|_| info.shape == HPyType_BuiltinShape_Object).unwrap_or(dealloc)
    }
}

/// The struct of an instance of the shape Object.
///
/// # Safety
/// `object` is an instance of a type of that shape.
#[inline(always)]
unsafe fn struct_of(object: *mut cpy_PyObject) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { object.cast::<u8>().add(const { payload_offset(HPyType_BuiltinShape_Object) }).cast() }
}

/// The body of the deallocator `own` of a collected type with the fields of `traverse`; `destroys` says that the type has
/// `HPy_tp_destroy`.
///
/// # Safety
/// CPython calls it as the `tp_dealloc` of such a type, `own`, with an object that nothing refers to any more.
#[inline(always)]
pub(crate) unsafe fn dealloc_fields(
    object: *mut cpy_PyObject,
    own: ffi::destructor,
    traverse: implementation::HPyFunc_TRAVERSEPROC,
    destroys: bool,
) {
    // SAFETY: the caller's promise. A type whose `tp_dealloc` is `own` has its record before its members.
    unsafe {
        let ty = ffi::Py_TYPE(object);
        if (*ty).tp_finalize.is_some() || (destroys && !is_freed_by(ty, own)) {
            return dealloc(object);
        }
        ffi::PyObject_GC_UnTrack(object.cast());
        let mut deep: c_int = 0;
        traverse(struct_of(object), clear_unless_deep, (&raw mut deep).cast());
        if deep != 0 {
            return dealloc(object);
        }
        if destroys {
            let info = &*(*ty).tp_members.cast::<TypeInfo>().sub(1);
            info.destroy.unwrap_unchecked()(struct_of(object));
        }
        free(object, ty);
    }
}

/// The body of the deallocator of a type without fields whose `HPy_tp_destroy` is `destroy`.
///
/// # Safety
/// CPython calls it as the `tp_dealloc` of such a type, with an object that nothing refers to any more.
#[inline(always)]
pub(crate) unsafe fn dealloc_struct(object: *mut cpy_PyObject, destroy: unsafe extern "C" fn(*mut c_void)) {
    // SAFETY: the caller's promise.
    unsafe {
        let ty = ffi::Py_TYPE(object);
        if (*ty).tp_finalize.is_some() {
            return dealloc(object);
        }
        destroy(struct_of(object));
        free(object, ty);
    }
}

/// # Safety
/// `ty` is the type of `object`, in which nothing is left.
#[inline(always)]
unsafe fn free(object: *mut cpy_PyObject, ty: Type) {
    // SAFETY: the caller's promise. CPython gives every type a tp_free.
    unsafe {
        (*ty).tp_free.unwrap_unchecked()(object.cast());
        ffi::Py_DECREF(ty.cast());
    }
}

/// Clears a field of an instance that goes; or stops at one that [`clear_last`] leaves.
///
/// # Safety
/// A traverse function calls it for a field of the instance; `deep` is a `c_int`.
#[inline(always)]
unsafe extern "C" fn clear_unless_deep(field: *mut HPyField, deep: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        #[cfg(any(cpython_trashcan_calls, cpython_trashcan_in_thread))]
        {
            let object = (*field)._i;
            if !object.is_null() && ffi::Py_REFCNT(object) == 1 {
                return clear_last(field, &mut *deep.cast());
            }
        }
        let _ = deep;
        clear_field(field, ptr::null_mut())
    }
}

/// Clears a field with the last reference to an object, if the object's deallocator cannot call others without end. Else it sets
/// `deep`, and returns 1: `dealloc` limits the recursion.
///
/// # Safety
/// `field` is one of an instance that goes, and refers to something.
#[cfg(any(cpython_trashcan_calls, cpython_trashcan_in_thread))]
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_ClearLast"))]
#[inline(never)]
unsafe extern "C" fn clear_last(field: *mut HPyField, deep: &mut c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if is_shallow(ffi::Py_TYPE((*field)._i)) {
            return clear_field(field, ptr::null_mut());
        }
    }
    *deep = 1;
    1
}

/// Whether the deallocator of a builtin type calls no other one, or limits the recursion itself, as containers do. CPython 3.13
/// lets them nest ten times as deep as `trashcan.rs`: that is too deep for the frames of an unoptimised build.
///
/// # Safety
/// `ty` is a type.
#[cfg(any(cpython_trashcan_calls, cpython_trashcan_in_thread))]
#[inline(always)]
unsafe fn is_shallow(ty: Type) -> bool {
    let is = |builtin: *mut ffi::PyTypeObject| ty == builtin;
    let has_frames = cfg!(all(cpython_trashcan_in_thread, debug_assertions));
    is(&raw mut ffi::PyFloat_Type)
        || is(&raw mut ffi::PyLong_Type)
        || is(&raw mut ffi::PyUnicode_Type)
        || is(&raw mut ffi::PyBytes_Type)
        || (!has_frames
            && (is(&raw mut ffi::PyTuple_Type) || is(&raw mut ffi::PyList_Type) || is(&raw mut ffi::PyDict_Type)))
}
