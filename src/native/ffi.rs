// src/native/ffi.rs: CPython's functions: pyo3-ffi's declarations, and those that it lacks.

pub use pyo3_ffi::*;

#[cfg(cpython_inline_shared_counts)]
pub use super::shared_counts::{Py_DECREF, Py_INCREF, Py_XDECREF, Py_XINCREF};
#[cfg(cpython_compact_ints)]
pub use super::undeclared::{PyUnstable_Long_CompactValue, PyUnstable_Long_IsCompact};

pub use super::undeclared::{Py_tss_NEEDS_INIT, Py_tss_t, PyUnicode_IS_COMPACT_ASCII};

use core::ffi::{c_char, c_int, c_void};

unsafe extern "C" {
    /// Prints an object to stderr, for debugging.
    #[cfg(not(cpython_dump_is_public))]
    pub fn _PyObject_Dump(object: *mut PyObject);
    /// Prints an object to stderr, for debugging.
    #[cfg(cpython_dump_is_public)]
    pub fn PyObject_Dump(object: *mut PyObject);
    /// Whether the runtime is being finalized.
    #[cfg_attr(cpython_is_finalizing_is_private, link_name = "_Py_IsFinalizing")]
    #[cfg_attr(not(cpython_is_finalizing_is_private), link_name = "Py_IsFinalizing")]
    #[cfg(any(feature = "std", not(cpython_interpreter_views)))]
    pub fn is_finalizing() -> c_int;
    /// Enters the interpreter. pyo3-ffi's function of this name hangs a thread that CPython would end, and needs Rust's standard
    /// library for that, which the library for C has not.
    #[cfg(all(feature = "c-library", not(cpython_interpreter_views)))]
    pub fn PyGILState_Ensure() -> PyGILState_STATE;
    /// Enters the interpreter again; declared here as `PyGILState_Ensure` is.
    #[cfg(feature = "c-library")]
    pub fn PyEval_RestoreThread(state: *mut PyThreadState);
    /// A view of the running interpreter.
    #[cfg(cpython_interpreter_views)]
    pub fn PyInterpreterView_FromCurrent() -> *mut c_void;
    /// Frees a view.
    #[cfg(cpython_interpreter_views)]
    pub fn PyInterpreterView_Close(view: *mut c_void);
    /// Enters the interpreter of a view, or gives null if it ends.
    #[cfg(cpython_interpreter_views)]
    pub fn PyThreadState_EnsureFromView(view: *mut c_void) -> *mut c_void;
    /// Leaves the interpreter.
    #[cfg(cpython_interpreter_views)]
    pub fn PyThreadState_Release(token: *mut c_void);
    /// Makes the key of a thread-local word, unless it is made.
    pub fn PyThread_tss_create(key: *mut Py_tss_t) -> c_int;
    /// The word of this thread; null before it is set.
    pub fn PyThread_tss_get(key: *mut Py_tss_t) -> *mut c_void;
    /// Sets the word of this thread.
    pub fn PyThread_tss_set(key: *mut Py_tss_t, value: *mut c_void) -> c_int;
    /// Calls an object by its vectorcall function. pyo3-ffi 0.29 links another symbol before CPython 3.12.
    pub fn PyVectorcall_Call(object: *mut PyObject, args: *mut PyObject, keywords: *mut PyObject) -> *mut PyObject;
    /// The part of a static type's name after the last dot.
    pub fn _PyType_Name(ty: *mut PyTypeObject) -> *const c_char;
    /// Merges the counts of an object whose local count has reached zero.
    #[cfg(cpython_inline_shared_counts)]
    pub fn _Py_MergeZeroLocalRefcount(object: *mut PyObject);
    /// Drops a reference that belongs to another thread than the object's own.
    #[cfg(cpython_inline_shared_counts)]
    pub fn _Py_DecRefShared(object: *mut PyObject);
    /// An address that is unique to the thread.
    #[cfg(all(cpython_inline_shared_counts, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
    pub fn _Py_GetThreadLocal_Addr() -> usize;
    /// Begins a deallocator with limited recursion, or deposits the object for later (`types/trashcan.rs`).
    #[cfg(cpython_trashcan_calls)]
    pub fn _PyTrash_begin(state: *mut PyThreadState, object: *mut PyObject) -> c_int;
    /// Ends what `_PyTrash_begin` began.
    #[cfg(cpython_trashcan_calls)]
    pub fn _PyTrash_end(state: *mut PyThreadState);
    /// Deposits an object for later.
    #[cfg(cpython_trashcan_in_thread)]
    pub fn _PyTrash_thread_deposit_object(state: *mut PyThreadState, object: *mut PyObject);
    /// Deallocates the deposited objects.
    #[cfg(cpython_trashcan_in_thread)]
    pub fn _PyTrash_thread_destroy_chain(state: *mut PyThreadState);
    /// The address of an object's dictionary pointer, or null. Managed values become a dictionary.
    pub fn _PyObject_GetDictPtr(object: *mut PyObject) -> *mut *mut PyObject;
    /// Visits a managed dictionary, which is before the object.
    #[cfg_attr(cpython_managed_dict_is_private, link_name = "_PyObject_VisitManagedDict")]
    #[cfg_attr(cpython_managed_dict_is_public, link_name = "PyObject_VisitManagedDict")]
    #[cfg(any(cpython_managed_dict_is_private, cpython_managed_dict_is_public))]
    pub fn visit_managed_dict(object: *mut PyObject, visit: visitproc, arg: *mut core::ffi::c_void) -> c_int;
    /// Releases a managed dictionary, which is before the object.
    #[cfg_attr(cpython_managed_dict_is_private, link_name = "_PyObject_ClearManagedDict")]
    #[cfg_attr(cpython_managed_dict_is_public, link_name = "PyObject_ClearManagedDict")]
    #[cfg(any(cpython_managed_dict_is_private, cpython_managed_dict_is_public))]
    pub fn clear_managed_dict(object: *mut PyObject);
    /// Decrements the total count of references.
    #[cfg(cpython_reference_total)]
    pub fn _Py_DECREF_DecRefTotal();
    /// Drops a reference.
    #[cfg(cpython_bindings_allocate)]
    fn _Py_DecRef(object: *mut PyObject);
}

