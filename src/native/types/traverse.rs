// src/native/types/traverse.rs: how the garbage collector visits instances of HPy's types.

use core::ptr;

use super::dealloc::plain;
use super::handed_on::Visited;
use super::levels::{Entry, Part, brings_dict, each_part};
use super::operation::{Operation, Type};
use super::python_class::{self, visit_dict, visit_slots};
use super::record::TypeInfo;
use crate::*;

/// What the fields of an instance are visited with: CPython's own visitor and its argument. C has the same struct.
#[repr(C)]
struct Visitor {
    visit: ffi::visitproc,
    arg: *mut c_void,
}

/// Passes the object of a field on to CPython's visitor.
///
/// # Safety
/// A traverse function calls it for a field that refers to something, with the visitor of [`traverse`].
#[inline]
unsafe extern "C" fn visit_field(field: *mut HPyField, visitor: *mut c_void) -> c_int {
    // SAFETY: `traverse` passes its visitor, and a traverse function passes a field that refers to something.
    unsafe {
        let Visitor { visit, arg } = *visitor.cast::<Visitor>();
        visit((*field)._i, arg)
    }
}

/// `tp_traverse`: the type, the fields that `HPy_tp_traverse` visits, what Python classes have, and what the type above
/// the levels has.
///
/// # Safety
/// The garbage collector calls it as `tp_traverse`.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_traverse"))]
#[inline(never)]
pub(super) unsafe extern "C" fn traverse(object: *mut cpy_PyObject, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the garbage collector passes a valid object, and calls nothing else meanwhile.
    unsafe {
        let of = ffi::Py_TYPE(object);
        let Some(info) = plain(of) else { return traverse_levels(object, visit, arg) };
        if let Some(fields) = info.traverse {
            let mut visitor = Visitor { visit, arg };
            let result = fields(info.payload(object), visit_field, (&raw mut visitor).cast());
            if result != 0 {
                return result;
            }
        }
        visit(of.cast(), arg)
    }
}

/// `tp_traverse` of a type that [`direct`] was given `own` for: the struct begins at a constant distance.
///
/// A Python class below such a type has CPython call this too.
///
/// # Safety
/// CPython calls it for an instance of a type whose `tp_traverse` is `own`, or of a type below one.
#[inline(always)]
pub(crate) unsafe fn traverse_plain(
    object: *mut cpy_PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
    own: ffi::traverseproc,
    fields: implementation::HPyFunc_TRAVERSEPROC,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let of = ffi::Py_TYPE(object);
        if !(*of).tp_traverse.is_some_and(|found| ptr::fn_addr_eq(found, own)) {
            return traverse(object, visit, arg);
        }
        let mut visitor = Visitor { visit, arg };
        let payload = object.cast::<u8>().add(const { payload_offset(HPyType_BuiltinShape_Object) });
        let result = fields(payload.cast(), visit_field, (&raw mut visitor).cast());
        if result != 0 { result } else { visit(of.cast(), arg) }
    }
}

/// The `tp_traverse` of a new type: that of its own definition, `own`, if its instances are nothing but a struct with
/// fields and `traverse` would be called.
pub(super) fn direct(info: &TypeInfo, own: HPyCFunction) -> Option<ffi::traverseproc> {
    let is_direct = info.has(TypeInfo::PLAIN | TypeInfo::TRAVERSES)
        && info.traverse.is_some()
        && info.shape == HPyType_BuiltinShape_Object;
    // SAFETY: the trampoline of `HPy_tp_traverse` is a `tp_traverse`.
    if is_direct { unsafe { core::mem::transmute::<HPyCFunction, Option<ffi::traverseproc>>(own) } } else { None }
}

/// A visitor for an instance with several types that have something to visit: it remembers where it came by.
struct Levelled {
    visit: ffi::visitproc,
    arg: *mut c_void,
    /// The object's memory, where its fields lie.
    object: core::ops::Range<usize>,
    visited: Visited,
    /// Where the runtime finds the instance's dictionary, or 0.
    dict: usize,
    /// Where the instance's weak references begin, which it does not own, or 0.
    weak_references: usize,
}

