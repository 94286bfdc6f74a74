// src/native/types/construct.rs: `tp_vectorcall` of a type with `HPy_tp_new`: a constructor without an argument tuple.

use core::ptr;

use super::operation::Type;
use super::record::{DirectInit, DirectNew, HostedNew, TypeInfo};
use super::vectorcall::{call_slot, keywords, tuple};
use crate::native::raise::{Owned, Raised, Result, made};
use crate::native::{context, recursion};
use crate::*;

/// The `tp_vectorcall` of a new type with `HPy_tp_new`, if a call runs only the type's own `tp_new` and `tp_init`.
///
/// # Safety
/// `ty` is a new type with this record.
pub(super) unsafe fn vectorcall(ty: Type, info: &mut TypeInfo) -> Option<ffi::vectorcallfunc> {
    // SAFETY: the caller's promise.
    unsafe {
        let new = info.new?;
        let meta_call = (*ffi::Py_TYPE(ty.cast())).tp_call.map(|call| call as *const ());
        let is_usual = meta_call == ffi::PyType_Type.tp_call.map(|call| call as *const ());
        if !is_usual || (info.init.is_none() && !has_no_init(ty)) {
            return None;
        }
        info.constructs = slots(ty);
        let is_alone = info.init.is_none() && info.context.is_null();
        // SAFETY: without a context, the function is a vectorcall function.
        Some(if is_alone { core::mem::transmute::<unsafe extern "C" fn(), DirectNew>(new) } else { construct })
    }
}

/// Whether the `tp_init` of a type is that of `object`, which does nothing where the type has a `tp_new`.
///
/// # Safety
/// `of` is a type.
#[inline(always)]
unsafe fn has_no_init(ty: Type) -> bool {
    // SAFETY: `ty` is a type.
    unsafe {
        (*ty).tp_init.map(|init| init as *const ()) == ffi::PyBaseObject_Type.tp_init.map(|init| init as *const ())
    }
}

/// # Safety
/// `of` is a type.
unsafe fn slots(ty: Type) -> [*const (); 2] {
    // SAFETY: `ty` is a type.
    unsafe {
        let pointer = |function: Option<*const ()>| function.unwrap_or(ptr::null());
        [pointer((*ty).tp_new.map(|new| new as *const ())), pointer((*ty).tp_init.map(|init| init as *const ()))]
    }
}

/// A flag in the count of arguments: the runtime calls, not CPython, and keyword arguments are a dictionary. C has the same.
pub(crate) const CONSTRUCTS: usize = 1 << (usize::BITS - 2);

/// The count of arguments, if a call of the type runs only `own`, its `tp_new`.
///
/// That holds for calls without keyword arguments, unless Python code has replaced the slots.
///
/// # Safety
/// `of` is a type.
#[inline(always)]
pub(crate) unsafe fn is_made_by(
    ty: Type,
    own: ffi::newfunc,
    nargsf: usize,
    kw: *mut cpy_PyObject,
) -> Option<HPy_ssize_t> {
    // SAFETY: `ty` is a type.
    unsafe {
        let new_alone =
            kw.is_null() && (*ty).tp_new.is_some_and(|found| ptr::fn_addr_eq(found, own)) && has_no_init(ty);
        let nargs = nargsf & !(CONSTRUCTS | ffi::PY_VECTORCALL_ARGUMENTS_OFFSET);
        (new_alone || nargsf & CONSTRUCTS != 0).then_some(nargs as HPy_ssize_t)
    }
}

/// `tp_vectorcall` of a type with `HPy_tp_new`, for every call.
///
/// # Safety
/// CPython calls it as the `tp_vectorcall` of a type whose record has a constructor.
#[cfg_attr(feature = "c-library", unsafe(export_name = "_HPy_construct"))]
pub(crate) unsafe extern "C" fn construct(
    ty: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    let ty = ty.cast::<ffi::PyTypeObject>();
    // SAFETY: CPython calls this for a type that `vectorcall` has seen, whose record comes before its members.
    unsafe {
        let info = &*(*ty).tp_members.cast::<TypeInfo>().sub(1);
        let nargs = ffi::PyVectorcall_NARGS(nargsf as _);
        let result = recursion::limited(|| match info.new {
            Some(new) if info.constructs == slots(ty) => make(ty, new, info, args, nargs, kwnames),
            // As CPython does for a type without `tp_vectorcall`.
            _ => call_slot(ffi::PyType_Type.tp_call, ty.cast(), args, nargs, kwnames),
        });
        result.and_then(Result::ok).map_or(ptr::null_mut(), Owned::into_ptr)
    }
}

