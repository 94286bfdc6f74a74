// src/native/types/traverse.rs: `tp_traverse`: visits the fields of an instance for the garbage collector.

use core::ptr;

use super::dealloc::struct_only;
use super::handed_on::Visited;
use super::levels::{Entry, Part, brings_dict, each_part};
use super::operation::{Operation, Type};
use super::python_class::{self, visit_dict, visit_slots};
use super::record::TypeInfo;
use crate::*;

/// CPython's visitor and its argument, behind HPy's visitor argument. C has the same struct.
#[repr(C)]
struct Visitor {
    visit: ffi::visitproc,
    arg: *mut c_void,
}

/// Passes the object of a field to CPython's visitor.
///
/// # Safety
/// A traverse function calls it for a field that refers to something, with the visitor of [`traverse`].
#[inline]
unsafe extern "C" fn visit_field(field: *mut HPyField, visitor: *mut c_void) -> c_int {
    // SAFETY: `traverse` passes its visitor, and a traverse function passes a field that is not empty.
    unsafe {
        let Visitor { visit, arg } = *visitor.cast::<Visitor>();
        visit((*field)._i, arg)
    }
}

/// `tp_traverse`: visits the type, the fields by `HPy_tp_traverse`, the parts of Python classes, and calls the function of the
/// type above the levels.
///
/// # Safety
/// The garbage collector calls it as `tp_traverse`.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_traverse"))]
#[inline(never)]
pub(super) unsafe extern "C" fn traverse(object: *mut cpy_PyObject, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the garbage collector passes a valid object, and runs no other code during the visit.
    unsafe {
        let ty = ffi::Py_TYPE(object);
        let Some(info) = struct_only(ty) else { return traverse_levels(object, visit, arg) };
        if let Some(fields) = info.traverse {
            let mut visitor = Visitor { visit, arg };
            let result = fields(info.payload(object), visit_field, (&raw mut visitor).cast());
            if result != 0 {
                return result;
            }
        }
        visit(ty.cast(), arg)
    }
}

/// The author's trampoline as `tp_traverse`, `own`, of a type that [`direct_trampoline`] accepts: the struct has a constant
/// offset, and the compiler inlines the implementation `fields`.
///
/// CPython calls it for Python classes below such a type too.
///
/// # Safety
/// CPython calls it for an instance of a type whose `tp_traverse` is `own`, or of a subtype.
#[inline(always)]
pub(crate) unsafe fn traverse_direct(
    object: *mut cpy_PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
    own: ffi::traverseproc,
    fields: implementation::HPyFunc_TRAVERSEPROC,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let ty = ffi::Py_TYPE(object);
        if !(*ty).tp_traverse.is_some_and(|found| ptr::fn_addr_eq(found, own)) {
            return traverse(object, visit, arg);
        }
        let mut visitor = Visitor { visit, arg };
        let payload = object.cast::<u8>().add(const { payload_offset(HPyType_BuiltinShape_Object) });
        let result = fields(payload.cast(), visit_field, (&raw mut visitor).cast());
        if result != 0 { result } else { visit(ty.cast(), arg) }
    }
}

/// The author's trampoline `own` as `tp_traverse` of a new type, if its instances are only a struct with fields and the type
/// has no `tp_traverse` of the author's own.
pub(super) fn direct_trampoline(info: &TypeInfo, own: HPyCFunction) -> Option<ffi::traverseproc> {
    let is_direct = info.has(TypeInfo::STRUCT_ONLY | TypeInfo::TRAVERSES)
        && info.traverse.is_some()
        && info.shape == HPyType_BuiltinShape_Object;
    // SAFETY: the trampoline of `HPy_tp_traverse` is a `tp_traverse`.
    if is_direct { unsafe { core::mem::transmute::<HPyCFunction, Option<ffi::traverseproc>>(own) } } else { None }
}

/// A visitor for an instance of several levels, which records the visited parts.
struct Levelled {
    visit: ffi::visitproc,
    arg: *mut c_void,
    /// The object's memory, which has its fields.
    object: core::ops::Range<usize>,
    visited: Visited,
    /// The address of the instance's dictionary, or 0.
    dict: usize,
    /// The address of the list of weak references, which the instance does not own, or 0.
    weak_references: usize,
}

impl Levelled {
    /// # Safety
    /// The object is valid.
    unsafe fn new(object: *mut cpy_PyObject, visit: ffi::visitproc, arg: *mut c_void, visited: Visited) -> Levelled {
        // SAFETY: the caller's promise.
        unsafe {
            let (ty, start) = (ffi::Py_TYPE(object), object as usize);
            let place = |offset: HPy_ssize_t| if offset > 0 { start + offset as usize } else { 0 };
            Levelled {
                visit,
                arg,
                object: start..start + (*ty).tp_basicsize as usize,
                visited,
                dict: place((*ty).tp_dictoffset),
                weak_references: place((*ty).tp_weaklistoffset),
            }
        }
    }

    /// Visits the fields of one level. As in HPy 0.9, the nearest `HPy_tp_traverse` visits the fields of the types above it
    /// too. The function of a type above is called only if no function below has visited that type's struct.
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

/// `tp_traverse` of a type that is not `STRUCT_ONLY`: not inlined, which keeps the fast path short.
///
/// # Safety
/// The garbage collector calls `tp_traverse` of `object` with these arguments.
#[inline(never)]
unsafe fn traverse_levels(object: *mut cpy_PyObject, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: as above.
    unsafe {
        let ty = ffi::Py_TYPE(object);
        let entry = Entry::find(object, Operation::Traverse);
        let (_, above) = each_part(entry.first, Operation::Traverse, |_| 0);
        let mut result = 0;
        if visits_no_type(above) {
            result = visit(ty.cast(), arg);
        }
        let mut visitor = Levelled::new(object, visit, arg, entry.visited);
        if result == 0 {
            (result, _) = each_part(entry.first, Operation::Traverse, |part| match part {
                Part::Level(info) => visitor.visit_level(object, info),
                Part::PythonClass(class) => visit_slots(object, class, visit, arg),
            });
        }
        if result == 0 && brings_dict(entry.first, above) && !visitor.visited.dict {
            let function = (*ty).tp_traverse.map_or(ptr::null(), |function| function as *const ());
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
