// src/native/types/call.rs: calling instances of types with `HPy_tp_call`, and functions of single instances.
//
// A type with a struct has a call word in each instance: the function that the vectorcall protocol calls. While the word is
// null, CPython calls `tp_call`, which is the definition's and fills the word. So it does not matter how an instance was
// made, and a Python class needs no code of its own. A type without a struct has no call word: its instances can be copied
// and pickled, and Python classes can have further bases. A dictionary of the type holds the functions of single instances.

use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::operation::Type;
use super::record::TypeInfo;
#[cfg(not(cpython_vectorcall_follows_call))]
use super::vectorcall::call_slot;
use crate::native::array::Array;
use crate::native::dict::set_default;
use crate::native::raise::{Owned, Raised, Result, keeping_exception, made, type_error};
use crate::native::recursion;
use crate::*;

#[doc = table_doc!("HPy_SetCallFunction")]
pub unsafe fn HPy_SetCallFunction(_ctx: &HPyContext, h: HPy, func: *const HPyCallFunction) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let (ty, function) = (ffi::Py_TYPE(h._i), (*func).cpy_trampoline);
        let Some(info) = TypeInfo::nearest(ty, |info| info.call_offset != 0 || info.call.is_some()) else {
            ffi::PyErr_Format(
                ffi::PyExc_TypeError,
                c"type '%.50s' does not implement the HPy call protocol".as_ptr(),
                (*ty).tp_name,
            );
            return -1;
        };
        if info.call_offset != 0 {
            word(h._i, info).store(pointer(function), Ordering::Release);
            return 0;
        }
        if remember(h._i, ty, info, function).is_ok() { 0 } else { -1 }
    }
}

fn pointer(function: cpy_vectorcallfunc) -> *mut () {
    function.map_or(ptr::null_mut(), |function| function as *mut ())
}

/// The call word of an instance. Threads may fill it concurrently.
///
/// # Safety
/// `info` is the record of a type at or above that of `object`, and has a word. The object outlives the result.
unsafe fn word<'a>(object: *mut cpy_PyObject, info: &TypeInfo) -> &'a AtomicPtr<()> {
    // SAFETY: the caller's promise: the record is of a type at or above the object's, and has the word there.
    unsafe { &*object.cast::<u8>().add(info.call_offset).cast() }
}

/// `tp_call` of a definition of `HPy_tp_call`. `own` is its vectorcall function; `direct` is the same function without the
/// recursion check, which CPython has made for `tp_call`.
///
/// # Safety
/// CPython calls it, with a tuple, and a dictionary or null.
pub(crate) unsafe fn call(
    object: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
    own: ffi::vectorcallfunc,
    direct: ffi::vectorcallfunc,
) -> *mut cpy_PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        let function = match nearest_call(ffi::Py_TYPE(object)) {
            // `Base.__call__(h)` calls the base's function, whatever the call word holds.
            Some(info) if pointer(info.call) == own as *mut () => match set_for(object, info) {
                Some(set) if !ptr::fn_addr_eq(set, own) => set,
                _ => direct,
            },
            _ => direct,
        };
        call_with_tuple(function, object, args, kw).map_or(ptr::null_mut(), Owned::into_ptr)
    }
}

/// Calls the `tp_call` of the object's type with the arguments of a vectorcall.
///
/// # Safety
/// CPython calls it by the vectorcall protocol.
#[cfg(not(cpython_vectorcall_follows_call))]
#[cold]
#[inline(never)]
pub(crate) unsafe fn call_type(
    object: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: the caller's promise; the type of a callable has a `tp_call`.
    unsafe {
        let (tp_call, nargs) = ((*ffi::Py_TYPE(object)).tp_call, ffi::PyVectorcall_NARGS(nargsf as _));
        call_slot(tp_call, object, args, nargs, kwnames).map_or(ptr::null_mut(), Owned::into_ptr)
    }
}

