// src/native/types/construct.rs: calling a type with `HPy_tp_new`: the arguments stay where they are, without a tuple.

use core::ptr;

use super::operation::Type;
use super::record::{DirectInit, TypeInfo};
use super::vectorcall::{call_slot, keywords, tuple};
use crate::native::raise::{Owned, Raised, Result, made};
use crate::native::{context, recursion};
use crate::*;

/// The `tp_vectorcall` of a new type with `HPy_tp_new`, if nothing but its own functions has to run for a call.
///
/// # Safety
/// `of` is a new type with this record.
pub(super) unsafe fn vectorcall(of: Type, info: &mut TypeInfo) -> Option<ffi::vectorcallfunc> {
    // SAFETY: the caller's promise.
    unsafe {
        let new = info.new?;
        let meta_call = (*ffi::Py_TYPE(of.cast())).tp_call.map(|call| call as *const ());
        let is_usual = meta_call == ffi::PyType_Type.tp_call.map(|call| call as *const ());
        if !is_usual || (info.init.is_none() && !has_no_init(of)) {
            return None;
        }
        info.constructs = slots(of);
        Some(if info.init.is_some() { construct } else { new })
    }
}

/// Whether the `tp_init` of a type is that of `object`, which does nothing for a type with a `tp_new`.
#[inline(always)]
unsafe fn has_no_init(of: Type) -> bool {
    // SAFETY: `of` is a type.
    unsafe {
        (*of).tp_init.map(|init| init as *const ()) == ffi::PyBaseObject_Type.tp_init.map(|init| init as *const ())
    }
}

unsafe fn slots(of: Type) -> [*const (); 2] {
    // SAFETY: `of` is a type.
    unsafe {
        let pointer = |function: Option<*const ()>| function.unwrap_or(ptr::null());
        [pointer((*of).tp_new.map(|new| new as *const ())), pointer((*of).tp_init.map(|init| init as *const ()))]
    }
}

/// A flag in the count of arguments: it is not CPython that calls, and keyword arguments are a dictionary. C has the same.
pub(crate) const CONSTRUCTS: usize = 1 << (usize::BITS - 2);

/// The count of arguments, if a call of the type is one of `own` as its `tp_new` alone.
///
/// That is so without keyword arguments, unless Python code has put other functions into the slots.
#[inline(always)]
pub(crate) unsafe fn is_made_by(
    of: Type,
    own: ffi::newfunc,
    nargsf: usize,
    kw: *mut cpy_PyObject,
) -> Option<HPy_ssize_t> {
    // SAFETY: `of` is a type.
    unsafe {
        let plain = kw.is_null() && (*of).tp_new.is_some_and(|found| ptr::fn_addr_eq(found, own)) && has_no_init(of);
        let nargs = nargsf & !(CONSTRUCTS | ffi::PY_VECTORCALL_ARGUMENTS_OFFSET);
        (plain || nargsf & CONSTRUCTS != 0).then_some(nargs as HPy_ssize_t)
    }
}

/// `tp_vectorcall` of a type with `HPy_tp_new`, for every call.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_construct"))]
pub(crate) unsafe extern "C" fn construct(
    of: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    let of = of.cast::<ffi::PyTypeObject>();
    // SAFETY: CPython calls this for a type that `vectorcall` has seen, which has a record with its constructor.
    unsafe {
        let info = &*(*of).tp_members.cast::<TypeInfo>().sub(1);
        let nargs = ffi::PyVectorcall_NARGS(nargsf as _);
        let Some(entered) = recursion::enter() else { return ptr::null_mut() };
        let result = match info.new {
            Some(new) if info.constructs == slots(of) => make(of, new, info.init, args, nargs, kwnames),
            // As CPython does for a type without `tp_vectorcall`.
            _ => call_slot(ffi::PyType_Type.tp_call, of.cast(), args, nargs, kwnames),
        };
        recursion::leave(entered);
        result.map_or(ptr::null_mut(), Owned::into_ptr)
    }
}

/// Makes an instance, and initialises it if it is one of the type.
#[inline(always)]
unsafe fn make(
    of: Type,
    new: ffi::vectorcallfunc,
    init: Option<DirectInit>,
    args: *const *mut cpy_PyObject,
    nargs: HPy_ssize_t,
    kwnames: *mut cpy_PyObject,
) -> Result<Owned> {
    // SAFETY: the arguments live for the time of the call.
    unsafe {
        let kw = keywords(args, nargs, kwnames)?;
        let kw = HPy { _i: kw.as_ref().map_or(ptr::null_mut(), Owned::as_ptr) };
        let object = made(new(of.cast(), args, nargs as usize | CONSTRUCTS, kw._i))?;
        let Some(init) = init else { return Ok(object) };
        if ffi::Py_TYPE(object.as_ptr()) != of {
            // HPy_tp_new may return anything; what is an instance of a subtype has that type's initialisation.
            return initialise_other(of, object, args, nargs, kw._i);
        }
        if init(context(), HPy { _i: object.as_ptr() }, args.cast(), nargs, kw) < 0 { Err(Raised) } else { Ok(object) }
    }
}

#[cold]
unsafe fn initialise_other(
    of: Type,
    object: Owned,
    args: *const *mut cpy_PyObject,
    nargs: HPy_ssize_t,
    kw: *mut cpy_PyObject,
) -> Result<Owned> {
    // SAFETY: as above.
    unsafe {
        let own = ffi::Py_TYPE(object.as_ptr());
        if let (Some(init), true) = ((*own).tp_init, ffi::PyType_IsSubtype(own, of) != 0) {
            let tuple = tuple(args, nargs)?;
            if init(object.as_ptr(), tuple.as_ptr(), kw) < 0 {
                return Err(Raised);
            }
        }
        Ok(object)
    }
}
