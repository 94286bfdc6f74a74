// src/native/body.rs: what the bodies of the table, as the generator writes them in Rust, are made of.

pub(crate) use super::kept_names::kept_name;
use super::layout;
use crate::*;

/// A value that may be null in C: a pointer, or a function.
pub(crate) trait Null {
    const NULL: Self;
    fn is_null(&self) -> bool;
}

impl<T> Null for *mut T {
    const NULL: *mut T = core::ptr::null_mut();
    #[inline(always)]
    fn is_null(&self) -> bool {
        <*mut T>::is_null(*self)
    }
}

impl<T> Null for *const T {
    const NULL: *const T = core::ptr::null();
    #[inline(always)]
    fn is_null(&self) -> bool {
        <*const T>::is_null(*self)
    }
}

/// A C function.
impl<T> Null for Option<T> {
    const NULL: Option<T> = None;
    #[inline(always)]
    fn is_null(&self) -> bool {
        self.is_none()
    }
}

/// C's `NULL`.
#[inline(always)]
pub(crate) const fn null<T: Null>() -> T {
    T::NULL
}

/// Whether `value == NULL`.
#[inline(always)]
pub(crate) fn is_null<T: Null>(value: T) -> bool {
    value.is_null()
}

// Each is called on the versions where the table says so.
#[allow(dead_code)]
unsafe extern "C" {
    /// C's function.
    pub(crate) fn strlen(text: *const c_char) -> usize;
    /// C's function.
    pub(crate) fn memcmp(left: *const c_char, right: *const c_char, size: usize) -> c_int;
}

/// Where the struct `Head` of an object ends.
///
/// # Safety
/// The object is alive, and has the struct.
#[inline(always)]
pub(crate) unsafe fn end<Head>(object: *mut cpy_PyObject) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { object.cast::<Head>().add(1).cast() }
}

/// The memory that begins behind the struct `Head` of an object.
///
/// # Safety
/// The object has memory there.
#[inline(always)]
pub(crate) unsafe fn behind<Head>(object: *mut cpy_PyObject) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { object.cast::<u8>().add(const { layout::behind(size_of::<Head>()) }).cast() }
}