/// `tp_call` of a type whose definition of `HPy_tp_call` brings no function for it.
///
/// # Safety
/// CPython calls it as the `tp_call` of a type with this function, or of one below it.
pub(super) unsafe extern "C" fn call_nearest(
    object: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: CPython calls this for instances of such a type, or of a type below one.
    unsafe {
        let functions = called(ffi::Py_TYPE(object)).and_then(|info| Some((info.call?, info.unlimited_call)));
        match functions {
            // CPython limits the recursion of a `tp_call`.
            Some((own, unlimited)) => call(object, args, kw, own, unlimited.unwrap_or(own)),
            None => type_error(c"hpy-sys: the type of this object has no HPy_tp_call").handle()._i,
        }
    }
}

/// The vectorcall function of types whose definition of `HPy_tp_call` comes without a second function, such as those of HPy's
/// own headers and those that an author fills by hand: their trampolines do not limit the recursion.
pub(super) fn limited() -> HPyCFunction {
    crate::made_definitions::function(call_within_limit as *const ())
}

/// # Safety
/// CPython calls it as the vectorcall function of an instance of such a type, or of a type below one.
unsafe extern "C" fn call_within_limit(
    object: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: CPython calls this for instances of such a type, or of a type below one.
    unsafe {
        #[cfg(not(cpython_vectorcall_follows_call))]
        if super::python_class::sets_call(object) {
            return call_type(object, args, nargsf, kwnames);
        }
        let Some(function) = called(ffi::Py_TYPE(object)).and_then(|info| info.unlimited_call.or(info.call)) else {
            return type_error(c"hpy-sys: the type of this object has no HPy_tp_call").handle()._i;
        };
        recursion::limited_call(function, object, args, nargsf, kwnames)
    }
}

/// The record of the type whose function an instance is called by: the nearest, or among the further bases of a Python class
/// the first.
///
/// # Safety
/// `of` is a type, and outlives the result.
unsafe fn called<'a>(ty: Type) -> Option<&'a TypeInfo> {
    // SAFETY: the caller's promise: the MRO of a type is a tuple of types.
    unsafe {
        nearest_call(ty).or_else(|| {
            let mro = (*ty).tp_mro;
            let types = (0..ffi::PyTuple_GET_SIZE(mro)).map(|index| ffi::PyTuple_GET_ITEM(mro, index).cast());
            types.filter_map(|ty| TypeInfo::of_exactly(ty)).find(|info| info.call.is_some())
        })
    }
}

/// The record of the nearest type with `HPy_tp_call`.
///
/// # Safety
/// `of` is a type, and outlives the result.
unsafe fn nearest_call<'a>(ty: Type) -> Option<&'a TypeInfo> {
    // SAFETY: the caller's promise: a type.
    unsafe { TypeInfo::nearest(ty, |info| info.call.is_some()) }
}

/// The function of an instance: its own, or that of the nearest type, which is stored in the call word if there is one.
///
/// # Safety
/// `nearest` is the record of the nearest type with `HPy_tp_call` at or above that of `object`.
unsafe fn set_for(object: *mut cpy_PyObject, nearest: &TypeInfo) -> cpy_vectorcallfunc {
    // SAFETY: the caller's promise: the record of the nearest type with `HPy_tp_call`.
    unsafe {
        // A type below that one may have brought the call word.
        let Some(info) = TypeInfo::nearest(ffi::Py_TYPE(object), |info| info.call_offset != 0) else {
            return remembered(object, nearest).or(nearest.call);
        };
        let (word, default) = (word(object, info), pointer(nearest.call));
        let order = Ordering::AcqRel;
        let set = match word.compare_exchange(ptr::null_mut(), default, order, Ordering::Acquire) {
            Ok(_) => default,
            Err(set) => set,
        };
        core::mem::transmute::<*mut (), cpy_vectorcallfunc>(set)
    }
}

