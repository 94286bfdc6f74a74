// Generated for CPython 3.14t from the table in shims/api by generator/src/emit/rust/native. Do not edit: change the table.

use native::body::{behind, end, is_null, null};

/// The first argument of every call: in the native ABI, the constants of the interpreter.
///
/// Its handles are borrowed from the interpreter: they are never closed, and `HPy_Dup` makes one that is.
#[repr(C)]
pub struct HPyContext {
    /// The name of the ABI, `HPy CPython ABI`.
    pub name: *const c_char,
    /// The version of the ABI.
    pub abi_version: c_int,
    /// Keeps the compiler from reading a handle before it is needed, to keep it across calls.
    pub(crate) not_frozen: core::cell::UnsafeCell<()>,
    /// The object `None`.
    ///
    /// Source: HPy context index 0, CPython `Py_None`.
    pub h_None: HPy,
    /// The exception `ValueError`.
    ///
    /// Source: HPy context index 5, CPython `PyExc_ValueError`.
    pub h_ValueError: HPy,
    /// The type `int`.
    ///
    /// Source: HPy context index 71, CPython `PyLong_Type`.
    pub h_LongType: HPy,
    /// What C calls for `h_Builtins`.
    #[doc(hidden)]
    pub _h_Builtins: unsafe extern "C" fn() -> HPy,
}

const _: () = {
    const WORD: usize = size_of::<usize>();
    assert!(offset_of!(HPyContext, h_None) == 2 * WORD);
    assert!(offset_of!(HPyContext, h_ValueError) == 3 * WORD);
    assert!(offset_of!(HPyContext, h_LongType) == 4 * WORD);
    assert!(offset_of!(HPyContext, _h_Builtins) == 5 * WORD);
};

impl HPyContext {
    /// The dictionary of the builtins.
    ///
    /// Source: HPy context index 243, CPython `PyEval_GetBuiltins`.
    ///
    /// It is asked of CPython each time, since every interpreter has its own.
    #[inline]
    pub fn h_Builtins(&self) -> HPy {
        // SAFETY: whoever has a context holds the interpreter.
        HPy { _i: unsafe { ffi::PyEval_GetBuiltins() } }
    }

    /// The context of an extension before its module is initialised.
    pub(crate) const fn empty() -> HPyContext {
        HPyContext {
            name: c"HPy CPython ABI".as_ptr(),
            abi_version: HPY_ABI_VERSION,
            not_frozen: core::cell::UnsafeCell::new(()),
            h_None: HPy_NULL,
            h_ValueError: HPy_NULL,
            h_LongType: HPy_NULL,
            _h_Builtins: native::h_Builtins,
        }
    }

    /// Takes the constants over from CPython.
    ///
    /// # Safety
    /// The thread holds the interpreter.
    pub(crate) unsafe fn fill(&mut self) {
        // SAFETY: CPython's constants are there for as long as the process.
        unsafe {
            self.h_None = HPy { _i: ffi::Py_None() };
            self.h_ValueError = HPy { _i: ffi::PyExc_ValueError };
            self.h_LongType = HPy { _i: (&raw mut ffi::PyLong_Type).cast() };
        }
    }
}

/// Whether a list has an item at an index.
///
/// # Safety
/// Each object is there, or null, and the thread holds the interpreter.
#[inline(always)]
unsafe fn _HPy_IsInList(object: *mut cpy_PyObject, index: HPy_ssize_t) -> bool {
    let _ = (object, index);
    false
}

/// Opens another handle of `h`.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
///
/// # Handles
/// `h` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPy_Dup`, context index 77. CPython: a few calls, of which the main one is `Py_XINCREF`.
#[inline]
pub unsafe fn HPy_Dup(_ctx: &HPyContext, h: HPy) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        ffi::Py_XINCREF(h._i);
        h
    }
}

/// The lowest 32 bits of `h`.
///
/// Returns -1 with an exception set on failure; as -1 can be a result too, `HPyErr_Occurred` tells.
///
/// # Handles
/// `h` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPyLong_AsUInt32_tMask`, context index 79. CPython: `PyLong_AsUnsignedLongMask`.
#[inline]
pub unsafe fn HPyLong_AsUInt32_tMask(_ctx: &HPyContext, h: HPy) -> u32 {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        ffi::PyLong_AsUnsignedLongMask(h._i) as u32
    }
}

/// The attribute `name` of `obj`.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
///
/// # Exceptions
/// `AttributeError` if there is none.
///
/// # Handles
/// `obj` must not be `HPy_NULL`. `name` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPy_GetAttr`, context index 100. CPython: `PyObject_GetAttr`.
#[inline]
pub unsafe fn HPy_GetAttr(_ctx: &HPyContext, obj: HPy, name: HPy) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        HPy { _i: ffi::PyObject_GetAttr(obj._i, name._i) }
    }
}

/// Deletes the attribute `name` of `obj`.
///
/// Returns -1 with an exception set on failure.
///
/// # Handles
/// `obj` must not be `HPy_NULL`. `name` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPy_DelAttr`, context index 101. CPython: `PyObject_DelAttr`.
#[inline]
pub unsafe fn HPy_DelAttr(_ctx: &HPyContext, obj: HPy, name: HPy) -> c_int {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        ffi::PyObject_DelAttr(obj._i, name._i) as c_int
    }
}

