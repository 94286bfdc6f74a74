// src/native/types/construct.rs: calling a type with `HPy_tp_new`: the arguments stay where they are, without a tuple.

use core::ptr;

use super::operation::Type;
use super::record::{DirectInit, TypeInfo};
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
///
/// # Safety
/// `of` is a type.
#[inline(always)]
unsafe fn has_no_init(of: Type) -> bool {
    // SAFETY: `of` is a type.
    unsafe {
        (*of).tp_init.map(|init| init as *const ()) == ffi::PyBaseObject_Type.tp_init.map(|init| init as *const ())
    }
}

/// # Safety
/// `of` is a type.
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
///
/// # Safety
/// `of` is a type.
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
///
/// # Safety
/// CPython calls it as the `tp_vectorcall` of a type whose record has a constructor.
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
            _ => call_with_tuple(of, args, nargs, kwnames),
        };
        recursion::leave(entered);
        result.map_or(ptr::null_mut(), Owned::into_ptr)
    }
}

/// Makes an instance, and initialises it if it is one of the type.
///
/// # Safety
/// `of` is a type with these functions, and the arguments are those of a call of the vectorcall protocol.
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

/// # Safety
/// There are `nargs` objects at `args`, and `kw` is a dictionary or null.
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

/// The keyword arguments as a dict, or nothing.
///
/// # Safety
/// The arguments are those of a call of the vectorcall protocol.
#[inline(always)]
pub(super) unsafe fn keywords(
    args: *const *mut cpy_PyObject,
    nargs: HPy_ssize_t,
    kwnames: *mut cpy_PyObject,
) -> Result<Option<Owned>> {
    // SAFETY: the names are a tuple or null, and their values follow the positional arguments.
    unsafe {
        let count = if kwnames.is_null() { 0 } else { ffi::PyTuple_GET_SIZE(kwnames) };
        if count == 0 {
            return Ok(None);
        }
        let dict = made(ffi::PyDict_New())?;
        for index in 0..count {
            let name = ffi::PyTuple_GET_ITEM(kwnames, index);
            if ffi::PyDict_SetItem(dict.as_ptr(), name, *args.offset(nargs + index)) < 0 {
                return Err(Raised);
            }
        }
        Ok(Some(dict))
    }
}

/// # Safety
/// There are `nargs` objects at `args`.
pub(super) unsafe fn tuple(args: *const *mut cpy_PyObject, nargs: HPy_ssize_t) -> Result<Owned> {
    // SAFETY: the caller's promise: an array of this length.
    made(unsafe { HPyTuple_FromArray(context(), args.cast(), nargs)._i })
}

/// Calls the type as CPython does without `tp_vectorcall`.
///
/// # Safety
/// `of` is a type, and the arguments are those of a call of the vectorcall protocol.
#[cold]
unsafe fn call_with_tuple(
    of: Type,
    args: *const *mut cpy_PyObject,
    nargs: HPy_ssize_t,
    kwnames: *mut cpy_PyObject,
) -> Result<Owned> {
    // SAFETY: as above; `type` has a tp_call.
    unsafe {
        let tuple = tuple(args, nargs)?;
        let kw = keywords(args, nargs, kwnames)?;
        let Some(call) = ffi::PyType_Type.tp_call else { return Err(Raised) };
        made(call(of.cast(), tuple.as_ptr(), kw.as_ref().map_or(ptr::null_mut(), Owned::as_ptr)))
    }
}
