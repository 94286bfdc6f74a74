// src/native/types/lifecycle.rs: the levels of an instance, and how instances are cleared and freed, level by level.
//
// An instance may be of a type that HPy made, of a Python class below one, or of a HPy type of another extension below
// one. The types of this extension are told by their deallocator, one of the two in this file. An instance's *levels*
// are the types of this extension and the Python classes between and above them, from the nearest one of this extension to
// the last before another type comes. What is left after the levels belongs to that other type, whose own functions are
// called.

use core::ptr;

use super::info::TypeInfo;
use super::python_class::{self, clear_dict, clear_slots, is_python_class};
use super::trashcan::limit_recursion;
use crate::native::handle::decref;
use crate::*;

pub(super) type Type = *mut ffi::PyTypeObject;

/// Whether `function` is the deallocator of a type.
#[inline(always)]
unsafe fn is_freed_by(of: Type, function: ffi::destructor) -> bool {
    // SAFETY: `of` is a type.
    unsafe { (*of).tp_dealloc.is_some_and(|found| ptr::fn_addr_eq(found, function)) }
}

/// Whether this extension's runtime deallocates the instances of `of`.
#[inline(always)]
unsafe fn is_own(of: Type) -> bool {
    // SAFETY: `of` is a type.
    unsafe { is_freed_by(of, dealloc) || is_bare(of) }
}

/// Whether `of` is a type of this extension whose instances are nothing but memory when they go.
#[inline(always)]
pub(super) unsafe fn is_bare(of: Type) -> bool {
    // SAFETY: `of` is a type.
    unsafe { is_freed_by(of, dealloc_bare) }
}

/// The nearest level of an instance of `of`.
#[inline(always)]
pub(super) unsafe fn first_level(of: Type) -> Type {
    let mut level = of;
    // SAFETY: a function of this file is called for instances of its types only, so there is a level.
    unsafe {
        while !is_own(level) {
            level = (*level).tp_base;
        }
    }
    level
}

/// The record of a type of this extension.
#[inline(always)]
unsafe fn own_info<'a>(of: Type) -> Option<&'a TypeInfo> {
    // SAFETY: such a type has its record before its members.
    unsafe { is_own(of).then(|| &*(*of).tp_members.cast::<TypeInfo>().sub(1)) }
}

/// The record of a type whose instances have no level but their own type.
#[inline(always)]
pub(super) unsafe fn plain<'a>(of: Type) -> Option<&'a TypeInfo> {
    // SAFETY: the caller's promise.
    unsafe { own_info(of).filter(|info| info.plain) }
}

/// Whether [`plain`] holds for a new type. Its bases cannot be changed: CPython wants the deallocator to stay.
pub(super) unsafe fn is_plain(made: Type, info: &TypeInfo) -> bool {
    // SAFETY: `made` is a type.
    unsafe {
        (*made).tp_base == &raw mut ffi::PyBaseObject_Type
            && (*made).tp_dictoffset == 0
            && (*made).tp_weaklistoffset == 0
            && !info.releases_members
    }
}

/// One type among the levels of an instance.
pub(super) enum Level<'a> {
    /// A type of this extension, with its record.
    Own(&'a TypeInfo),
    PythonClass(Type),
}

