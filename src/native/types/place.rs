// src/native/types/place.rs: the offsets of an instance's parts: struct, call word, dictionary; and the conflicts between them.

use core::ffi::CStr;

use super::bases::Bases;
use super::contents::Contents;
use super::items;
use super::operation::Type;
use super::record::TypeInfo;
use crate::native::raise::{Raised, Result, type_error};
use crate::*;

/// The offsets of the parts of an instance, from the object.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The `basicsize` for CPython: 0 for that of the base.
    pub basicsize: usize,
    /// The start of the struct.
    pub payload: usize,
    /// The end of the type's own struct, or 0 if it has none.
    pub end: usize,
    /// The call word, or 0.
    pub call: usize,
    /// Whether the call word is this type's own, not that of a base.
    pub has_own_call: bool,
    /// The dictionary and the weak references that a flag or a further base adds to the layout of the best one, or 0.
    pub dict: usize,
    pub weak_references: usize,
    /// The flags of what CPython keeps before the object: the dictionary, the weak references.
    pub managed: c_ulong,
    /// Whether items lie behind the struct, and behind those of subtypes. A metaclass has none of its own: CPython keeps the
    /// members of a class there.
    pub has_items: bool,
}

const WORD: usize = size_of::<*mut ()>();

impl Place {
    /// Computes the offsets, or refuses a struct that would overlap a part of a base.
    ///
    /// # Safety
    /// A valid description, its contents, and the caller holds the interpreter.
    pub(super) unsafe fn find(spec: &HPyType_Spec, contents: &Contents, bases: &Bases) -> Result<Place> {
        // SAFETY: the caller's promise: types.
        unsafe {
            let payload = payload(spec, bases.best)?;
            let end = if spec.basicsize == 0 { 0 } else { payload + spec.basicsize as usize };
            let inherited = (*bases.best).tp_basicsize as usize;
            check_size(spec, payload, end, bases.best)?;
            // A Python class below puts words behind it.
            let basicsize = if end == 0 { 0 } else { end.max(inherited).next_multiple_of(WORD) };
            let mut place = Place {
                basicsize,
                payload,
                end,
                call: 0,
                has_own_call: false,
                dict: 0,
                weak_references: 0,
                managed: 0,
                has_items: items::are_given(spec, bases.best),
            };
            place.find_call(contents, inherited, bases.best);
            // A variable-sized instance has its items there.
            let has_room = (*bases.best).tp_itemsize == 0 && spec.itemsize == 0;
            let lacks_dict = (*bases.best).tp_dictoffset == 0 && !contents.has_dict_offset;
            let wants = |flag| spec.flags & flag != 0;
            if lacks_dict && wants(HPy_TPFLAGS_MANAGED_DICT) {
                let name = c"HPy_TPFLAGS_MANAGED_DICT";
                place.dict = place.manage(spec, HPy_TPFLAGS_MANAGED_DICT, name, inherited, has_room)?;
            } else if let Some(base) = bases.each().find(|base| lacks_dict && (**base).tp_dictoffset != 0) {
                if !has_room {
                    return Err(no_room(spec, base));
                }
                place.dict = place.append(inherited);
            }
            let lacks_list = (*bases.best).tp_weaklistoffset == 0 && !contents.has_weaklist_offset;
            if lacks_list && wants(HPy_TPFLAGS_MANAGED_WEAKREF) {
                let name = c"HPy_TPFLAGS_MANAGED_WEAKREF";
                place.weak_references = place.manage(spec, HPy_TPFLAGS_MANAGED_WEAKREF, name, inherited, has_room)?;
            } else if has_room && lacks_list && bases.each().any(|base| (*base).tp_weaklistoffset != 0) {
                place.weak_references = place.append(inherited);
            }
            // An instance without a struct has the number of its items, too.
            let is_first = (*bases.best).tp_itemsize == 0;
            if place.has_items && (place.basicsize != 0 || is_first) {
                let head = if is_first { size_of::<ffi::PyVarObject>().max(inherited) } else { 0 };
                place.basicsize = crate::native::layout::behind(place.basicsize.max(head));
            }
            place.check(spec, bases.best)?;
            Ok(place)
        }
    }