/// The item `idx` of `obj`.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
///
/// # Handles
/// `obj` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPy_GetItem_i`, context index 115. CPython: a few calls, of which the main one is `PyObject_GetItem`.
#[inline]
pub unsafe fn HPy_GetItem_i(_ctx: &HPyContext, obj: HPy, idx: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        // Of a list.
        if _HPy_IsInList(obj._i, idx) || (idx == -1 && !is_null(obj._i)) {
            return HPy { _i: ffi::PyList_GET_ITEM(obj._i, idx as _) };
        }
        let key: *mut ffi::PyObject = ffi::PyLong_FromSsize_t(idx as _);
        if is_null(key) {
            ffi::PyErr_SetString(ffi::PyExc_ValueError, c"no key".as_ptr());
            return HPy_NULL;
        }
        let item: *mut ffi::PyObject = if idx > 3 { ffi::PyObject_GetItem(obj._i, key) } else { ffi::Py_None() };
        ffi::Py_DECREF(key);
        HPy { _i: item }
    }
}

/// Stores `h` in `target_field` of `target_object`.
///
/// It cannot fail.
///
/// # Handles
/// `target_object` must not be `HPy_NULL`. `h` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it. Each pointer points to what is said of it above, or is null where that is said.
///
/// # Source
/// HPy: `HPyField_Store`, context index 118. CPython: a few calls, of which the main one is `Py_XDECREF`.
#[inline]
pub unsafe fn HPyField_Store(_ctx: &HPyContext, target_object: HPy, target_field: *mut HPyField, h: HPy) {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        let old: *mut ffi::PyObject;
        let mut section = core::mem::MaybeUninit::<ffi::PyCriticalSection>::uninit();
        ffi::PyCriticalSection_Begin(section.as_mut_ptr(), target_object._i);
        old = (*target_field)._i;
        (*target_field)._i = h._i;
        ffi::PyCriticalSection_End(section.as_mut_ptr());
        ffi::Py_XDECREF(old);
    }
}

/// A tuple of the `n` handles in `items`.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it. Each pointer points to what is said of it above, or is null where that is said.
///
/// # Source
/// HPy: `HPyTuple_FromArray`, context index 119. CPython: a few calls, of which the main one is `PyTuple_FromArray`.
#[inline]
pub unsafe fn HPyTuple_FromArray(_ctx: &HPyContext, items: *const HPy, n: HPy_ssize_t) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        let tuple: *mut ffi::PyObject = ffi::PyTuple_New(n as _);
        for index in 0..n {
            ffi::PyTuple_SET_ITEM(tuple, index, (*items.offset(index))._i);
        }
        HPy { _i: tuple }
    }
}

/// Raises `h_type` with `utf8_message`.
///
/// Sets an exception and always returns `HPy_NULL`, so that `return` can stand before the call.
///
/// # Handles
/// `h_type` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it. Each pointer points to what is said of it above, or is null where that is said.
///
/// # Source
/// HPy: `HPyErr_SetString`, context index 137. CPython: `PyErr_SetString`.
#[inline]
pub unsafe fn HPyErr_SetString(_ctx: &HPyContext, h_type: HPy, utf8_message: *const c_char) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        ffi::PyErr_SetString(h_type._i, utf8_message);
        HPy_NULL
    }
}

/// Forgets the exception that is set.
///
/// It cannot fail.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// HPy: `HPyErr_Clear`, context index 144. CPython: `PyErr_Clear`.
#[inline]
pub unsafe fn HPyErr_Clear(_ctx: &HPyContext) {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        ffi::PyErr_Clear();
    }
}

/// Calls `callable` with the array `args` of `nargs` handles; `kwnames` names the last of them.
///
/// Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
///
/// # Handles
/// `callable` must not be `HPy_NULL`. `kwnames` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it. Each pointer points to what is said of it above, or is null where that is said.
///
/// # Source
/// HPy: `HPy_Call`, context index 204. CPython: `PyObject_Vectorcall`.
#[inline]
pub unsafe fn HPy_Call(_ctx: &HPyContext, callable: HPy, args: *const HPy, nargs: usize, kwnames: HPy) -> HPy {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        HPy { _i: ffi::PyObject_Vectorcall(callable._i, args.cast(), nargs as _, kwnames._i) }
    }
}

/// Tells whether `key` is in the dictionary `h`.
///
/// Returns -1 with an exception set on failure.
///
/// # Handles
/// `h` must not be `HPy_NULL`. `key` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it.
///
/// # Source
/// An extra: HPy 0.9 has no such function. CPython: `PyDict_Contains`.
#[inline]
pub unsafe fn HPyDict_Contains(_ctx: &HPyContext, h: HPy, key: HPy) -> c_int {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        ffi::PyDict_Contains(h._i, key._i) as c_int
    }
}

/// Gets the memory of `obj`, as `flags` ask for, in `view`.
///
/// Returns -1 with an exception set on failure.
///
/// # Handles
/// `obj` must not be `HPy_NULL`.
///
/// # Safety
/// `ctx` is the context of the running call, the thread holds the interpreter, and every handle is open and belongs to it. Each pointer points to what is said of it above, or is null where that is said.
///
/// # Source
/// An extra: HPy 0.9 has no such function. CPython: `PyObject_GetBuffer`.
#[inline]
pub unsafe fn HPy_GetBuffer(_ctx: &HPyContext, obj: HPy, view: *mut HPy_buffer, flags: c_int) -> c_int {
    // SAFETY: the caller's promise, passed on.
    unsafe {
        ffi::PyObject_GetBuffer(obj._i, view.cast(), flags as _) as c_int
    }
}

