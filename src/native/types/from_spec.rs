// src/native/types/from_spec.rs: HPyType_FromSpec: a HPy description becomes a CPython one, and that a type.

use core::ptr;

use super::allocate;
use super::call_function;
use super::check::{Contents, Parameters};
use super::members;
use super::metaclass;
use crate::native::array::Array;
use crate::native::lists::{definitions, legacy_slots, parameters};
use crate::native::raise::{Owned, Raised, Result, made, type_error};

use super::info::{Constructor, TypeInfo};
use super::lifecycle;
use super::python_class::is_python_class;
use super::room::Room;
use super::sizes::Sizes;
use super::traverse;
use crate::*;

#[doc = table_doc!("HPyType_FromSpec")]
pub unsafe fn HPyType_FromSpec(_ctx: &HPyContext, spec: *const HPyType_Spec, params: *const HPyType_SpecParam) -> HPy {
    // SAFETY: the caller's promise: a valid description, and parameters that end with the kind 0, or null.
    match unsafe { from_spec(&*spec, params) } {
        Ok(made) => HPy { _i: made.into_ptr() },
        Err(Raised) => HPy_NULL,
    }
}

unsafe fn from_spec(spec: &HPyType_Spec, params: *const HPyType_SpecParam) -> Result<Owned> {
    // SAFETY: the caller's promise.
    unsafe {
        let mut parameters = Parameters::read(spec.name, params)?;
        let contents = Contents::read(spec)?;
        contents.check(spec)?;
        parameters.read_metaclass(params)?;
        let bases = bases(&parameters, params)?;
        let bases = bases.as_ref().map_or(ptr::null_mut(), Owned::as_ptr);

        let sizes = Sizes::of(spec, &contents, bases);
        let room = Room::for_type(spec, &contents, metaclass::extra_room(parameters.metaclass, bases)?);
        let mut members = members::for_type(spec, &contents, &room, &sizes)?;
        let mut slots = slots(spec, &contents, &sizes, &mut members)?;
        let mut cpython = ffi::PyType_Spec {
            name: spec.name,
            basicsize: sizes.basicsize as c_int,
            itemsize: spec.itemsize,
            flags: sizes.flags as _,
            slots: slots.as_mut_ptr(),
        };
        let made = metaclass::new_type(&mut cpython, bases, parameters.metaclass)?;
        if !contents.legacy_dealloc {
            lifecycle::take(made.as_ptr().cast());
        }

        let mut info = TypeInfo::new(spec.builtin_shape);
        info.releases_members = contents.traverse.is_none() && members::hold_objects(&members);
        info.traverse = core::mem::transmute::<HPyCFunction, Option<_>>(contents.traverse);
        info.destroy = core::mem::transmute::<HPyCFunction, Option<_>>(contents.destroy);
        info.call = core::mem::transmute::<HPyCFunction, cpy_vectorcallfunc>(contents.call);
        if let Some(new) = core::mem::transmute::<HPyCFunction, Option<_>>(contents.new) {
            let mut constructor = Constructor::new(new, core::mem::transmute::<HPyCFunction, Option<_>>(contents.init));
            constructor.install(made.as_ptr().cast());
            info.constructor = Some(constructor);
        }
        info.plain = lifecycle::is_plain(made.as_ptr().cast(), &info);
        traverse::take_traverse(made.as_ptr().cast(), &info, contents.traverse_plain);
        lifecycle::take_bare(made.as_ptr().cast(), &info);
        allocate::take_alloc(made.as_ptr().cast());
        room.settle(made.as_ptr().cast(), spec, info)?;
        check_base(spec, made.as_ptr().cast())?;
        Ok(made)
    }
}

/// The bases as a tuple, or nothing where there are none.
unsafe fn bases(read: &Parameters, params: *const HPyType_SpecParam) -> Result<Option<Owned>> {
    // SAFETY: the caller's promise: the parameters hold open handles.
    unsafe {
        if !read.bases_tuple.is_null() {
            if ffi::PyTuple_Check(read.bases_tuple) == 0 {
                return Err(type_error(c"HPyType_SpecParam_BasesTuple must be a tuple of types"));
            }
            ffi::Py_INCREF(read.bases_tuple);
            return made(read.bases_tuple).map(Some);
        }
        if read.bases == 0 {
            return Ok(None);
        }
        let tuple = made(ffi::PyTuple_New(read.bases as HPy_ssize_t))?;
        let bases = parameters(params).filter(|parameter| parameter.kind == HPyType_SpecParam_Base);
        for (index, base) in bases.enumerate() {
            ffi::Py_INCREF(base.object._i);
            ffi::PyTuple_SET_ITEM(tuple.as_ptr(), index as HPy_ssize_t, base.object._i);
        }
        Ok(Some(tuple))
    }
}

