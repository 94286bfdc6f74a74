// src/native/types/dealloc.rs: `tp_dealloc`: the fast paths for types right below `object`, and the general one, level by level.

use core::ptr;

use super::clear::{clear_field, clear_fields, clear_parts};
use super::handed_on::Visited;
use super::levels::{Entry, Part, each_part};
use super::operation::{Operation, Type};
use super::record::TypeInfo;
use super::trashcan::{self, limit_recursion};
use super::{call, python_class};
use crate::*;

/// Whether `function` is the deallocator of a type.
///
/// # Safety
/// `of` is a type.
#[inline(always)]
pub(super) unsafe fn is_freed_by(ty: Type, function: ffi::destructor) -> bool {
    // SAFETY: `ty` is a type.
    unsafe { (*ty).tp_dealloc.is_some_and(|found| ptr::fn_addr_eq(found, function)) }
}

/// The record of a type that is the only level of its instances: `STRUCT_ONLY`.
///
/// # Safety
/// `of` is a type, and outlives the result.
#[inline(always)]
pub(super) unsafe fn struct_only<'a>(ty: Type) -> Option<&'a TypeInfo> {
    // SAFETY: the caller's promise: a type.
    unsafe { TypeInfo::of_exactly(ty) }.filter(|info| info.has(TypeInfo::STRUCT_ONLY))
}

/// Whether a new type is `STRUCT_ONLY`. Python code cannot change its bases: CPython requires the same deallocator.
///
/// # Safety
/// `new` is a type.
pub(super) unsafe fn is_struct_only(new: Type, info: &TypeInfo) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        (*new).tp_base == &raw mut ffi::PyBaseObject_Type
            && (*new).tp_dictoffset == 0
            && (*new).tp_weaklistoffset == 0
            && info.has(TypeInfo::DEALLOCATES)
            && !info.has(TypeInfo::RELEASES_MEMBERS)
            && !call::uses_dictionary(info)
    }
}

/// `tp_dealloc` of types whose instances are trivially destructible. CPython calls it for Python classes below one too. Python code
/// may add a finalizer to the type, so that is checked.
///
/// # Safety
/// CPython calls it as `tp_dealloc`, with an object that nothing refers to any more.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_dealloc_bare"))]
pub(super) unsafe extern "C" fn dealloc_bare(object: *mut cpy_PyObject) {
    // SAFETY: CPython passes an object without references.
    unsafe {
        let ty = ffi::Py_TYPE(object);
        if (*ty).tp_finalize.is_some() {
            return dealloc(object);
        }
        free_memory(object, ty);
        ffi::Py_DECREF(ty.cast());
    }
}

/// `tp_dealloc`: finalizer, garbage collector, weak references, fields, `HPy_tp_destroy`, memory, type: in this order.
///
/// # Safety
/// CPython calls it as `tp_dealloc`, with an object that nothing refers to any more.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_dealloc"))]
#[inline(never)]
pub(super) unsafe extern "C" fn dealloc(object: *mut cpy_PyObject) {
    // SAFETY: CPython passes an object without references.
    unsafe {
        let ty = ffi::Py_TYPE(object);
        if let Some(info) = struct_only(ty) {
            if (*ty).tp_finalize.is_none() {
                if ffi::PyType_IS_GC(ty) == 0 {
                    return trashcan::free_chain(object, ty, info);
                }
                ffi::PyObject_GC_UnTrack(object.cast());
                return limit_recursion(object, true, || free_struct_only(object, ty, info));
            }
        }
        let entry = Entry::find(object, Operation::Dealloc);
        let is_own_type = ty == entry.first && !entry.resumed;
        // For an instance of a Python class, CPython's `subtype_dealloc` has called the finalizer.
        if is_own_type && (*ty).tp_finalize.is_some() && ffi::PyObject_CallFinalizerFromDealloc(object) < 0 {
            return;
        }
        if ffi::PyType_IS_GC(ty) == 0 {
            return free(object, ty, &entry);
        }
        ffi::PyObject_GC_UnTrack(object.cast());
        limit_recursion(object, is_own_type, || free(object, ty, &entry));
    }
}