    /// Finds the call word: that of a base if the struct does not overlap it, else one behind the struct. A type without a
    /// struct adds none, so it keeps the layout of its base.
    ///
    /// # Safety
    /// `best` is a type.
    unsafe fn find_call(&mut self, contents: &Contents, inherited: usize, best: Type) {
        // SAFETY: the caller's promise: a type.
        let of_base =
            unsafe { TypeInfo::nearest(best, |info| info.call_offset != 0) }.map_or(0, |info| info.call_offset);
        // Items of a variable-sized instance lie behind a struct with CPython's head; the other shapes limit their number.
        // SAFETY: the caller's promise: a type.
        let has_room = self.payload != 0 || unsafe { (*best).tp_itemsize } == 0;
        if of_base != 0 && !self.covers(of_base, of_base + WORD) {
            self.call = of_base;
        } else if self.end != 0 && has_room && (of_base != 0 || contents.call.is_some()) {
            (self.call, self.has_own_call) = (self.append(inherited), true);
        } else if let Some(offset) = contents.vectorcall_offset.filter(|offset| *offset > 0) {
            // The author's own member `__vectorcalloffset__`.
            self.call = self.payload + offset as usize;
        }
    }

    /// Gives the instances what a flag asks for: CPython keeps it, or a word is added for it, whose offset is returned.
    ///
    /// # Safety
    /// `spec` is a valid description with a name, and `name` is that of `flag`.
    unsafe fn manage(
        &mut self,
        spec: &HPyType_Spec,
        flag: c_ulong,
        name: &CStr,
        inherited: usize,
        has_room: bool,
    ) -> Result<usize> {
        if MANAGES {
            self.managed |= flag;
            return Ok(0);
        }
        if !has_room {
            // SAFETY: the caller's promise.
            return Err(unsafe { no_room_for_flag(spec, name) });
        }
        Ok(self.append(inherited))
    }

    /// Adds a word behind everything else, and returns its offset.
    fn append(&mut self, inherited: usize) -> usize {
        let offset = self.basicsize.max(inherited).next_multiple_of(WORD);
        self.basicsize = offset + WORD;
        offset
    }

    /// Whether the struct overlaps the bytes from `start` to `end`.
    fn covers(&self, start: usize, end: usize) -> bool {
        self.end != 0 && start < self.end && end > self.payload
    }

    /// Refuses a struct that would overlap a part of one of the types above. The author promises that a struct begins with
    /// that of the HPy types above of the same shape.
    ///
    /// # Safety
    /// `spec` is a valid description with a name, and this was made for it.
    unsafe fn check(&self, spec: &HPyType_Spec, best: Type) -> Result<()> {
        // SAFETY: the caller's promise: a type. The chain of bases ends with `object`.
        unsafe {
            let legacy = spec.builtin_shape == HPyType_BuiltinShape_Legacy;
            if legacy && TypeInfo::of(best).is_some_and(|info| info.shape != HPyType_BuiltinShape_Legacy) {
                return Err(type_error(c"A legacy type should not inherit its memory layout from a pure type"));
            }
            let mut level = if legacy || self.end == 0 { &raw mut ffi::PyBaseObject_Type } else { best };
            while !(*level).tp_base.is_null() {
                let base = (*level).tp_base;
                let (mut start, end) = ((*base).tp_basicsize as usize, (*level).tp_basicsize as usize);
                let info = TypeInfo::of_exactly(level);
                if let Some(info) = info.filter(|info| info.payload_offset == self.payload && info.end != 0) {
                    start = start.max(info.end.next_multiple_of(WORD));
                    if info.has(TypeInfo::HAS_ITEMS) {
                        start = start.max(crate::native::layout::behind(info.end));
                    }
                    // The call word behind the struct replaces the base's.
                    if self.has_own_call && info.call_offset == start {
                        start += WORD;
                    }
                }
                if start < end && self.covers(start, end) {
                    return Err(conflict(spec, best, level, info.is_some()));
                }
                level = base;
            }
        }
        Ok(())
    }
}