/// Makes an instance, and initialises it if its type is `ty`.
///
/// # Safety
/// `of` is a type with these functions, and the arguments are those of a call of the vectorcall protocol.
#[inline(always)]
unsafe fn make(
    ty: Type,
    new: unsafe extern "C" fn(),
    info: &TypeInfo,
    args: *const *mut cpy_PyObject,
    nargs: HPy_ssize_t,
    kwnames: *mut cpy_PyObject,
) -> Result<Owned> {
    // SAFETY: the arguments live for the time of the call.
    unsafe {
        let kw = keywords(args, nargs, kwnames)?;
        let kw = HPy { _i: kw.as_ref().map_or(ptr::null_mut(), Owned::as_ptr) };
        // The kind of the function is told by the context.
        let object = made(if info.context.is_null() {
            let new = core::mem::transmute::<unsafe extern "C" fn(), DirectNew>(new);
            new(ty.cast(), args, nargs as usize | CONSTRUCTS, kw._i)
        } else {
            hosted_new(new, &*info.context, ty, args, nargs, kw)._i
        })?;
        let Some(init): Option<DirectInit> = info.init else { return Ok(object) };
        if ffi::Py_TYPE(object.as_ptr()) != ty {
            // HPy_tp_new may return any object; that of a subtype runs the subtype's `tp_init`.
            return initialise_other(ty, object, args, nargs, kw._i);
        }
        let result = match info.context.as_ref() {
            None => init(context(), HPy { _i: object.as_ptr() }, args.cast(), nargs, kw),
            Some(context) => hosted_init(init, context, &object, args, nargs, kw),
        };
        if result < 0 { Err(Raised) } else { Ok(object) }
    }
}

/// Calls `HPy_tp_new` of a hosted module: without optimisation, the runtime below it counts for more than one call.
///
/// # Safety
/// `new` is the implementation of a module that takes `context`, and the arguments are those of a call.
#[inline]
unsafe fn hosted_new(
    new: unsafe extern "C" fn(),
    context: &HPyContext,
    ty: Type,
    args: *const *mut cpy_PyObject,
    nargs: HPy_ssize_t,
    kw: HPy,
) -> HPy {
    // SAFETY: the caller's promise.
    let call = || unsafe {
        let new = core::mem::transmute::<unsafe extern "C" fn(), HostedNew>(new);
        new(context, HPy { _i: ty.cast() }, args.cast(), nargs, kw)
    };
    recursion::charged(call).unwrap_or(HPy_NULL)
}

/// Calls `HPy_tp_init` of a hosted module, as [`hosted_new`].
///
/// # Safety
/// As of [`hosted_new`].
#[inline]
unsafe fn hosted_init(
    init: DirectInit,
    context: &HPyContext,
    object: &Owned,
    args: *const *mut cpy_PyObject,
    nargs: HPy_ssize_t,
    kw: HPy,
) -> c_int {
    // SAFETY: the caller's promise.
    let call = || unsafe { init(context, HPy { _i: object.as_ptr() }, args.cast(), nargs, kw) };
    recursion::charged(call).unwrap_or(-1)
}

/// # Safety
/// There are `nargs` objects at `args`, and `kw` is a dictionary or null.
#[cold]
unsafe fn initialise_other(
    ty: Type,
    object: Owned,
    args: *const *mut cpy_PyObject,
    nargs: HPy_ssize_t,
    kw: *mut cpy_PyObject,
) -> Result<Owned> {
    // SAFETY: as above.
    unsafe {
        let own = ffi::Py_TYPE(object.as_ptr());
        if let (Some(init), true) = ((*own).tp_init, ffi::PyType_IsSubtype(own, ty) != 0) {
            let tuple = tuple(args, nargs)?;
            if init(object.as_ptr(), tuple.as_ptr(), kw) < 0 {
                return Err(Raised);
            }
        }
        Ok(object)
    }
}
