// src/native/types/vectorcall.rs: the arguments of a vectorcall as a tuple and a dict, for functions that take those.

use core::ptr;

use crate::native::context;
use crate::native::raise::{Owned, Raised, Result, made};
use crate::*;

/// Calls `tp_call`, the slot of a callable's type, with the arguments of a vectorcall.
///
/// # Safety
/// `args` has `nargs` arguments and then a value for each of `kwnames`, a tuple or null.
#[cold]
pub(super) unsafe fn call_slot(
    tp_call: Option<ffi::ternaryfunc>,
    callable: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargs: HPy_ssize_t,
    kwnames: *mut cpy_PyObject,
) -> Result<Owned> {
    // SAFETY: the caller's promise.
    unsafe {
        let tuple = tuple(args, nargs)?;
        let kw = keywords(args, nargs, kwnames)?;
        let Some(call) = tp_call else { return Err(Raised) };
        made(call(callable, tuple.as_ptr(), kw.as_ref().map_or(ptr::null_mut(), Owned::as_ptr)))
    }
}

/// The positional arguments as a tuple.
///
/// # Safety
/// `args` has `nargs` arguments.
pub(super) unsafe fn tuple(args: *const *mut cpy_PyObject, nargs: HPy_ssize_t) -> Result<Owned> {
    // SAFETY: the caller's promise.
    made(unsafe { HPyTuple_FromArray(context(), args.cast(), nargs)._i })
}

/// The keyword arguments as a dict, or `None` if there are none.
///
/// # Safety
/// `args` has `nargs` arguments and then a value for each of `kwnames`, a tuple or null.
#[inline(always)]
pub(super) unsafe fn keywords(
    args: *const *mut cpy_PyObject,
    nargs: HPy_ssize_t,
    kwnames: *mut cpy_PyObject,
) -> Result<Option<Owned>> {
    // SAFETY: the caller's promise.
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