// Each is called on the versions where the table says so.
#[allow(dead_code)]
unsafe extern "C" {
    /// Reads an attribute, if there is one: 1, 0, or -1 with an exception.
    pub fn _PyObject_LookupAttr(
        object: *mut PyObject,
        name: *mut PyObject,
        result: *mut *mut PyObject,
    ) -> core::ffi::c_int;
    /// Makes an `int` of bytes.
    pub fn _PyLong_FromByteArray(
        bytes: *const core::ffi::c_uchar,
        size: usize,
        little_endian: core::ffi::c_int,
        is_signed: core::ffi::c_int,
    ) -> *mut PyObject;
    /// Writes an `int` as bytes.
    #[cfg(cpython_as_bytes_may_be_quiet)]
    pub fn _PyLong_AsByteArray(
        long: *mut PyLongObject,
        bytes: *mut core::ffi::c_uchar,
        size: usize,
        little_endian: core::ffi::c_int,
        is_signed: core::ffi::c_int,
        with_exceptions: core::ffi::c_int,
    ) -> core::ffi::c_int;
    /// Changes the size of `bytes` that nobody else has; on failure it frees them, and writes null.
    pub fn _PyBytes_Resize(bytes: *mut *mut PyObject, size: Py_ssize_t) -> core::ffi::c_int;
    /// A static method; pyo3-ffi declares it from 0.30 on.
    pub fn PyStaticMethod_New(callable: *mut PyObject) -> *mut PyObject;
    /// The sign of an `int`.
    pub fn _PyLong_Sign(object: *mut PyObject) -> core::ffi::c_int;
    /// Writes the sign of an `int`, or raises TypeError.
    pub fn PyLong_GetSign(object: *mut PyObject, sign: *mut core::ffi::c_int) -> core::ffi::c_int;
}

/// Drops a reference inline; pyo3-ffi's function is larger.
///
/// # Safety
/// The caller has a reference to `object`, and gives it up.
#[cfg(cpython_bindings_allocate)]
#[inline]
pub unsafe fn Py_DECREF(object: *mut PyObject) {
    // SAFETY: the caller gives its reference up.
    unsafe { _Py_DecRef(object) }
}

/// Drops a reference inline, unless it is null.
///
/// # Safety
/// `object` is null, or the caller has a reference to it, and gives it up.
#[cfg(cpython_bindings_allocate)]
#[inline]
pub unsafe fn Py_XDECREF(object: *mut PyObject) {
    if !object.is_null() {
        // SAFETY: the caller gives its reference up.
        unsafe { _Py_DecRef(object) }
    }
}

/// As much as an `int` of one digit: its head, a word for sign and length, and the digit. Not every version declares it.
#[repr(C)]
pub struct _HPyLong {
    head: PyVarObject,
    digits: usize,
}

/// The size of `bytes`.
///
/// # Safety
/// `object` is `bytes`.
#[inline(always)]
pub unsafe fn PyBytes_GET_SIZE(object: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller passes `bytes`.
    unsafe { Py_SIZE(object) }
}
