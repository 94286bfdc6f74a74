// src/native/trampolines.rs: the trampolines that do more than convert arguments and result.
//
// `DIRECT` has a second C function that the runtime calls, where a convention has one.

use core::ptr;

use super::context;
use super::recursion;
use super::types::call;
use super::types::construct;
use super::types::dealloc_direct::{dealloc_fields, dealloc_struct};
#[cfg(not(cpython_vectorcall_follows_call))]
use super::types::python_class;
use super::types::record::{DirectInit, TraverseStruct};
use super::types::traverse::traverse_direct;
use crate::made_definitions::Direct;
use crate::panic::{Failure, guard};
use crate::*;

pub trait HPyFunc_NOARGS: Sized {
    const IMPL: implementation::HPyFunc_NOARGS;
    #[cfg(not(cpython_noargs_is_slow))]
    const DIRECT: Direct = Direct::NONE;
    // SAFETY: `module.rs` gives CPython the function under its own type.
    #[cfg(cpython_noargs_is_slow)]
    const DIRECT: Direct = Direct::second(Some(unsafe {
        core::mem::transmute::<ffi::PyCFunctionFast, unsafe extern "C" fn()>(noargs_as_array::<Self>)
    }));
}
/// CPython calls this for a function of a module without arguments, with an empty array.
/// # Safety
/// CPython calls it, as the convention says.
#[cfg(cpython_noargs_is_slow)]
unsafe extern "C" fn noargs_as_array<I: HPyFunc_NOARGS>(
    self_: *mut cpy_PyObject,
    _: *mut *mut cpy_PyObject,
    nargs: HPy_ssize_t,
) -> *mut cpy_PyObject {
    if nargs != 0 {
        // SAFETY: CPython passes the module as `self`.
        return unsafe { super::module::takes_no_arguments(self_, nargs, I::DIRECT.second) };
    }
    // SAFETY: CPython passes what the convention says, for the time of the call.
    guard(context(), |ctx| unsafe { I::IMPL(ctx, HPy { _i: self_ }) })._i
}
/// CPython passes a second argument, which is always null.
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_NOARGS<I: HPyFunc_NOARGS>(
    self_: *mut cpy_PyObject,
    _: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: CPython passes what the convention says, for the time of the call.
    guard(context(), |ctx| unsafe { I::IMPL(ctx, HPy { _i: self_ }) })._i
}

pub trait HPyFunc_O {
    const IMPL: implementation::HPyFunc_O;
    const DIRECT: Direct = Direct::NONE;
}
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_O<I: HPyFunc_O>(
    self_: *mut cpy_PyObject,
    arg: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: CPython passes what the convention says, for the time of the call: an argument that is there.
    guard(context(), |ctx| unsafe {
        core::hint::assert_unchecked(!arg.is_null());
        I::IMPL(ctx, HPy { _i: self_ }, HPy { _i: arg })
    })
    ._i
}

pub trait HPyFunc_VARARGS {
    const IMPL: implementation::HPyFunc_VARARGS;
    const DIRECT: Direct = Direct::NONE;
}
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_VARARGS<I: HPyFunc_VARARGS>(
    self_: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargs: HPy_ssize_t,
) -> *mut cpy_PyObject {
    // SAFETY: as above; a handle is a pointer to an object, and so is an array of them.
    guard(context(), |ctx| unsafe { I::IMPL(ctx, HPy { _i: self_ }, args.cast(), nargs as usize) })._i
}

pub trait HPyFunc_KEYWORDS {
    const IMPL: implementation::HPyFunc_KEYWORDS;
    const DIRECT: Direct = Direct::NONE;
}
/// The vectorcall protocol calls this too, with a flag in the count.
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_KEYWORDS<I: HPyFunc_KEYWORDS>(
    self_: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: as above.
    unsafe { call_with_keywords(I::IMPL, self_, args, nargsf, kwnames) }
}
/// Calls an implementation with an array of arguments whose count may carry the flag of the vectorcall protocol.
/// # Safety
/// The arguments are those that CPython passes for the convention.
#[inline(always)]
unsafe fn call_with_keywords(
    implementation: implementation::HPyFunc_KEYWORDS,
    self_: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: the caller's promise: CPython passes what the convention says, for the time of the call.
    guard(context(), |ctx| unsafe {
        let nargs = ffi::PyVectorcall_NARGS(nargsf as _) as usize;
        implementation(ctx, HPy { _i: self_ }, args.cast(), nargs, HPy { _i: kwnames })
    })
    ._i
}