/// Whether CPython keeps what is managed by itself, before the object: then the flags are CPython's. It does so from 3.11 on, and
/// has functions for it from 3.12 on.
pub(super) const MANAGES: bool = cfg!(any(cpython_managed_dict_is_private, cpython_managed_dict_is_public));

/// Raises that an instance has no room for what a flag asks for.
///
/// # Safety
/// `spec` is a valid description with a name.
unsafe fn no_room_for_flag(spec: &HPyType_Spec, flag: &CStr) -> Raised {
    // SAFETY: the caller's promise.
    unsafe {
        ffi::PyErr_Format(
            ffi::PyExc_TypeError,
            c"before CPython 3.12 the instances of '%s', whose size varies, have no place for %s".as_ptr(),
            spec.name,
            flag.as_ptr(),
        );
    }
    Raised
}

/// Raises that an instance has no room for the dictionary of a further base.
///
/// # Safety
/// `spec` is a valid description with a name, and `base` a type.
unsafe fn no_room(spec: &HPyType_Spec, base: Type) -> Raised {
    // SAFETY: the caller's promise: a description with a name, and a type.
    unsafe {
        ffi::PyErr_Format(
            ffi::PyExc_TypeError,
            c"the instances of '%s', whose size varies, have no place for the attributes of its base '%s'".as_ptr(),
            spec.name,
            (*base).tp_name,
        );
    }
    Raised
}

/// Refuses a struct smaller than that of the base, with which it has to begin.
///
/// # Safety
/// `spec` is a valid description with a name, and `best` a type.
unsafe fn check_size(spec: &HPyType_Spec, payload: usize, end: usize, best: Type) -> Result<()> {
    // SAFETY: the caller's promise: a type, and a description with a name.
    unsafe {
        let of_base = TypeInfo::nearest(best, |info| info.end != 0);
        if spec.builtin_shape == HPyType_BuiltinShape_Legacy
            || !of_base.is_some_and(|info| end != 0 && info.payload_offset == payload && end < info.end)
        {
            return Ok(());
        }
        ffi::PyErr_Format(
            ffi::PyExc_TypeError,
            c"the struct of '%s' is smaller than that of its base '%s', with which it begins".as_ptr(),
            spec.name,
            (*best).tp_name,
        );
        Err(Raised)
    }
}

/// The start of the struct. A type without one has that of the nearest type above with one.
///
/// # Safety
/// `spec` is a valid description with a name, and `best` a type.
unsafe fn payload(spec: &HPyType_Spec, best: Type) -> Result<usize> {
    if spec.basicsize == 0 {
        // SAFETY: the caller's promise: a type.
        if let Some(info) = unsafe { TypeInfo::nearest(best, |info| info.end != 0) } {
            return Ok(info.payload_offset);
        }
    }
    if spec.builtin_shape != HPyType_BuiltinShape_Opaque {
        return Ok(payload_offset(spec.builtin_shape));
    }
    // SAFETY: the caller's promise: a type.
    unsafe {
        if let Some(info) = TypeInfo::nearest(best, |info| info.shape == HPyType_BuiltinShape_Opaque) {
            return Ok(info.payload_offset);
        }
        if (*best).tp_itemsize == 0 && spec.itemsize != 0 {
            // The number of items follows CPython's head.
            let head = size_of::<ffi::PyVarObject>().max((*best).tp_basicsize as usize);
            if (*best).tp_basicsize as usize <= size_of::<ffi::PyObject>() {
                return Ok(crate::native::layout::behind(head));
            }
        }
        if ((*best).tp_itemsize != 0 || spec.itemsize != 0) && !items::are_at_end(best) {
            ffi::PyErr_Format(
                ffi::PyExc_TypeError,
                c"the struct of '%s' has no place behind that of its base '%s', whose size varies".as_ptr(),
                spec.name,
                (*best).tp_name,
            );
            return Err(Raised);
        }
        Ok(crate::native::layout::behind((*best).tp_basicsize as usize))
    }
}