impl Levelled {
    /// # Safety
    /// The object is valid.
    unsafe fn new(object: *mut cpy_PyObject, visit: ffi::visitproc, arg: *mut c_void, visited: Visited) -> Levelled {
        // SAFETY: the caller's promise.
        unsafe {
            let (of, start) = (ffi::Py_TYPE(object), object as usize);
            let place = |offset: HPy_ssize_t| if offset > 0 { start + offset as usize } else { 0 };
            Levelled {
                visit,
                arg,
                object: start..start + (*of).tp_basicsize as usize,
                visited,
                dict: place((*of).tp_dictoffset),
                weak_references: place((*of).tp_weaklistoffset),
            }
        }
    }

    /// Visits the fields of one level. The nearest `HPy_tp_traverse` is the one that counts, as in HPy 0.9: it visits the
    /// fields of the types above it too. The function of a type above is called only where none before has visited
    /// anything of that type's struct.
    ///
    /// # Safety
    /// `object` is an instance of the type with this record.
    unsafe fn visit_level(&mut self, object: *mut cpy_PyObject, info: &TypeInfo) -> c_int {
        let Some(fields) = info.traverse else { return 0 };
        if self.visited.elsewhere || self.visited.lowest < self.object.start + info.end {
            return 0;
        }
        // SAFETY: the caller's promise.
        unsafe { fields(info.payload(object), Levelled::visit_field, (&raw mut *self).cast()) }
    }

    /// # Safety
    /// A traverse function calls it for a field that refers to something, with the visitor of a level.
    unsafe extern "C" fn visit_field(field: *mut HPyField, visitor: *mut c_void) -> c_int {
        // SAFETY: `visit_level` passes its visitor, and a traverse function passes a field that refers to something.
        unsafe {
            let (visitor, place) = (&mut *visitor.cast::<Levelled>(), field as usize);
            if place == visitor.weak_references {
                return 0;
            }
            visitor.visited.dict |= place == visitor.dict;
            if visitor.object.contains(&place) {
                visitor.visited.lowest = visitor.visited.lowest.min(place);
            } else {
                visitor.visited.elsewhere = true;
            }
            (visitor.visit)((*field)._i, visitor.arg)
        }
    }
}

/// What is more than the one level of a plain type: apart, so that the usual way is short.
///
/// # Safety
/// The garbage collector calls `tp_traverse` of `object` with these arguments.
#[inline(never)]
unsafe fn traverse_levels(object: *mut cpy_PyObject, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: as above.
    unsafe {
        let of = ffi::Py_TYPE(object);
        let entry = Entry::of(object, Operation::Traverse);
        let (_, above) = each_part(entry.first, Operation::Traverse, |_| 0);
        let mut result = 0;
        if visits_no_type(above) {
            result = visit(of.cast(), arg);
        }
        let mut visitor = Levelled::new(object, visit, arg, entry.visited);
        if result == 0 {
            (result, _) = each_part(entry.first, Operation::Traverse, |part| match part {
                Part::Level(info) => visitor.visit_level(object, info),
                Part::PythonClass(class) => visit_slots(object, class, visit, arg),
            });
        }
        if result == 0 && brings_dict(entry.first, above) && !visitor.visited.dict {
            let function = (*of).tp_traverse.map_or(ptr::null(), |function| function as *const ());
            result = visit_dict(object, !python_class::is_own(function, Operation::Traverse), visit, arg);
        }
        match (*above).tp_traverse {
            Some(rest) if result == 0 => {
                entry.call_above(object, Operation::Traverse, above, visitor.visited, || rest(object, visit, arg))
            }
            _ => result,
        }
    }
}

/// Whether the function of the type above the levels does not visit the object's type: the rule of CPython's
/// `subtype_traverse`. A type made at run time visits it.
///
/// # Safety
/// `above` is a type.
unsafe fn visits_no_type(above: Type) -> bool {
    // SAFETY: the caller's promise: a type.
    unsafe { (*above).tp_traverse.is_none() || ffi::PyType_HasFeature(above, ffi::Py_TPFLAGS_HEAPTYPE) == 0 }
}