/// Calls `each` with every level from `first` on, until it gives something but 0.
///
/// Gives that result, and the type above the levels if all were called.
#[inline(always)]
pub(super) unsafe fn each_level(first: Type, mut each: impl FnMut(Level<'_>) -> c_int) -> (c_int, Type) {
    let (mut level, mut result) = (first, 0);
    // SAFETY: the chain of bases of an object's type ends with `object`, which is no level.
    unsafe {
        while result == 0 {
            if let Some(info) = own_info(level) {
                result = each(Level::Own(info));
            } else if is_python_class(level) {
                result = each(Level::PythonClass(level));
            } else {
                break;
            }
            level = (*level).tp_base;
        }
    }
    (result, level)
}

/// Whether the levels have brought a dictionary for the instances: then it is theirs to visit and to clear.
#[inline(always)]
pub(super) unsafe fn brings_dict(first: Type, above: Type) -> bool {
    // SAFETY: both are types.
    unsafe { (*first).tp_dictoffset != 0 && (*above).tp_dictoffset == 0 }
}

/// Has the instances of a new type deallocated by this extension's runtime.
pub(super) unsafe fn take(made: Type) {
    // SAFETY: `made` is a type that nobody else has seen yet.
    unsafe {
        python_class::learn(made);
        (*made).tp_dealloc = Some(dealloc);
    }
}

/// Has them deallocated in the shortest way, if they are nothing but memory when they go.
pub(super) unsafe fn take_bare(made: Type, info: &TypeInfo) {
    // SAFETY: `made` is a type that nobody else has seen yet.
    unsafe {
        let is_memory = info.traverse.is_none() && info.destroy.is_none() && ffi::PyType_IS_GC(made) == 0;
        if is_freed_by(made, dealloc) && info.plain && is_memory {
            (*made).tp_dealloc = Some(dealloc_bare);
        }
    }
}

/// Empties a field. The field is empty before the object goes: its finalizer may look.
unsafe extern "C" fn clear_field(field: *mut HPyField, _: *mut c_void) -> c_int {
    // SAFETY: a traverse function passes a field that refers to something.
    unsafe {
        let object = core::mem::replace(&mut (*field)._i, ptr::null_mut());
        if !object.is_null() {
            decref(object);
        }
    }
    0
}

/// Empties the fields that one type has brought.
#[inline(always)]
unsafe fn clear_fields(object: *mut cpy_PyObject, info: &TypeInfo) {
    if let Some(fields) = info.traverse {
        // SAFETY: the object is an instance of the type, and has its struct there.
        unsafe { fields(info.payload(object), clear_field, ptr::null_mut()) };
    }
}

/// `tp_clear`: empties all fields of all levels, and what the type above them has.
pub(super) unsafe extern "C" fn clear(object: *mut cpy_PyObject) -> c_int {
    // SAFETY: the garbage collector passes a valid object.
    unsafe {
        let of = ffi::Py_TYPE(object);
        if let Some(info) = plain(of) {
            clear_fields(object, info);
            return 0;
        }
        let above = clear_levels(object, first_level(of));
        (*above).tp_clear.map_or(0, |rest| rest(object))
    }
}

/// Empties what the levels have, and gives the type above them.
unsafe fn clear_levels(object: *mut cpy_PyObject, first: Type) -> Type {
    // SAFETY: the caller's promise: `first` is the first level of the object.
    unsafe {
        let (_, above) = each_level(first, |level| {
            match level {
                Level::Own(info) => clear_fields(object, info),
                Level::PythonClass(class) => clear_slots(object, class),
            }
            0
        });
        if brings_dict(first, above) {
            clear_dict(object);
        }
        above
    }
}

/// `tp_dealloc` of types whose instances are nothing but memory when they go. CPython calls it for Python classes below one
/// as well, and Python code may give the type a finalizer.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_dealloc_bare"))]
pub(super) unsafe extern "C" fn dealloc_bare(object: *mut cpy_PyObject) {
    // SAFETY: CPython passes an object that nothing refers to any more.
    unsafe {
        let of = ffi::Py_TYPE(object);
        if !is_bare(of) || (*of).tp_finalize.is_some() {
            return dealloc(object);
        }
        free_memory(object, of);
        decref(of.cast());
    }
}

/// `tp_dealloc`: finalizer, garbage collector, weak references, fields, `HPy_tp_destroy`, memory, type: in this order.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_dealloc"))]
#[inline(never)]
pub(super) unsafe extern "C" fn dealloc(object: *mut cpy_PyObject) {
    // SAFETY: CPython passes an object that nothing refers to any more.
    unsafe {
        let of = ffi::Py_TYPE(object);
        if let Some(info) = plain(of) {
            if (*of).tp_finalize.is_none() {
                if ffi::PyType_IS_GC(of) == 0 {
                    return free_plain(object, of, info);
                }
                ffi::PyObject_GC_UnTrack(object.cast());
                return limit_recursion(object, true, || free_plain(object, of, info));
            }
        }
        let first = first_level(of);
        // For an instance of a Python class, CPython has called the finalizer before it came here.
        if of == first && (*of).tp_finalize.is_some() && ffi::PyObject_CallFinalizerFromDealloc(object) < 0 {
            return;
        }
        if ffi::PyType_IS_GC(of) == 0 {
            return free(object, of, first);
        }
        ffi::PyObject_GC_UnTrack(object.cast());
        limit_recursion(object, of == first, || free(object, of, first));
    }
}

/// Releases the fields of an instance without levels, what its struct has, and then its memory.
#[inline(always)]
unsafe fn free_plain(object: *mut cpy_PyObject, of: Type, info: &TypeInfo) {
    // SAFETY: nothing refers to the object, and its type lives until the end.
    unsafe {
        clear_fields(object, info);
        if let Some(destroy) = info.destroy {
            destroy(info.payload(object));
        }
        free_memory(object, of);
        decref(of.cast());
    }
}

#[inline(always)]
unsafe fn free_memory(object: *mut cpy_PyObject, of: Type) {
    // SAFETY: the caller's promise: nothing is left in the object. CPython gives every type a tp_free.
    unsafe { (*of).tp_free.unwrap_unchecked()(object.cast()) }
}

/// Releases what the instance has, level by level, and then its memory.
#[inline(always)]
unsafe fn free(object: *mut cpy_PyObject, of: Type, first: Type) {
    // SAFETY: nothing refers to the object, and its type lives until the end.
    unsafe {
        if (*of).tp_weaklistoffset != 0 {
            ffi::PyObject_ClearWeakRefs(object);
        }
        let above = clear_levels(object, first);
        each_level(first, |level| {
            if let Level::Own(info) = level {
                if info.releases_members {
                    release_members(object, info);
                }
                if let Some(destroy) = info.destroy {
                    destroy(info.payload(object));
                }
            }
            0
        });
        if above == &raw mut ffi::PyBaseObject_Type {
            free_memory(object, of);
            return decref(of.cast());
        }
        let Some(rest) = (*above).tp_dealloc else { return };
        if ffi::PyType_IS_GC(above) != 0 {
            // A deallocator takes a tracked object: that of `type` untracks it without a look.
            ffi::PyObject_GC_Track(object.cast());
        }
        rest(object);
        // The deallocator of a type that was made at run time drops the reference to the object's type itself.
        if ffi::PyType_HasFeature(above, ffi::Py_TPFLAGS_HEAPTYPE) == 0 {
            decref(of.cast());
        }
    }
}

/// Releases the objects of `HPyMember_OBJECT_EX` members, as CPython does for types without a deallocator of their own.
#[cold]
unsafe fn release_members(object: *mut cpy_PyObject, info: &TypeInfo) {
    // SAFETY: the real members follow the record, up to one without a name; their offsets are within the instance.
    unsafe {
        let mut member = ptr::from_ref(info).add(1).cast::<ffi::PyMemberDef>();
        while !(*member).name.is_null() {
            if (*member).type_code == HPyMember_OBJECT_EX && (*member).flags & ffi::Py_READONLY == 0 {
                let place = object.cast::<u8>().offset((*member).offset).cast::<HPyField>();
                clear_field(place, ptr::null_mut());
            }
            member = member.add(1);
        }
    }
}
