// src/loader/trampolines.rs: the trampolines of the loader ABIs that are not generated: the loader makes handles of the
// arguments and calls the implementation; this project's loader has handles that need no making.

use super::context::{context, host, short};
use crate::made_definitions::{Direct, function};
use crate::panic::guard;
use crate::*;

/// Has the loader call the implementation with the arguments in `packed`, and returns them with the result.
///
/// # Safety
/// `packed` is the struct that loaders expect for the convention `signature`, which `implementation` has.
#[inline(always)]
pub(crate) unsafe fn pack<P>(signature: HPyFunc_Signature, direct: Direct, mut packed: P) -> P {
    let (implementation, packed_at) = (direct.implementation, (&raw mut packed).cast());
    // SAFETY: the caller's promise; the interpreter calls a trampoline only after the loader has passed its context.
    unsafe { _HPy_CallRealFunctionFromTrampoline(&*context(), signature, implementation, packed_at) };
    packed
}

/// The number of arguments, without the flag of the vectorcall protocol.
#[inline(always)]
pub(crate) fn count(nargsf: usize) -> usize {
    nargsf & !(1 << (usize::BITS - 1))
}

pub trait HPyFunc_CALL: Sized {
    const IMPL: implementation::HPyFunc_KEYWORDS;
    const DIRECT: Direct = Direct {
        implementation: function(called::<Self> as *const ()),
        second: function(tp_call::<Self> as *const ()),
        third: None,
    };
}
/// # Safety
/// The interpreter calls it, as the convention says.
unsafe extern "C" fn called<I: HPyFunc_CALL>(
    ctx: &HPyContext,
    self_: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    // SAFETY: the interpreter passes what the convention says, for the time of the call.
    guard(ctx, |ctx| unsafe { I::IMPL(ctx, self_, args, nargs, kwnames) })
}
/// The vectorcall function. This project's loader limits the recursion, as CPython does so only for `tp_call`.
///
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
        if let Some(host) = host() {
            return (host.call)(&*context(), self_, args, nargsf, kwnames, I::DIRECT.implementation);
        }
        direct_call::<I>(self_, args, nargsf, kwnames)
    }
}
/// The vectorcall function for callers that have limited the recursion.
///
/// # Safety
/// CPython calls it, as the convention says.
unsafe extern "C" fn direct_call<I: HPyFunc_CALL>(
    self_: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: as above.
    unsafe {
        if let Some(ctx) = short() {
            // As in the generated trampolines.
            let called: unsafe extern "C" fn(&HPyContext, HPy, *const HPy, usize, HPy) -> HPy = called::<I>;
            return called(ctx, HPy { _i: self_ }, args.cast(), count(nargsf), HPy { _i: kwnames })._i;
        }
        packed_call::<I>(self_, args, nargsf, kwnames)
    }
}
/// The same, packed.
///
/// # Safety
/// CPython calls it, as the convention says.
#[inline(never)]
unsafe extern "C" fn packed_call<I: HPyFunc_CALL>(
    self_: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    #[repr(C)]
    struct Packed {
        self_: *mut cpy_PyObject,
        args: *const *mut cpy_PyObject,
        nargsf: usize,
        kwnames: *mut cpy_PyObject,
        result: *mut cpy_PyObject,
    }
    // SAFETY: as above; loaders expect this struct for the convention.
    unsafe {
        let packed = Packed { self_, args, nargsf, kwnames, result: core::ptr::null_mut() };
        pack(crate::HPyFunc_KEYWORDS, I::DIRECT, packed).result
    }
}
/// The `tp_call` of the definition: `Base.__call__(h)` calls the base's function. Only this project's loader knows of it.
///
/// # Safety
/// CPython calls it, as the convention says.
unsafe extern "C" fn tp_call<I: HPyFunc_CALL>(
    self_: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    let Some(host) = host() else { return core::ptr::null_mut() };
    // SAFETY: CPython passes a tuple, and a dictionary or null.
    unsafe { (host.type_call)(self_, args, kw, Some(HPyFunc_CALL::<I>), Some(direct_call::<I>)) }
}

