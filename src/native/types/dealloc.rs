// src/native/types/dealloc.rs: how instances are freed: the short ways for types alone, and the one type by type.

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
unsafe fn is_freed_by(of: Type, function: ffi::destructor) -> bool {
    // SAFETY: `of` is a type.
    unsafe { (*of).tp_dealloc.is_some_and(|found| ptr::fn_addr_eq(found, function)) }
}

/// Whether `of` is a type of this extension whose instances are trivially destructible.
///
/// # Safety
/// `of` is a type.
#[inline(always)]
pub(super) unsafe fn is_bare(of: Type) -> bool {
    // SAFETY: `of` is a type.
    unsafe { is_freed_by(of, dealloc_bare) }
}

/// The record of a type of this extension whose instances have no level but their own type.
///
/// # Safety
/// `of` is a type, and outlives the result.
#[inline(always)]
pub(super) unsafe fn plain<'a>(of: Type) -> Option<&'a TypeInfo> {
    // SAFETY: the caller's promise: a type. One with these deallocators has its record before its members.
    unsafe {
        let is_own = is_freed_by(of, dealloc) || is_bare(of);
        is_own.then(|| &*(*of).tp_members.cast::<TypeInfo>().sub(1)).filter(|info| info.has(TypeInfo::PLAIN))
    }
}

/// Whether [`plain`] holds for a new type. Its bases cannot be changed: CPython wants the deallocator to stay.
///
/// # Safety
/// `new` is a type.
pub(super) unsafe fn is_plain(new: Type, info: &TypeInfo) -> bool {
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

/// The `tp_dealloc` of a new type.
///
/// # Safety
/// `new` is a type with this record.
pub(super) unsafe fn function(new: Type, info: &TypeInfo) -> ffi::destructor {
    // SAFETY: the caller's promise.
    let is_collected = unsafe { ffi::PyType_IS_GC(new) } != 0;
    let is_bare = info.has(TypeInfo::PLAIN) && info.traverse.is_none() && info.destroy.is_none() && !is_collected;
    if is_bare { dealloc_bare } else { dealloc }
}

/// `tp_dealloc` of types whose instances are trivially destructible. CPython calls it for Python classes below one
/// as well, and Python code may give the type a finalizer.
///
/// # Safety
/// CPython calls it as `tp_dealloc`, with an object that nothing refers to any more.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_dealloc_bare"))]
pub(super) unsafe extern "C" fn dealloc_bare(object: *mut cpy_PyObject) {
    // SAFETY: CPython passes an object that nothing refers to any more.
    unsafe {
        let of = ffi::Py_TYPE(object);
        if !is_bare(of) || (*of).tp_finalize.is_some() {
            return dealloc(object);
        }
        free_memory(object, of);
        ffi::Py_DECREF(of.cast());
    }
}

/// `tp_dealloc`: finalizer, garbage collector, weak references, fields, `HPy_tp_destroy`, memory, type: in this order.
///
/// # Safety
/// CPython calls it as `tp_dealloc`, with an object that nothing refers to any more.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_dealloc"))]
#[inline(never)]
pub(super) unsafe extern "C" fn dealloc(object: *mut cpy_PyObject) {
    // SAFETY: CPython passes an object that nothing refers to any more.
    unsafe {
        let of = ffi::Py_TYPE(object);
        if let Some(info) = plain(of) {
            if (*of).tp_finalize.is_none() {
                if ffi::PyType_IS_GC(of) == 0 {
                    return trashcan::free_chain(object, of, info);
                }
                ffi::PyObject_GC_UnTrack(object.cast());
                return limit_recursion(object, true, || free_plain(object, of, info));
            }
        }
        let entry = Entry::of(object, Operation::Dealloc);
        let is_own_type = of == entry.first && !entry.goes_on;
        // For an instance of a Python class, CPython has called the finalizer before it came here.
        if is_own_type && (*of).tp_finalize.is_some() && ffi::PyObject_CallFinalizerFromDealloc(object) < 0 {
            return;
        }
        if ffi::PyType_IS_GC(of) == 0 {
            return free(object, of, &entry);
        }
        ffi::PyObject_GC_UnTrack(object.cast());
        limit_recursion(object, is_own_type, || free(object, of, &entry));
    }
}

/// Releases the fields of an instance without levels, what its struct has, and then its memory.
///
/// # Safety
/// Nothing refers to the object, whose type is `of`, a plain one with the record `info`.
#[inline(always)]
unsafe fn free_plain(object: *mut cpy_PyObject, of: Type, info: &TypeInfo) {
    // SAFETY: the caller's promise; the type lives until the end.
    unsafe {
        clear_fields(object, info);
        free_cleared(object, of, info);
    }
}

/// Releases what the struct of an instance without levels has but fields, and then its memory.
///
/// # Safety
/// As for [`free_plain`]; the fields are empty.
#[inline(always)]
pub(super) unsafe fn free_cleared(object: *mut cpy_PyObject, of: Type, info: &TypeInfo) {
    // SAFETY: the caller's promise; the type lives until the end.
    unsafe {
        if let Some(destroy) = info.destroy {
            destroy(info.payload(object));
        }
        free_memory(object, of);
        ffi::Py_DECREF(of.cast());
    }
}

/// # Safety
/// `of` is the type of `object`, and nothing is left in the object.
#[inline(always)]
unsafe fn free_memory(object: *mut cpy_PyObject, of: Type) {
    // SAFETY: the caller's promise: nothing is left in the object. CPython gives every type a tp_free.
    unsafe { (*of).tp_free.unwrap_unchecked()(object.cast()) }
}

/// Releases what the instance has, level by level, and then its memory.
///
/// # Safety
/// `of` is the type of `object`, which nothing refers to any more, and `entry` is where its deallocation began.
unsafe fn free(object: *mut cpy_PyObject, of: Type, entry: &Entry) {
    // SAFETY: nothing refers to the object, and its type lives until the end.
    unsafe {
        if (*of).tp_weaklistoffset != 0 {
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
            free_memory(object, of);
            return ffi::Py_DECREF(of.cast());
        }
        let Some(rest) = (*above).tp_dealloc else { return };
        if ffi::PyType_IS_GC(above) != 0 {
            // A deallocator takes a tracked object: that of `type` untracks it without a look.
            ffi::PyObject_GC_Track(object.cast());
        }
        // The deallocator of a type that was made at run time drops the reference to the object's type itself.
        let drops_type = ffi::PyType_HasFeature(above, ffi::Py_TPFLAGS_HEAPTYPE) != 0;
        entry.call_above(object, Operation::Dealloc, above, Visited::NOTHING, || rest(object));
        if !drops_type {
            ffi::Py_DECREF(of.cast());
        }
    }
}

/// Releases the objects of `HPyMember_OBJECT_EX` members, as CPython does for types without a deallocator of their own.
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
