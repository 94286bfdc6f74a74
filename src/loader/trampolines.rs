// src/loader/trampolines.rs: the trampolines of the loader ABIs that are not generated: the loader makes handles of the
// arguments and calls the implementation.

use super::context::context;
use crate::made_definitions::function;
use crate::*;

/// Has the loader call the implementation with the arguments in `packed`, and returns them with the result.
///
/// # Safety
/// `packed` is the struct that loaders expect for the convention `signature`, which `implementation` has.
#[inline(always)]
pub(crate) unsafe fn pack<P>(signature: HPyFunc_Signature, implementation: HPyCFunction, mut packed: P) -> P {
    // SAFETY: the caller's promise; the interpreter calls a trampoline only after the loader has passed its context.
    unsafe { _HPy_CallRealFunctionFromTrampoline(&*context(), signature, implementation, (&raw mut packed).cast()) };
    packed
}

pub trait HPyFunc_TRAVERSEPROC: Sized {
    const IMPL: implementation::HPyFunc_TRAVERSEPROC;
    const DIRECT: HPyCFunction = function(traverse::<Self> as *const ());
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
    const DIRECT: HPyCFunction = function(HPyFunc_DESTROYFUNC::<Self> as *const ());
}
/// CPython has no such slot: the loader's deallocator calls the implementation, and no trampoline exists. A panic ends the
/// process here, since an interpreter may call it from any thread and during a collection.
///
/// # Safety
/// The loader calls it with the struct of an object that nothing refers to any more.
pub unsafe extern "C" fn HPyFunc_DESTROYFUNC<I: HPyFunc_DESTROYFUNC>(object: *mut c_void) {
    // SAFETY: the loader passes the struct of an object without references.
    unsafe { I::IMPL(object) }
}

pub trait HPyFunc_CAPSULE_DESTRUCTOR: Sized {
    const IMPL: implementation::HPyFunc_CAPSULE_DESTRUCTOR;
    const DIRECT: HPyCFunction = function(destroy_capsule::<Self> as *const ());
}
/// # Safety
/// The loader calls it with what the capsule held.
unsafe extern "C" fn destroy_capsule<I: HPyFunc_CAPSULE_DESTRUCTOR>(
    name: *const c_char,
    pointer: *mut c_void,
    context: *mut c_void,
) {
    // SAFETY: the loader passes the name, the pointer and the context of the capsule.
    unsafe { I::IMPL(name, pointer, context) }
}
/// The capsule is passed in place of packed arguments.
///
/// # Safety
/// The interpreter calls it with a capsule that goes.
pub unsafe extern "C" fn HPyFunc_CAPSULE_DESTRUCTOR<I: HPyFunc_CAPSULE_DESTRUCTOR>(capsule: *mut cpy_PyObject) {
    // SAFETY: as for the others; the loader reads the capsule.
    unsafe {
        _HPy_CallRealFunctionFromTrampoline(&*context(), crate::HPyFunc_CAPSULE_DESTRUCTOR, I::DIRECT, capsule.cast());
    }
}
