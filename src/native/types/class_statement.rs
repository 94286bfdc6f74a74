// src/native/types/class_statement.rs: types whose metaclass has a `__new__` of its own, made as by a class statement.
//
// CPython makes a type from a spec without calling the metaclass's `__new__`, and refuses a metaclass that has its own, such
// as `abc.ABCMeta`. So the runtime makes a type from the spec with another metaclass, and calls the metaclass to make a class
// below that type and the bases.

use super::bases::Bases;
use super::contents::Contents;
use super::install;
use super::operation::Type;
use super::plan::Plan;
use crate::native::raise::{Owned, Raised, Result, made, type_error};
use crate::*;

/// Whether this metaclass has a `__new__` of its own, which has to make its types.
///
/// # Safety
/// `metaclass` is a type.
pub(super) unsafe fn is_needed(metaclass: Type) -> bool {
    let address = |new: Option<ffi::newfunc>| new.map(|new| new as *const ());
    // SAFETY: the caller's promise.
    unsafe { address((*metaclass).tp_new) != address(ffi::PyType_Type.tp_new) }
}

/// Refuses an explicit metaclass with a `__new__` of its own, as HPy 0.9 does, except `abc.ABCMeta` and its subclasses.
///
/// # Safety
/// `metaclass` is a type, or null for none.
pub(super) unsafe fn check_given(metaclass: Type) -> Result<()> {
    // SAFETY: the caller's promise; `abc.ABCMeta` is a type.
    unsafe {
        if metaclass.is_null() || !is_needed(metaclass) {
            return Ok(());
        }
        let module = made(ffi::PyImport_ImportModule(c"abc".as_ptr()))?;
        let abstract_classes = made(ffi::PyObject_GetAttrString(module.as_ptr(), c"ABCMeta".as_ptr()))?;
        if ffi::PyType_IsSubtype(metaclass, abstract_classes.as_ptr().cast()) == 0 {
            return Err(type_error(c"Metaclasses with custom tp_new are not supported."));
        }
        Ok(())
    }
}

/// Makes the spec's type below the bases whose metaclass CPython accepts, and calls the metaclass to make a class of the
/// same name below that type and all bases.
///
/// # Safety
/// A valid description, its contents, and a metaclass of the bases.
pub(super) unsafe fn make(spec: &HPyType_Spec, contents: Contents, bases: Bases, metaclass: Type) -> Result<Owned> {
    // SAFETY: the caller's promise.
    unsafe {
        let is_final = spec.flags & HPy_TPFLAGS_BASETYPE == 0;
        let below = HPyType_Spec { flags: spec.flags | HPy_TPFLAGS_BASETYPE, ..*spec };
        let own = Bases::read(other_bases(&bases)?)?;
        let own_metaclass = own.metaclass(core::ptr::null_mut())?;
        let base = install::complete(&Plan::new(&below, contents, own, own_metaclass)?)?;

        let class = class(&base, &bases, metaclass, spec)?;
        if is_final && ffi::PyType_Check(class.as_ptr()) != 0 {
            // Only the metaclass has seen the class.
            let flags = (&raw mut (*class.as_ptr().cast::<ffi::PyTypeObject>()).tp_flags).cast::<c_ulong>();
            *flags &= !HPy_TPFLAGS_BASETYPE;
        }
        Ok(class)
    }
}

/// The bases whose metaclass has no `__new__` of its own, as a tuple, or `None` if there are none.
///
/// # Safety
/// The thread holds the interpreter.
unsafe fn other_bases(bases: &Bases) -> Result<Option<Owned>> {
    // SAFETY: the bases are types; the type of a type is one.
    unsafe {
        let tuple = tuple(bases.each().filter(|base| !is_needed(ffi::Py_TYPE((*base).cast()))))?;
        Ok((ffi::PyTuple_GET_SIZE(tuple.as_ptr()) != 0).then_some(tuple))
    }
}

/// The types as a tuple.
///
/// # Safety
/// `types` are types, and the thread holds the interpreter.
unsafe fn tuple(types: impl Iterator<Item = Type>) -> Result<Owned> {
    // SAFETY: the caller's promise: types.
    unsafe {
        let list = made(ffi::PyList_New(0))?;
        for item in types {
            if ffi::PyList_Append(list.as_ptr(), item.cast()) < 0 {
                return Err(Raised);
            }
        }
        made(ffi::PyList_AsTuple(list.as_ptr()))
    }
}

/// Calls the metaclass with a name, the bases, and the attributes that CPython takes from a spec.
///
/// # Safety
/// `base` is a new type, `metaclass` a type, and `spec` a valid description with a name.
unsafe fn class(base: &Owned, bases: &Bases, metaclass: Type, spec: &HPyType_Spec) -> Result<Owned> {
    // SAFETY: the caller's promise: a new type, types, and a description with a name.
    unsafe {
        let namespace = made(ffi::PyDict_New())?;
        for name in [c"__module__", c"__qualname__"] {
            let value = made(ffi::PyObject_GetAttrString(base.as_ptr(), name.as_ptr()))?;
            set(&namespace, name, &value)?;
        }
        set(&namespace, c"__slots__", &made(ffi::PyTuple_New(0))?)?;
        if !spec.doc.is_null() {
            set(&namespace, c"__doc__", &made(ffi::PyObject_GetAttrString(base.as_ptr(), c"__doc__".as_ptr()))?)?;
        }
        let name = made(ffi::PyObject_GetAttrString(base.as_ptr(), c"__name__".as_ptr()))?;
        let all = tuple(core::iter::once(base.as_ptr().cast()).chain(bases.each()))?;
        made(ffi::PyObject_CallFunctionObjArgs(
            metaclass.cast(),
            name.as_ptr(),
            all.as_ptr(),
            namespace.as_ptr(),
            core::ptr::null_mut::<cpy_PyObject>(),
        ))
    }
}

/// # Safety
/// `dict` is a dictionary.
unsafe fn set(dict: &Owned, name: &core::ffi::CStr, value: &Owned) -> Result<()> {
    // SAFETY: the caller's promise: a dictionary.
    if unsafe { ffi::PyDict_SetItemString(dict.as_ptr(), name.as_ptr(), value.as_ptr()) } < 0 {
        return Err(Raised);
    }
    Ok(())
}