pub trait HPyFunc_CALL: Sized {
    const IMPL: implementation::HPyFunc_KEYWORDS;
    // SAFETY: `types/make.rs` gives CPython the function under its own type.
    const DIRECT: Direct = Direct::second(Some(unsafe {
        core::mem::transmute::<ffi::ternaryfunc, unsafe extern "C" fn()>(tp_call::<Self>)
    }));
}
/// The vectorcall function: it limits the recursion, as CPython does so only for `tp_call`.
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_CALL<I: HPyFunc_CALL>(
    self_: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: as above.
    unsafe {
        #[cfg(not(cpython_vectorcall_follows_call))]
        if python_class::sets_call(self_) {
            return call::call_type(self_, args, nargsf, kwnames);
        }
        recursion::limited_call(direct_call::<I>, self_, args, nargsf, kwnames)
    }
}
/// The vectorcall function for callers that have limited the recursion.
/// # Safety
/// CPython calls it, as the convention says.
unsafe extern "C" fn direct_call<I: HPyFunc_CALL>(
    self_: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: as above.
    unsafe { call_with_keywords(I::IMPL, self_, args, nargsf, kwnames) }
}
/// The `tp_call` of the definition: `Base.__call__(h)` calls the base's function.
/// # Safety
/// CPython calls it, as the convention says.
unsafe extern "C" fn tp_call<I: HPyFunc_CALL>(
    self_: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: CPython passes a tuple, and a dictionary or null.
    unsafe { call::call(self_, args, kw, HPyFunc_CALL::<I>, direct_call::<I>) }
}

pub trait HPyFunc_NEWFUNC: Sized {
    const IMPL: implementation::HPyFunc_NEWFUNC;
    // SAFETY: `types/construct.rs` calls the function under its own type.
    const DIRECT: Direct = Direct::second(Some(unsafe {
        core::mem::transmute::<ffi::vectorcallfunc, unsafe extern "C" fn()>(direct_new::<Self>)
    }));
}
/// A call of the type calls this, with an argument array.
/// # Safety
/// CPython calls it, as the convention says.
unsafe extern "C" fn direct_new<I: HPyFunc_NEWFUNC>(
    ty: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kw: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: as above.
    unsafe {
        let Some(nargs) = construct::is_made_by(ty.cast(), HPyFunc_NEWFUNC::<I>, nargsf, kw) else {
            return construct::construct(ty, args, nargsf, kw);
        };
        // Callers with `CONSTRUCTS` have limited the recursion.
        let entered = if nargsf & construct::CONSTRUCTS == 0 { recursion::enter() } else { None };
        if entered.is_none() && nargsf & construct::CONSTRUCTS == 0 {
            return ptr::null_mut();
        }
        let result = guard(context(), |ctx| I::IMPL(ctx, HPy { _i: ty }, args.cast(), nargs, HPy { _i: kw }))._i;
        if let Some(entered) = entered {
            recursion::leave(entered);
        }
        result
    }
}
/// `tp_new`: calls `direct_new`, so that the implementation has one caller and LLVM inlines it there.
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_NEWFUNC<I: HPyFunc_NEWFUNC>(
    ty: *mut ffi::PyTypeObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: as above.
    unsafe {
        let (items, count) = tuple_items(args);
        direct_new::<I>(ty.cast(), items.cast(), count as usize | construct::CONSTRUCTS, kw)
    }
}

