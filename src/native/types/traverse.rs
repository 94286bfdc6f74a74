// src/native/types/traverse.rs: how the garbage collector visits instances of HPy's types.

use core::ptr;

use super::info::TypeInfo;
use super::lifecycle::{Level, Type, brings_dict, each_level, first_level, plain};
use super::python_class::{visit_dict, visit_slots};
use crate::*;

/// What the fields of an instance are visited with: CPython's own visitor and its argument. C has the same struct.
#[repr(C)]
struct Visitor {
    visit: ffi::visitproc,
    arg: *mut c_void,
}

/// Passes the object of a field on to CPython's visitor.
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
/// The nearest `HPy_tp_traverse` is the one that counts, as in CPython: it visits the fields of its bases too.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_traverse"))]
#[inline(never)]
pub(super) unsafe extern "C" fn traverse(object: *mut cpy_PyObject, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the garbage collector passes a valid object, and calls nothing else meanwhile.
    unsafe {
        let of = ffi::Py_TYPE(object);
        let Some(info) = plain(of) else { return traverse_levels(object, of, visit, arg) };
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

/// `tp_traverse` of a type that [`take_traverse`] was given `own` for: the struct begins at a constant distance.
///
/// A Python class below such a type has CPython call this too.
#[inline(always)]
pub(crate) unsafe fn traverse_plain(
    object: *mut cpy_PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
    own: ffi::traverseproc,
    fields: implementation::HPyFunc_TRAVERSEPROC,
) -> c_int {
    // SAFETY: as above.
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

/// Has the instances of a new type visited by the function of its own definition, if they are nothing but a struct.
pub(super) unsafe fn take_traverse(made: Type, info: &TypeInfo, own: HPyCFunction) {
    // SAFETY: `made` is a type that nobody else has seen yet; the trampoline of `HPy_tp_traverse` is a `tp_traverse`.
    unsafe {
        let is_taken = (*made).tp_traverse.is_some_and(|found| ptr::fn_addr_eq(found, traverse as ffi::traverseproc));
        if is_taken && info.plain && info.traverse.is_some() && info.shape == HPyType_BuiltinShape_Object {
            (*made).tp_traverse = core::mem::transmute::<HPyCFunction, Option<ffi::traverseproc>>(own);
        }
    }
}

/// What is more than the one level of a plain type: apart, so that the usual way is short.
#[inline(never)]
unsafe fn traverse_levels(object: *mut cpy_PyObject, of: Type, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: as above.
    unsafe {
        let first = first_level(of);
        let (_, above) = each_level(first, |_| 0);
        let mut result = 0;
        if ffi::PyType_HasFeature(above, ffi::Py_TPFLAGS_HEAPTYPE) == 0 {
            // A type above that was made at run time visits the object's type itself.
            result = visit(of.cast(), arg);
        }
        let mut visited = false;
        if result == 0 {
            (result, _) = each_level(first, |level| match level {
                Level::Own(info) => match info.traverse {
                    Some(fields) if !visited => {
                        visited = true;
                        let mut visitor = Visitor { visit, arg };
                        fields(info.payload(object), visit_field, (&raw mut visitor).cast())
                    }
                    _ => 0,
                },
                Level::PythonClass(class) => visit_slots(object, class, visit, arg),
            });
        }
        if result == 0 && brings_dict(first, above) {
            result = visit_dict(object, of == first, visit, arg);
        }
        match (*above).tp_traverse {
            Some(rest) if result == 0 => rest(object, visit, arg),
            _ => result,
        }
    }
}