/// Calls a function of the vectorcall protocol with a tuple and a dictionary or null.
///
/// # Safety
/// `object` is an object that `function` can be called for, `args` a tuple, and `kw` a dictionary or null.
unsafe fn call_with_tuple(
    function: ffi::vectorcallfunc,
    object: *mut cpy_PyObject,
    args: *mut cpy_PyObject,
    kw: *mut cpy_PyObject,
) -> Result<Owned> {
    // SAFETY: the caller's promise. The tuple and the dictionary's items live for the time of the call.
    unsafe {
        let positional = (&raw const (*args.cast::<ffi::PyTupleObject>()).ob_item).cast::<*mut cpy_PyObject>();
        let nargs = ffi::PyTuple_GET_SIZE(args) as usize;
        if kw.is_null() || ffi::PyDict_Size(kw) == 0 {
            return made(function(object, positional, nargs, ptr::null_mut()));
        }
        // Without a global lock another thread may change the caller's dictionary during the call.
        let copy = if cfg!(cpython_free_threaded) { Some(made(ffi::PyDict_Copy(kw))?) } else { None };
        let kw = copy.as_ref().map_or(kw, Owned::as_ptr);
        let named = ffi::PyDict_Size(kw) as usize;
        let (names, mut items) = (made(ffi::PyTuple_New(named as HPy_ssize_t))?, Array::new(nargs + named)?);
        (0..nargs).for_each(|index| items.push(*positional.add(index)));
        let result = match unpack(kw, &names, &mut items) {
            Ok(()) => made(function(object, items.as_mut_ptr(), nargs, names.as_ptr())),
            Err(raised) => Err(raised),
        };
        items.as_slice().iter().skip(nargs).for_each(|value| ffi::Py_DECREF(*value));
        result
    }
}

/// Fills `names`, and appends references to the values to `items`.
///
/// # Safety
/// `kw` is a dictionary, `names` a new tuple of its size, and `items` has room for as many.
unsafe fn unpack(kw: *mut cpy_PyObject, names: &Owned, items: &mut Array<*mut cpy_PyObject>) -> Result<()> {
    // SAFETY: the caller's promise: a dictionary, a new tuple of its size, and room for as many items.
    unsafe {
        let (mut position, mut name, mut value) = (0, ptr::null_mut(), ptr::null_mut());
        for index in 0..ffi::PyTuple_GET_SIZE(names.as_ptr()) {
            if ffi::PyDict_Next(kw, &mut position, &mut name, &mut value) == 0 {
                return Err(type_error(c"the keyword arguments of a call have changed"));
            }
            if ffi::PyUnicode_Check(name) == 0 {
                return Err(type_error(c"keywords must be strings"));
            }
            ffi::Py_INCREF(name);
            ffi::PyTuple_SET_ITEM(names.as_ptr(), index, name);
            ffi::Py_INCREF(value);
            items.push(value);
        }
    }
    Ok(())
}

/// Whether the type's dictionary holds the functions of single instances.
pub(super) fn uses_dictionary(info: &TypeInfo) -> bool {
    info.call.is_some() && info.call_offset == 0
}

/// The name under which the type's dictionary holds the functions of single instances.
const FUNCTIONS: &core::ffi::CStr = c"__hpy_call_functions__";

/// The type with this record, at or above another.
///
/// # Safety
/// `info` is the record of a type at or above `of`.
unsafe fn level(ty: Type, info: &TypeInfo) -> Type {
    let mut level = ty;
    // SAFETY: the caller's promise: there is one.
    unsafe {
        while !TypeInfo::of_exactly(level).is_some_and(|found| ptr::eq(found, info)) {
            level = (*level).tp_base;
        }
    }
    level
}

/// The functions of single instances of the type with this record, if there are any. A failure clears its exception.
///
/// # Safety
/// `info` is the record of a type at or above `ty`.
unsafe fn functions(ty: Type, info: &TypeInfo) -> Option<Owned> {
    if !info.has_call_functions.load(Ordering::Acquire) {
        return None;
    }
    // SAFETY: the caller's promise: the record is of a type at or above `ty`.
    unsafe {
        match name_of_functions().and_then(|name| functions_in((*level(ty, info)).tp_dict, &name)) {
            Ok(functions) => functions,
            Err(Raised) => {
                ffi::PyErr_Clear();
                None
            }
        }
    }
}

