// src/cpython/types/levels.rs: the levels of an instance: its types that this extension made, and what is between them.
//
// An instance may be of a type that HPy made, of a Python class below one, or of a HPy type of another extension below
// one. The types of this extension are told by their deallocator, one of the two in `lifecycle.rs`. An instance's *levels*
// are the types of this extension and the Python classes between and above them, from the nearest one of this extension to
// the last before another type comes. What is left after the levels belongs to that other type, whose own functions are
// called.

use core::ptr;

use super::info::TypeInfo;
use super::lifecycle::{dealloc, dealloc_bare};
use super::python_class::is_python_class;
use crate::*;

pub(super) type Type = *mut ffi::PyTypeObject;

/// Whether this extension's runtime deallocates the instances of `of`.
#[inline(always)]
unsafe fn is_own(of: Type) -> bool {
    // SAFETY: `of` is a type.
    unsafe {
        let is = |own: ffi::destructor| (*of).tp_dealloc.is_some_and(|found| ptr::fn_addr_eq(found, own));
        is(dealloc) || is(dealloc_bare)
    }
}

/// Whether `of` is a type of this extension whose instances are nothing but memory when they go.
#[inline(always)]
pub(super) unsafe fn is_bare(of: Type) -> bool {
    // SAFETY: `of` is a type.
    unsafe { (*of).tp_dealloc.is_some_and(|found| ptr::fn_addr_eq(found, dealloc_bare as ffi::destructor)) }
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
pub(super) unsafe fn own_info<'a>(of: Type) -> Option<&'a TypeInfo> {
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
    // SAFETY: a type of this extension has its record before its members. The chain of bases of an object's type ends
    // with `object`, which is no level.
    unsafe {
        while result == 0 {
            if is_own(level) {
                result = each(Level::Own(&*(*level).tp_members.cast::<TypeInfo>().sub(1)));
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