/// CPython's slots: those of the description, and the runtime's own.
unsafe fn slots(
    spec: &HPyType_Spec,
    contents: &Contents,
    sizes: &Sizes,
    members: &mut Array<ffi::PyMemberDef>,
) -> Result<Array<ffi::PyType_Slot>> {
    let mut slots = Array::new(contents.slots + OWN_SLOTS)?;
    let mut push = |slot, pfunc: *mut c_void| slots.push(ffi::PyType_Slot { slot, pfunc });
    // SAFETY: the caller's promise: the lists of the description are valid, and each kind tells its union's member.
    unsafe {
        for slot in legacy_slots(spec.legacy_slots).filter(|slot| slot.slot != ffi::Py_tp_members) {
            push(slot.slot, slot.pfunc);
        }
        for definition in definitions(spec.defines).filter(|definition| definition.kind == HPyDef_Kind_Slot) {
            let HPySlot { slot, cpy_trampoline, .. } = definition.of.slot;
            match (slot, cpython_slot(slot)) {
                (HPy_tp_traverse | HPy_tp_destroy | HPy_tp_call, _) => {}
                (_, Some(number)) => push(number, pointer(cpy_trampoline)),
                (_, None) => {
                    ffi::PyErr_Format(
                        ffi::PyExc_SystemError,
                        c"Unsupported slot in HPyType_Spec.defines (value: %d).".as_ptr(),
                        slot,
                    );
                    return Err(Raised);
                }
            }
        }
        push(ffi::Py_tp_members, members.as_mut_ptr().cast());
        if !spec.doc.is_null() {
            push(ffi::Py_tp_doc, spec.doc.cast_mut().cast());
        }
        let collected = sizes.flags & HPy_TPFLAGS_HAVE_GC != 0;
        if collected && !contents.legacy_traverse && !contents.legacy_dealloc {
            push(ffi::Py_tp_traverse, traverse::traverse as *mut c_void);
            push(ffi::Py_tp_clear, lifecycle::clear as *mut c_void);
        }
        if contents.call.is_some() {
            push(ffi::Py_tp_call, call_function::call as *mut c_void);
        } else if contents.has_vectorcall_offset {
            push(ffi::Py_tp_call, ffi::PyVectorcall_Call as *mut c_void);
        }
        let variable = matches!(spec.builtin_shape, HPyType_BuiltinShape_Long | HPyType_BuiltinShape_Tuple);
        if variable && spec.basicsize > 0 && !contents.has_new {
            push(ffi::Py_tp_new, allocate::new_fixed_size as *mut c_void);
        }
    }
    Ok(slots)
}

/// The most slots that the runtime adds: members, doc, traverse, clear, call, new.
const OWN_SLOTS: usize = 6;

fn pointer(function: HPyCFunction) -> *mut c_void {
    function.map_or(ptr::null_mut(), |function| function as *mut c_void)
}

/// Refuses a struct that cannot lie where it would.
unsafe fn check_base(spec: &HPyType_Spec, made: *mut ffi::PyTypeObject) -> Result<()> {
    // SAFETY: `made` is a new type.
    unsafe {
        let base = (*made).tp_base;
        let legacy = spec.builtin_shape == HPyType_BuiltinShape_Legacy;
        // A legacy struct begins with CPython's head, a pure one does not: one cannot go on where the other ends.
        if legacy && TypeInfo::of(base).is_some_and(|info| info.shape != HPyType_BuiltinShape_Legacy) {
            return Err(type_error(c"A legacy type should not inherit its memory layout from a pure type"));
        }
        // The struct begins with that of the nearest HPy type, or else behind the builtin type's own. What Python classes
        // between have put there would be under it.
        let mut level = base;
        while is_python_class(level) {
            level = (*level).tp_base;
        }
        if !legacy && spec.basicsize > 0 && (*base).tp_basicsize != (*level).tp_basicsize {
            ffi::PyErr_Format(
                ffi::PyExc_TypeError,
                c"the struct of '%s' would lie where its base '%s' keeps the attributes of its instances".as_ptr(),
                spec.name,
                (*base).tp_name,
            );
            return Err(Raised);
        }
    }
    Ok(())
}
