// src/native/types/python_class.rs: what a Python class gives its instances: places for `__slots__`, and a dictionary.
//
// A HPy type may have Python classes among its bases. CPython's own functions for them start from the type of the object,
// which they take for a Python class, so they cannot be called for what lies below.

use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use crate::native::handle::decref;
use crate::*;

type Type = *mut ffi::PyTypeObject;

/// CPython's deallocator for the instances of Python classes, which no header declares.
static DEALLOC: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

/// Learns the deallocator from a new type whose description has none: CPython gives it that of Python classes.
pub(super) unsafe fn learn(made: Type) {
    // SAFETY: `made` is a type.
    let dealloc = unsafe { (*made).tp_dealloc }.map_or(ptr::null_mut(), |dealloc| dealloc as *mut ());
    DEALLOC.store(dealloc, Ordering::Release);
}

/// Whether the instances of `of` are deallocated as those of a Python class.
#[inline(always)]
pub(super) unsafe fn is_python_class(of: Type) -> bool {
    // SAFETY: `of` is a type.
    unsafe { (*of).tp_dealloc.is_some_and(|dealloc| dealloc as *mut () == DEALLOC.load(Ordering::Acquire)) }
}

/// Where the instance has the object of each name in the `__slots__` of a class, until `each` gives something but 0.
unsafe fn each_slot(
    object: *mut cpy_PyObject,
    class: Type,
    mut each: impl FnMut(*mut *mut cpy_PyObject) -> c_int,
) -> c_int {
    // SAFETY: a Python class has as many members as items, and the instance has their places.
    unsafe {
        let members = (*class).tp_members;
        let count = if members.is_null() { 0 } else { ffi::Py_SIZE(class.cast()) };
        for index in 0..count {
            let member = &*members.offset(index);
            if member.type_code == HPyMember_OBJECT_EX && member.flags & ffi::Py_READONLY == 0 {
                let result = each(object.cast::<u8>().offset(member.offset).cast());
                if result != 0 {
                    return result;
                }
            }
        }
    }
    0
}

/// Visits the objects in the `__slots__` of a class.
pub(super) unsafe fn visit_slots(
    object: *mut cpy_PyObject,
    class: Type,
    visit: ffi::visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the caller's promise: `class` is a Python class above the type of the object.
    unsafe { each_slot(object, class, |place| if (*place).is_null() { 0 } else { visit(*place, arg) }) }
}

/// Releases the objects in the `__slots__` of a class.
pub(super) unsafe fn clear_slots(object: *mut cpy_PyObject, class: Type) {
    // SAFETY: as above; a place is empty before its object goes.
    unsafe {
        each_slot(object, class, |place| {
            release(place);
            0
        });
    }
}

/// Visits the dictionary of an instance, or what stands for it; `own_type` says that no Python class is below.
pub(super) unsafe fn visit_dict(
    object: *mut cpy_PyObject,
    own_type: bool,
    visit: ffi::visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the object's type has a dictionary for its instances.
    unsafe {
        #[cfg(cpython_managed_dict_without_calls)]
        if !own_type && ffi::PyType_HasFeature(ffi::Py_TYPE(object), ffi::Py_TPFLAGS_MANAGED_DICT) != 0 {
            // CPython has visited what stands for the dictionary, which must not become one between two visits.
            let dict = *object.cast::<*mut cpy_PyObject>().sub(3);
            return if dict.is_null() { 0 } else { visit(dict, arg) };
        }
        let _ = own_type;
        #[cfg(any(cpython_managed_dict_is_private, cpython_managed_dict_is_public))]
        if ffi::PyType_HasFeature(ffi::Py_TYPE(object), ffi::Py_TPFLAGS_MANAGED_DICT) != 0 {
            return ffi::visit_managed_dict(object, visit, arg);
        }
        let place = ffi::_PyObject_GetDictPtr(object);
        if place.is_null() || (*place).is_null() { 0 } else { visit(*place, arg) }
    }
}

/// Releases the dictionary of an instance, or what stands for it.
pub(super) unsafe fn clear_dict(object: *mut cpy_PyObject) {
    // SAFETY: the object's type has a dictionary for its instances.
    unsafe {
        #[cfg(any(cpython_managed_dict_is_private, cpython_managed_dict_is_public))]
        if ffi::PyType_HasFeature(ffi::Py_TYPE(object), ffi::Py_TPFLAGS_MANAGED_DICT) != 0 {
            return ffi::clear_managed_dict(object);
        }
        let place = ffi::_PyObject_GetDictPtr(object);
        if !place.is_null() {
            release(place);
        }
    }
}

unsafe fn release(place: *mut *mut cpy_PyObject) {
    // SAFETY: the place is one of a live object, and owns its reference.
    unsafe {
        let object = core::mem::replace(&mut *place, ptr::null_mut());
        if !object.is_null() {
            decref(object);
        }
    }
}
