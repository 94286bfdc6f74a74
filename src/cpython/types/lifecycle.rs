// src/cpython/types/lifecycle.rs: how instances of HPy's types are visited by the garbage collector, cleared, and freed.
//
// An instance may be of a type that HPy made, of a Python class below one, or of a HPy type of another extension below
// one. The types of this extension are told by their deallocator, which is the function in this file. Its *levels* are
// the types of this extension and the Python classes between and above them, from the nearest one of this extension to
// the last before another type comes. What is left after the levels belongs to that other type, whose own functions are
// called.

use core::ptr;

use super::info::TypeInfo;
use super::python_class::{self, clear_dict, clear_slots, is_python_class, visit_dict, visit_slots};
use super::trashcan::limit_recursion;
use crate::cpython::handle::decref;
use crate::*;

type Type = *mut ffi::PyTypeObject;

/// Has the instances of a new type deallocated by this extension's runtime.
pub(super) unsafe fn take(made: Type) {
    // SAFETY: `made` is a type that nobody else has seen yet.
    unsafe {
        python_class::learn(made);
        (*made).tp_dealloc = Some(dealloc);
    }
}

/// Whether this extension's runtime deallocates the instances of `of`.
#[inline(always)]
unsafe fn is_own(of: Type) -> bool {
    // SAFETY: `of` is a type.
    unsafe { (*of).tp_dealloc.is_some_and(|found| ptr::fn_addr_eq(found, dealloc as ffi::destructor)) }
}

/// The nearest level of an instance of `of`.
#[inline(always)]
unsafe fn first_level(of: Type) -> Type {
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
unsafe fn plain<'a>(of: Type) -> Option<&'a TypeInfo> {
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

/// Whether instances of a [plain](is_plain) type are nothing but memory when they go.
pub(super) unsafe fn is_bare(made: Type, info: &TypeInfo) -> bool {
    // SAFETY: `made` is a type.
    info.plain && info.traverse.is_none() && info.destroy.is_none() && unsafe { ffi::PyType_IS_GC(made) } == 0
}

/// One type among the levels of an instance.
enum Level<'a> {
    /// A type of this extension, with its record.
    Own(&'a TypeInfo),
    PythonClass(Type),
}

/// Calls `each` with every level from `first` on, until it gives something but 0.
///
/// Gives that result, and the type above the levels if all were called.
#[inline(always)]
unsafe fn each_level(first: Type, mut each: impl FnMut(Level<'_>) -> c_int) -> (c_int, Type) {
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
unsafe fn brings_dict(first: Type, above: Type) -> bool {
    // SAFETY: both are types.
    unsafe { (*first).tp_dictoffset != 0 && (*above).tp_dictoffset == 0 }
}

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

/// `tp_traverse`: the type, the fields that `HPy_tp_traverse` visits, what Python classes have, and what the type above
/// the levels has.
///
/// The nearest `HPy_tp_traverse` is the one that counts, as in CPython: it visits the fields of its bases too.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_traverse"))]
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

/// `tp_clear`: empties all fields of all levels, and what the type above them has.
pub(super) unsafe extern "C" fn clear(object: *mut cpy_PyObject) -> c_int {
    // SAFETY: the garbage collector passes a valid object.
    unsafe {
        let above = clear_levels(object, first_level(ffi::Py_TYPE(object)));
        (*above).tp_clear.map_or(0, |rest| rest(object))
    }
}

/// Empties what the levels have, and gives the type above them.
unsafe fn clear_levels(object: *mut cpy_PyObject, first: Type) -> Type {
    // SAFETY: the caller's promise: `first` is the first level of the object.
    unsafe {
        let (_, above) = each_level(first, |level| {
            match level {
                Level::Own(info) => {
                    if let Some(fields) = info.traverse {
                        fields(info.payload(object), clear_field, ptr::null_mut());
                    }
                }
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

/// `tp_dealloc`: finalizer, garbage collector, weak references, fields, `HPy_tp_destroy`, memory, type: in this order.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_dealloc"))]
pub(super) unsafe extern "C" fn dealloc(object: *mut cpy_PyObject) {
    // SAFETY: CPython passes an object that nothing refers to any more.
    unsafe {
        let of = ffi::Py_TYPE(object);
        if !own_info(of).is_some_and(|info| info.bare) || (*of).tp_finalize.is_some() {
            return dealloc_levels(object, of);
        }
        free_memory(object, of);
        decref(of.cast());
    }
}

/// As `dealloc`, for instances that have more than memory: apart, so that the usual way is short.
#[inline(never)]
unsafe fn dealloc_levels(object: *mut cpy_PyObject, of: Type) {
    // SAFETY: as above.
    unsafe {
        if let Some(info) = plain(of) {
            if (*of).tp_finalize.is_none() && ffi::PyType_IS_GC(of) == 0 {
                return free_plain(object, of, info);
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
        if let Some(fields) = info.traverse {
            fields(info.payload(object), clear_field, ptr::null_mut());
        }
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

/// `tp_new` of the shapes Long and Tuple with a struct: the items of a large instance would lie over the struct.
pub(super) unsafe extern "C" fn new_fixed_size(
    of: Type,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: CPython calls this for a type of one of the two shapes, or a Python class below one.
    unsafe {
        let shape = TypeInfo::of(of).map_or(HPyType_BuiltinShape_Long, |info| info.shape);
        let (base, head, item) = match shape {
            HPyType_BuiltinShape_Tuple => {
                (&raw mut ffi::PyTuple_Type, core::mem::offset_of!(ffi::PyTupleObject, ob_item), size_of::<*mut ()>())
            }
            _ => (&raw mut ffi::PyLong_Type, size_of::<ffi::PyVarObject>(), size_of::<u32>()),
        };
        let Some(new) = (*base).tp_new else { return ptr::null_mut() };
        let object = new(of, args, kw);
        if object.is_null() {
            return object;
        }
        let room = (payload_offset(shape) - head) / item;
        let items =
            if shape == HPyType_BuiltinShape_Tuple { ffi::PyTuple_GET_SIZE(object) as usize } else { digits(object) };
        if items <= room {
            return object;
        }
        ffi::Py_DECREF(object);
        ffi::PyErr_Format(
            ffi::PyExc_OverflowError,
            c"'%s' keeps a struct where a larger '%s' has its value".as_ptr(),
            (*of).tp_name,
            (*base).tp_name,
        )
    }
}

/// How many 30-bit digits an int has.
unsafe fn digits(long: *mut cpy_PyObject) -> usize {
    // SAFETY: `long` is an int; its bit_length never fails but for lack of memory.
    unsafe {
        let bits = ffi::PyObject_CallMethod(long, c"bit_length".as_ptr(), ptr::null());
        let count = if bits.is_null() { usize::MAX } else { ffi::PyLong_AsSize_t(bits) };
        ffi::PyErr_Clear();
        ffi::Py_XDECREF(bits);
        count.div_ceil(30)
    }
}