/// Clears the fields of an instance, destroys its struct, and frees its memory.
///
/// # Safety
/// The object has no references, and its type `ty` is `STRUCT_ONLY` with the record `info`.
#[inline(always)]
unsafe fn free_struct_only(object: *mut cpy_PyObject, ty: Type, info: &TypeInfo) {
    // SAFETY: the caller's promise; the type lives until the end.
    unsafe {
        clear_fields(object, info);
        free_cleared(object, ty, info);
    }
}

/// Destroys the struct of an instance, and frees its memory.
///
/// # Safety
/// As for [`free_struct_only`]; the fields are clear.
#[inline(always)]
pub(super) unsafe fn free_cleared(object: *mut cpy_PyObject, ty: Type, info: &TypeInfo) {
    // SAFETY: the caller's promise; the type lives until the end.
    unsafe {
        if let Some(destroy) = info.destroy {
            destroy(info.payload(object));
        }
        free_memory(object, ty);
        ffi::Py_DECREF(ty.cast());
    }
}

/// # Safety
/// `of` is the type of `object`, and nothing is left in the object.
#[inline(always)]
unsafe fn free_memory(object: *mut cpy_PyObject, ty: Type) {
    // SAFETY: the caller's promise: the object owns nothing. CPython gives every type a tp_free.
    unsafe { (*ty).tp_free.unwrap_unchecked()(object.cast()) }
}

/// Clears and destroys the instance level by level, and frees its memory.
///
/// # Safety
/// `of` is the type of `object`, which nothing refers to any more, and `entry` is where its deallocation began.
unsafe fn free(object: *mut cpy_PyObject, ty: Type, entry: &Entry) {
    // SAFETY: the object has no references, and its type lives until the end.
    unsafe {
        if (*ty).tp_weaklistoffset != 0 {
            ffi::PyObject_ClearWeakRefs(object);
        }
        let above = clear_parts(object, entry.first, Operation::Dealloc);
        each_part(entry.first, Operation::Dealloc, |part| {
            if let Part::Level(info) = part {
                if info.has(TypeInfo::RELEASES_MEMBERS) {
                    release_members(object, info);
                }
                call::forget(object, info);
                if let Some(destroy) = info.destroy {
                    destroy(info.payload(object));
                }
            }
            0
        });
        if above == &raw mut ffi::PyBaseObject_Type {
            free_memory(object, ty);
            return ffi::Py_DECREF(ty.cast());
        }
        let Some(rest) = (*above).tp_dealloc else { return };
        if ffi::PyType_IS_GC(above) != 0 {
            // A deallocator expects a tracked object: that of `type` untracks it without a check.
            ffi::PyObject_GC_Track(object.cast());
        }
        // The deallocator of a heap type drops the reference to the object's type itself.
        let drops_type = ffi::PyType_HasFeature(above, ffi::Py_TPFLAGS_HEAPTYPE) != 0;
        // While the hand-over is noted, the end of the type must not run code that makes another object at this address.
        ffi::Py_INCREF(ty.cast());
        entry.call_above(object, Operation::Dealloc, above, Visited::NOTHING, || rest(object));
        ffi::Py_DECREF(ty.cast());
        if !drops_type {
            ffi::Py_DECREF(ty.cast());
        }
    }
}

/// Clears `HPyMember_OBJECT_EX` members, as CPython does for types without a deallocator of their own.
///
/// # Safety
/// `info` is the record of a type at or above that of `object`, which nothing refers to any more.
#[cold]
unsafe fn release_members(object: *mut cpy_PyObject, info: &TypeInfo) {
    // SAFETY: the real members follow the record, up to one without a name; their offsets are within the instance.
    unsafe {
        let mut member = ptr::from_ref(info).add(1).cast::<ffi::PyMemberDef>();
        while !(*member).name.is_null() {
            if python_class::holds_object(&*member) {
                let place = object.cast::<u8>().offset((*member).offset).cast::<HPyField>();
                clear_field(place, ptr::null_mut());
            }
            member = member.add(1);
        }
    }
}
