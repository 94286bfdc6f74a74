// src/native/types/python_class.rs: the parts of an instance that a Python class adds: `__slots__`, and a dictionary.
//
// A HPy type may have Python classes among its bases. CPython's own functions for them assume that the object's type is a
// Python class, so the runtime cannot call them, and does their work itself.

use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::operation::{Operation, Type};
use crate::native::raise::{Result, made};
use crate::*;

/// CPython's `subtype_traverse`, `subtype_clear` and `subtype_dealloc`, which no header declares.
static OWN: [AtomicPtr<()>; 3] = [const { AtomicPtr::new(ptr::null_mut()) }; 3];

/// CPython's `slot_tp_call`: the `tp_call` of a class whose `__call__` is set from Python.
#[cfg(not(cpython_vectorcall_follows_call))]
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_slot_tp_call"))]
static CALL: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

/// Whether Python code has set `__call__` on the type of an object. Before CPython 3.12 the vectorcall protocol does not
/// notice, and goes on calling the object's function.
///
/// # Safety
/// `object` is valid.
#[cfg(not(cpython_vectorcall_follows_call))]
#[inline(always)]
pub(crate) unsafe fn sets_call(object: *mut cpy_PyObject) -> bool {
    // SAFETY: the caller's promise. What is called has a `tp_call`, so that null needs no test of its own.
    let call = unsafe { (*ffi::Py_TYPE(object)).tp_call };
    call.map_or(ptr::null_mut(), |function| function as *mut ()) == CALL.load(Ordering::Relaxed)
}

/// Reads CPython's functions from a Python class made for that purpose.
///
/// # Safety
/// The caller holds the interpreter.
pub(super) unsafe fn learn() -> Result<()> {
    if !OWN[Operation::Dealloc as usize].load(Ordering::Acquire).is_null() {
        return Ok(());
    }
    // SAFETY: the arguments are those of `type`: a name, no bases, an empty dictionary.
    unsafe {
        let of_type = (&raw mut ffi::PyType_Type).cast();
        let (format, none) = (c"s(){sO}".as_ptr(), ffi::Py_None());
        let (name, call) = (c"PythonClass".as_ptr(), c"__call__".as_ptr());
        let class = made(ffi::PyObject_CallFunction(of_type, format, name, call, none))?;
        let class = class.as_ptr().cast::<ffi::PyTypeObject>();
        let pointer = |function: Option<*mut ()>| function.unwrap_or(ptr::null_mut());
        #[cfg(not(cpython_vectorcall_follows_call))]
        CALL.store(pointer((*class).tp_call.map(|function| function as *mut ())), Ordering::Release);
        for (operation, function) in [
            (Operation::Traverse, pointer((*class).tp_traverse.map(|function| function as *mut ()))),
            (Operation::Clear, pointer((*class).tp_clear.map(|function| function as *mut ()))),
            (Operation::Dealloc, pointer((*class).tp_dealloc.map(|function| function as *mut ()))),
        ] {
            OWN[operation as usize].store(function, Ordering::Release);
        }
    }
    Ok(())
}

/// Whether `function` is CPython's own for instances of Python classes.
#[inline(always)]
pub(super) fn is_own(function: *const (), operation: Operation) -> bool {
    !function.is_null() && function == OWN[operation as usize].load(Ordering::Acquire)
}

/// Whether CPython deallocates the instances of `ty` as those of a Python class.
///
/// # Safety
/// `ty` is a type.
pub(super) unsafe fn is_python_class(ty: Type) -> bool {
    // SAFETY: the caller's promise.
    unsafe { (*ty).tp_dealloc.is_some_and(|function| is_own(function as *const (), Operation::Dealloc)) }
}

/// Whether CPython releases the object of a member with the instance.
pub(super) fn holds_object(member: &ffi::PyMemberDef) -> bool {
    member.type_code == HPyMember_OBJECT_EX && member.flags & ffi::Py_READONLY == 0
}

/// Calls `each` with the field of each name in the `__slots__` of a class, until it returns something but 0.
///
/// # Safety
/// `class` is a Python class at or above the type of `object`.
unsafe fn each_slot(
    object: *mut cpy_PyObject,
    class: Type,
    mut each: impl FnMut(*mut *mut cpy_PyObject) -> c_int,
) -> c_int {
    // SAFETY: the caller's promise. A Python class has as many members as items, and the instance has a field for each.
    unsafe {
        let members = (*class).tp_members;
        let count = if members.is_null() { 0 } else { ffi::Py_SIZE(class.cast()) };
        for index in 0..count {
            let member = &*members.offset(index);
            if holds_object(member) {
                let result = each(slot(object, member));
                if result != 0 {
                    return result;
                }
            }
        }
    }
    0
}

/// The field of one slot: its offset counts from the object; the items of a tuple's subclass come before it.
///
/// # Safety
/// `member` is one of a Python class at or above the type of `object`.
#[inline(always)]
unsafe fn slot(object: *mut cpy_PyObject, member: &ffi::PyMemberDef) -> *mut *mut cpy_PyObject {
    // SAFETY: the caller's promise: the member is one of a class at or above the object's type.
    unsafe {
        let start = object.cast::<u8>();
        #[cfg(cpython_slots_after_items)]
        if member.flags & AFTER_ITEMS != 0 {
            let items = ffi::Py_SIZE(object).unsigned_abs() * (*ffi::Py_TYPE(object)).tp_itemsize.unsigned_abs();
            return start.add(items.next_multiple_of(size_of::<usize>())).offset(member.offset).cast();
        }
        start.offset(member.offset).cast()
    }
}

/// CPython's flag of a member whose offset leaves out the items: `_Py_AFTER_ITEMS`.
#[cfg(cpython_slots_after_items)]
const AFTER_ITEMS: c_int = 1 << 4;

/// Visits the objects in the `__slots__` of a class.
///
/// # Safety
/// `class` is a Python class at or above the type of `object`, and `visit` can be called with `arg`.
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
///
/// # Safety
/// `class` is a Python class at or above the type of `object`.
pub(super) unsafe fn clear_slots(object: *mut cpy_PyObject, class: Type) {
    // SAFETY: as above; `release` clears the field before it drops the reference.
    unsafe {
        each_slot(object, class, |place| {
            release(place);
            0
        });
    }
}

/// Visits the dictionary of an instance, or its managed values; `own_type` says that no Python class is below.
///
/// # Safety
/// The type of `object` has a dictionary for its instances, and `visit` can be called with `arg`.
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
            // CPython has visited the managed values, which must not become a dictionary between two visits.
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

/// Releases the dictionary of an instance, or its managed values.
///
/// # Safety
/// The type of `object` has a dictionary for its instances.
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

/// # Safety
/// `place` is one of a live object, and owns what it refers to.
unsafe fn release(place: *mut *mut cpy_PyObject) {
    // SAFETY: the field is part of a live object, and owns its reference.
    unsafe {
        let object = core::mem::replace(&mut *place, ptr::null_mut());
        if !object.is_null() {
            ffi::Py_DECREF(object);
        }
    }
}