/// Raises that a struct overlaps the part of `level`, a type at or above the base.
///
/// # Safety
/// `spec` is a valid description with a name, and the others are types.
unsafe fn conflict(spec: &HPyType_Spec, best: Type, level: Type, is_hpy: bool) -> Raised {
    // SAFETY: the caller's promise: a description with a name, and types.
    unsafe {
        let keeps_attributes = ffi::PyType_HasFeature(level, ffi::Py_TPFLAGS_HEAPTYPE) != 0 && !is_hpy;
        if keeps_attributes && super::python_class::is_python_class(level) {
            ffi::PyErr_Format(
                ffi::PyExc_TypeError,
                c"the struct of '%s' would lie where its base '%s' keeps the attributes of its instances".as_ptr(),
                spec.name,
                (*level).tp_name,
            );
            return Raised;
        }
        let own = shape_name(spec.builtin_shape);
        match needed_shape(best) {
            Some(shape) if shape != spec.builtin_shape => ffi::PyErr_Format(
                ffi::PyExc_TypeError,
                c"the struct of '%s', of the shape %s, would lie over that of its base '%s'; use the shape %s".as_ptr(),
                spec.name,
                own.as_ptr(),
                (*best).tp_name,
                shape_name(shape).as_ptr(),
            ),
            _ => ffi::PyErr_Format(
                ffi::PyExc_TypeError,
                c"the struct of '%s', of the shape %s, would lie over that of its base '%s'".as_ptr(),
                spec.name,
                own.as_ptr(),
                (*best).tp_name,
            ),
        };
    }
    Raised
}

/// The shape that a struct below `base` needs, if there is one.
///
/// # Safety
/// `base` is a type.
unsafe fn needed_shape(base: Type) -> Option<HPyType_BuiltinShape> {
    // SAFETY: the caller's promise: a type.
    unsafe {
        if let Some(info) = TypeInfo::nearest(base, |info| info.end != 0) {
            return (info.shape != HPyType_BuiltinShape_Legacy).then_some(info.shape);
        }
        let builtin = [
            (HPyType_BuiltinShape_Type, &raw mut ffi::PyType_Type),
            (HPyType_BuiltinShape_Long, &raw mut ffi::PyLong_Type),
            (HPyType_BuiltinShape_Float, &raw mut ffi::PyFloat_Type),
            (HPyType_BuiltinShape_Unicode, &raw mut ffi::PyUnicode_Type),
            (HPyType_BuiltinShape_Tuple, &raw mut ffi::PyTuple_Type),
            (HPyType_BuiltinShape_List, &raw mut ffi::PyList_Type),
            (HPyType_BuiltinShape_Dict, &raw mut ffi::PyDict_Type),
        ];
        for (shape, above) in builtin {
            if ffi::PyType_IsSubtype(base, above) != 0 && (*base).tp_basicsize <= payload_offset(shape) as HPy_ssize_t {
                return Some(shape);
            }
        }
        ((*base).tp_itemsize == 0).then_some(HPyType_BuiltinShape_Opaque)
    }
}

fn shape_name(shape: HPyType_BuiltinShape) -> &'static CStr {
    match shape {
        HPyType_BuiltinShape_Legacy => c"HPyType_BuiltinShape_Legacy",
        HPyType_BuiltinShape_Object => c"HPyType_BuiltinShape_Object",
        HPyType_BuiltinShape_Type => c"HPyType_BuiltinShape_Type",
        HPyType_BuiltinShape_Long => c"HPyType_BuiltinShape_Long",
        HPyType_BuiltinShape_Float => c"HPyType_BuiltinShape_Float",
        HPyType_BuiltinShape_Unicode => c"HPyType_BuiltinShape_Unicode",
        HPyType_BuiltinShape_Tuple => c"HPyType_BuiltinShape_Tuple",
        HPyType_BuiltinShape_List => c"HPyType_BuiltinShape_List",
        HPyType_BuiltinShape_Dict => c"HPyType_BuiltinShape_Dict",
        _ => c"HPyType_BuiltinShape_Opaque",
    }
}