pub trait HPyFunc_INITPROC: Sized {
    const IMPL: implementation::HPyFunc_INITPROC;
    // SAFETY: `types/construct.rs` calls it as the function that it is.
    const DIRECT: Direct = Direct::second(Some(unsafe {
        core::mem::transmute::<DirectInit, unsafe extern "C" fn()>(direct_init::<Self>)
    }));
}
/// A call of the type calls this, with an argument array.
/// # Safety
/// CPython calls it, as the convention says.
unsafe extern "C" fn direct_init<I: HPyFunc_INITPROC>(
    _: &HPyContext,
    self_: HPy,
    args: *const HPy,
    nargs: HPy_ssize_t,
    kw: HPy,
) -> c_int {
    // SAFETY: as above.
    guard(context(), |ctx| unsafe { I::IMPL(ctx, self_, args, nargs, kw) })
}
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_INITPROC<I: HPyFunc_INITPROC>(
    self_: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> c_int {
    // SAFETY: as above.
    guard(context(), |ctx| unsafe {
        let (items, count) = tuple_items(args);
        I::IMPL(ctx, HPy { _i: self_ }, items, count, HPy { _i: kw })
    })
}

/// The address and number of a tuple's items.
/// # Safety
/// `tuple` is a tuple, and outlives the use of the items.
#[inline(always)]
unsafe fn tuple_items(tuple: *mut cpy_PyObject) -> (*const HPy, HPy_ssize_t) {
    // SAFETY: CPython passes the positional arguments of a constructor as a tuple.
    unsafe { ((&raw const (*tuple.cast::<ffi::PyTupleObject>()).ob_item).cast(), ffi::PyTuple_GET_SIZE(tuple)) }
}

pub trait HPyFunc_GETBUFFERPROC {
    const IMPL: implementation::HPyFunc_GETBUFFERPROC;
    const DIRECT: Direct = Direct::NONE;
}
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_GETBUFFERPROC<I: HPyFunc_GETBUFFERPROC>(
    self_: *mut cpy_PyObject,
    buffer: *mut ffi::Py_buffer,
    flags: c_int,
) -> c_int {
    // SAFETY: as above; HPy_buffer has the layout of Py_buffer.
    guard(context(), |ctx| unsafe { I::IMPL(ctx, HPy { _i: self_ }, buffer.cast(), flags) })
}

pub trait HPyFunc_RELEASEBUFFERPROC {
    const IMPL: implementation::HPyFunc_RELEASEBUFFERPROC;
    const DIRECT: Direct = Direct::NONE;
}
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_RELEASEBUFFERPROC<I: HPyFunc_RELEASEBUFFERPROC>(
    self_: *mut cpy_PyObject,
    buffer: *mut ffi::Py_buffer,
) {
    // SAFETY: as above; HPy_buffer has the layout of Py_buffer.
    guard(context(), |ctx| unsafe { I::IMPL(ctx, HPy { _i: self_ }, buffer.cast()) });
}

pub trait HPyFunc_TRAVERSEPROC: Sized {
    const IMPL: implementation::HPyFunc_TRAVERSEPROC;
    // SAFETY: the runtime calls each function under its own type.
    const DIRECT: Direct = unsafe {
        Direct {
            implementation: Some(core::mem::transmute::<TraverseStruct, unsafe extern "C" fn()>(
                traverse_struct::<Self>,
            )),
            second: Some(core::mem::transmute::<ffi::destructor, unsafe extern "C" fn()>(dealloc::<Self>)),
            third: Some(core::mem::transmute::<ffi::destructor, unsafe extern "C" fn()>(dealloc_destroy::<Self>)),
        }
    };
}
/// The `tp_dealloc` of collected types whose instances are only a struct with these fields.
/// # Safety
/// CPython calls it, as the convention says.
unsafe extern "C" fn dealloc<I: HPyFunc_TRAVERSEPROC>(object: *mut cpy_PyObject) {
    // SAFETY: CPython passes an object that nothing refers to, whose type has this function, or is below one that has.
    unsafe { dealloc_fields(object, dealloc::<I>, I::IMPL, false) }
}
/// The same for types with `HPy_tp_destroy`.
/// # Safety
/// CPython calls it, as the convention says.
unsafe extern "C" fn dealloc_destroy<I: HPyFunc_TRAVERSEPROC>(object: *mut cpy_PyObject) {
    // SAFETY: as above.
    unsafe { dealloc_fields(object, dealloc_destroy::<I>, I::IMPL, true) }
}
/// The runtime's traverse and clear functions call this, with the struct of the object. A panic ends the process here, since
/// the garbage collector accepts no exception.
/// # Safety
/// CPython calls it, as the convention says.
unsafe extern "C" fn traverse_struct<I: HPyFunc_TRAVERSEPROC>(
    object: *mut c_void,
    visit: HPyFunc_visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the runtime passes the struct of an object whose type has this traverse function.
    unsafe { I::IMPL(object, visit, arg) }
}
/// The `tp_traverse` of types whose instances are only their struct.
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_TRAVERSEPROC<I: HPyFunc_TRAVERSEPROC>(
    object: *mut cpy_PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the garbage collector passes an object whose type has this traverse function, or is below one that has.
    unsafe { traverse_direct(object, visit, arg, HPyFunc_TRAVERSEPROC::<I>, I::IMPL) }
}

pub trait HPyFunc_DESTROYFUNC: Sized {
    const IMPL: implementation::HPyFunc_DESTROYFUNC;
    // SAFETY: the runtime calls the function under its own type.
    const DIRECT: Direct = Direct::second(Some(unsafe {
        core::mem::transmute::<ffi::destructor, unsafe extern "C" fn()>(dealloc_struct_alone::<Self>)
    }));
}
/// The `tp_dealloc` of types whose instances are only a struct that this function destroys.
/// # Safety
/// CPython calls it, as the convention says.
unsafe extern "C" fn dealloc_struct_alone<I: HPyFunc_DESTROYFUNC>(object: *mut cpy_PyObject) {
    // SAFETY: CPython passes an object that nothing refers to, whose type has this function, or is below one that has.
    unsafe { dealloc_struct(object, HPyFunc_DESTROYFUNC::<I>) }
}
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_DESTROYFUNC<I: HPyFunc_DESTROYFUNC>(object: *mut c_void) {
    // SAFETY: the runtime passes the struct of an object without references.
    guard(context(), |_| unsafe { I::IMPL(object) })
}

pub trait HPyFunc_CAPSULE_DESTRUCTOR {
    const IMPL: implementation::HPyFunc_CAPSULE_DESTRUCTOR;
    const DIRECT: Direct = Direct::NONE;
}
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_CAPSULE_DESTRUCTOR<I: HPyFunc_CAPSULE_DESTRUCTOR>(capsule: *mut cpy_PyObject) {
    // SAFETY: CPython passes a valid capsule, whose pointer is never null.
    unsafe {
        let name = ffi::PyCapsule_GetName(capsule);
        let pointer = ffi::PyCapsule_GetPointer(capsule, name);
        let context = ffi::PyCapsule_GetContext(capsule);
        guard(super::context::context(), |_| I::IMPL(name, pointer, context));
    }
}

pub trait HPyFunc_MOD_CREATE {
    const IMPL: implementation::HPyFunc_MOD_CREATE;
    const DIRECT: Direct = Direct::NONE;
}
/// A module object is refused: it would lack the state that CPython keeps in modules that it makes itself.
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_MOD_CREATE<I: HPyFunc_MOD_CREATE>(
    spec: *mut cpy_PyObject,
    _: *mut ffi::PyModuleDef,
) -> *mut cpy_PyObject {
    // SAFETY: as above; this function owns the module unless it returns it.
    unsafe {
        let module = guard(context(), |ctx| I::IMPL(ctx, HPy { _i: spec }))._i;
        if module.is_null() || ffi::PyModule_Check(module) == 0 {
            return module;
        }
        ffi::Py_DECREF(module);
        let message = c"HPy_mod_create slot returned a builtin module object. This is currently not supported.";
        ffi::PyErr_SetString(ffi::PyExc_SystemError, message.as_ptr());
        ptr::null_mut()
    }
}

pub trait HPyFunc_VECTORCALLFUNC {
    const IMPL: implementation::HPyFunc_VECTORCALLFUNC;
    const DIRECT: Direct = Direct::NONE;
}
/// # Safety
/// CPython calls it, as the convention says.
pub unsafe extern "C" fn HPyFunc_VECTORCALLFUNC<I: HPyFunc_VECTORCALLFUNC>(
    callable: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: as above; this is CPython's own convention.
    unsafe { I::IMPL(callable, args, nargsf, kwnames) }
}

/// Only a `void` convention leaves its exception unread.
const _: () = assert!(HPy::REPORTED && c_int::REPORTED && !<() as Failure>::REPORTED);