/// The interned name of the functions.
///
/// # Safety
/// The thread holds the interpreter.
unsafe fn name_of_functions() -> Result<Owned> {
    // SAFETY: the caller holds the interpreter.
    made(unsafe { ffi::PyUnicode_InternFromString(FUNCTIONS.as_ptr()) })
}

/// The functions in the dictionary of a type. Python code can delete or replace them, and the garbage collector clears the
/// dictionary before it frees the last instances: so the record holds no pointer to them.
///
/// # Safety
/// `dict` is a dictionary.
unsafe fn functions_in(dict: *mut cpy_PyObject, name: &Owned) -> Result<Option<Owned>> {
    let mut functions = ptr::null_mut();
    // SAFETY: the caller's promise: a dictionary.
    unsafe {
        if ffi::compat::PyDict_GetItemRef(dict, name.as_ptr(), &mut functions) < 0 {
            return Err(Raised);
        }
        Ok(made(functions).ok().filter(|functions| ffi::PyDict_Check(functions.as_ptr()) != 0))
    }
}

/// Sets the function of one instance of a type without a call word.
///
/// # Safety
/// `ty` is the type of `object`, and `info` the nearest record of a type with `HPy_tp_call`.
unsafe fn remember(object: *mut cpy_PyObject, ty: Type, info: &TypeInfo, function: cpy_vectorcallfunc) -> Result<()> {
    // SAFETY: the caller's promise: the nearest record of a type with `HPy_tp_call`.
    unsafe {
        let key = made(ffi::PyLong_FromVoidPtr(object.cast()))?;
        let value = made(ffi::PyLong_FromVoidPtr(pointer(function).cast()))?;
        let (dict, name) = ((*level(ty, info)).tp_dict, name_of_functions()?);
        set_default(dict, &name, &made(ffi::PyDict_New())?)?;
        info.has_call_functions.store(true, Ordering::Release);
        let Some(functions) = functions_in(dict, &name)? else {
            return Err(type_error(c"hpy-sys: the type has another __hpy_call_functions__"));
        };
        if ffi::PyDict_SetItem(functions.as_ptr(), key.as_ptr(), value.as_ptr()) < 0 { Err(Raised) } else { Ok(()) }
    }
}

/// The function that `remember` has set for one instance.
///
/// # Safety
/// `info` is the record of a type at or above that of `object`.
unsafe fn remembered(object: *mut cpy_PyObject, info: &TypeInfo) -> cpy_vectorcallfunc {
    // SAFETY: the caller's promise: a record at or above the object's type. The values are addresses of functions.
    unsafe {
        let functions = functions(ffi::Py_TYPE(object), info)?;
        let key = made(ffi::PyLong_FromVoidPtr(object.cast())).ok()?;
        let mut value = ptr::null_mut();
        if ffi::compat::PyDict_GetItemRef(functions.as_ptr(), key.as_ptr(), &mut value) != 1 {
            ffi::PyErr_Clear();
            return None;
        }
        let address = ffi::PyLong_AsVoidPtr(value);
        ffi::Py_DECREF(value);
        core::mem::transmute::<*mut c_void, cpy_vectorcallfunc>(address)
    }
}

/// Removes the function of an instance that is being freed.
///
/// # Safety
/// The record is of a type at or above the object's.
pub(super) unsafe fn forget(object: *mut cpy_PyObject, info: &TypeInfo) {
    if !info.has_call_functions.load(Ordering::Acquire) {
        return;
    }
    // SAFETY: the caller's promise.
    unsafe {
        keeping_exception(|| {
            let Some(functions) = functions(ffi::Py_TYPE(object), info) else { return };
            if let Ok(key) = made(ffi::PyLong_FromVoidPtr(object.cast())) {
                if ffi::PyDict_Contains(functions.as_ptr(), key.as_ptr()) == 1 {
                    ffi::PyDict_DelItem(functions.as_ptr(), key.as_ptr());
                }
            }
        });
    }
}