pub trait HPyFunc_TRAVERSEPROC: Sized {
    const IMPL: implementation::HPyFunc_TRAVERSEPROC;
    const DIRECT: Direct = Direct::implementation(function(traverse::<Self> as *const ()));
}
/// A panic ends the process here, since the garbage collector accepts no exception.
///
/// # Safety
/// The loader calls it with the struct of an object whose type has this traverse function.
unsafe extern "C" fn traverse<I: HPyFunc_TRAVERSEPROC>(
    object: *mut c_void,
    visit: HPyFunc_visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the interpreter passes the struct of an object whose type has this traverse function.
    unsafe { I::IMPL(object, visit, arg) }
}
/// The loader finds the struct of the object, and wraps CPython's visitor.
///
/// # Safety
/// The interpreter calls it as the `tp_traverse` of a type.
pub unsafe extern "C" fn HPyFunc_TRAVERSEPROC<I: HPyFunc_TRAVERSEPROC>(
    self_: *mut cpy_PyObject,
    visit: HPyCFunction,
    arg: *mut c_void,
) -> c_int {
    #[repr(C)]
    struct Packed {
        self_: *mut cpy_PyObject,
        visit: HPyCFunction,
        arg: *mut c_void,
        result: c_int,
    }
    // SAFETY: loaders expect this struct for the convention.
    unsafe { pack(crate::HPyFunc_TRAVERSEPROC, I::DIRECT, Packed { self_, visit, arg, result: 0 }).result }
}

pub trait HPyFunc_DESTROYFUNC: Sized {
    const IMPL: implementation::HPyFunc_DESTROYFUNC;
    const DIRECT: Direct = Direct::implementation(function(HPyFunc_DESTROYFUNC::<Self> as *const ()));
}
/// CPython has no such slot: the loader's deallocator calls the implementation, and no trampoline exists.
///
/// # Safety
/// The loader calls it with the struct of an object that nothing refers to any more.
pub unsafe extern "C" fn HPyFunc_DESTROYFUNC<I: HPyFunc_DESTROYFUNC>(object: *mut c_void) {
    // SAFETY: the loader passes the struct of an object without references.
    without_context(|| unsafe { I::IMPL(object) })
}

/// Calls an implementation that gets no context. A panic goes to `sys.unraisablehook` if the loader is this project's. Otherwise
/// it ends the process, since an interpreter may call from any thread and during a collection.
#[inline(always)]
fn without_context(call: impl FnOnce()) {
    match host() {
        // SAFETY: this project's loader has passed its context, and calls with the interpreter held.
        Some(_) => guard(unsafe { &*context() }, |_| call()),
        None => call(),
    }
}

pub trait HPyFunc_CAPSULE_DESTRUCTOR: Sized {
    const IMPL: implementation::HPyFunc_CAPSULE_DESTRUCTOR;
    const DIRECT: Direct = Direct::implementation(function(destroy_capsule::<Self> as *const ()));
}
/// # Safety
/// The loader calls it with what the capsule held.
unsafe extern "C" fn destroy_capsule<I: HPyFunc_CAPSULE_DESTRUCTOR>(
    name: *const c_char,
    pointer: *mut c_void,
    context: *mut c_void,
) {
    // SAFETY: the loader passes the name, the pointer and the context of the capsule.
    without_context(|| unsafe { I::IMPL(name, pointer, context) })
}
/// The capsule is passed in place of packed arguments.
///
/// # Safety
/// The interpreter calls it with a capsule that goes.
pub unsafe extern "C" fn HPyFunc_CAPSULE_DESTRUCTOR<I: HPyFunc_CAPSULE_DESTRUCTOR>(capsule: *mut cpy_PyObject) {
    // SAFETY: as for the others; the loader reads the capsule.
    unsafe {
        _HPy_CallRealFunctionFromTrampoline(
            &*context(),
            crate::HPyFunc_CAPSULE_DESTRUCTOR,
            I::DIRECT.implementation,
            capsule.cast(),
        );
    }
}
