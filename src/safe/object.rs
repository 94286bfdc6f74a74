// src/safe/object.rs: an owned handle that closes itself, a borrowed one, and the two conversions.

use core::fmt;
use core::mem::ManuallyDrop;
use core::ops::Deref;

use super::Result;
use crate::raised::Raised;
use crate::*;

/// A Python object: an open handle, which closes itself.
///
/// It keeps the context of the call in which it was made, and lives no longer. `clone` makes another handle of the same object.
#[repr(C)]
pub struct Object<'c> {
    handle: HPy,
    ctx: &'c HPyContext,
}

impl Drop for Object<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the handle is this object's own, and nobody else closes it.
        unsafe { HPy_Close(self.ctx, self.handle) }
    }
}

impl Clone for Object<'_> {
    #[inline(always)]
    fn clone(&self) -> Self {
        // SAFETY: the handle is open, so its duplicate is not null.
        Object { handle: unsafe { HPy_Dup(self.ctx, self.handle) }, ctx: self.ctx }
    }
}

/// The object as `repr` shows it, or its error.
impl fmt::Debug for Object<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.repr() {
            Ok(text) => out.write_str(text.to_str().unwrap_or("<no UTF-8>")),
            Err(raised) => {
                raised.clear(self.ctx);
                out.write_str("<an object whose repr raises>")
            }
        }
    }
}

impl<'c> Object<'c> {
    /// Takes a new handle, as HPy's functions return it; `HPy_NULL` is an error.
    ///
    /// # Safety
    /// `handle` is an open handle of the caller's own, or `HPy_NULL` with an exception set. `ctx` is the context of the
    /// running call.
    #[inline(always)]
    pub unsafe fn from_handle(ctx: &'c HPyContext, handle: HPy) -> Result<Object<'c>> {
        if HPy_IsNull(handle) { Err(Raised) } else { Ok(Object { handle, ctx }) }
    }

    /// The handle, which stays this object's: for HPy's functions.
    #[inline(always)]
    pub fn handle(&self) -> HPy {
        self.handle
    }

    /// The handle, which becomes the caller's to close, or to return to Python.
    #[inline(always)]
    pub fn into_handle(self) -> HPy {
        ManuallyDrop::new(self).handle
    }

    /// The context of the call.
    #[inline(always)]
    pub fn context(&self) -> &'c HPyContext {
        self.ctx
    }

    /// The object as a Rust value: `object.extract::<f64>()?`.
    ///
    /// The error is the conversion's: mostly a `TypeError`, or an `OverflowError` for a number that does not fit.
    #[inline(always)]
    pub fn extract<'a, T: FromObject<'a, 'c>>(&'a self) -> Result<T> {
        T::from_object(self)
    }
}

/// The handle of an object that somebody else keeps open for the lifetime `'c`: an argument, or a constant of the context.
///
/// It closes nothing. It derefs to an [`Object`], which can be cloned.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Borrowed<'c> {
    handle: HPy,
    ctx: &'c HPyContext,
}

impl<'c> Borrowed<'c> {
    /// Borrows a handle.
    ///
    /// # Safety
    /// `handle` is open for `'c`, and `ctx` is the context of the running call.
    #[inline(always)]
    pub unsafe fn from_handle(ctx: &'c HPyContext, handle: HPy) -> Borrowed<'c> {
        Borrowed { handle, ctx }
    }
}

impl<'c> Deref for Borrowed<'c> {
    type Target = Object<'c>;

    #[inline(always)]
    fn deref(&self) -> &Object<'c> {
        // SAFETY: both have the same fields in C's layout, and the handle is open for as long as the reference lives.
        unsafe { &*(&raw const *self).cast() }
    }
}

impl fmt::Debug for Borrowed<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, out)
    }
}

/// What can be made from a Python object: an argument of a function, the result of [`Object::extract`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not made from a Python object",
    label = "an argument of this type, or an `extract` to it",
    note = "numbers, `bool`, `&str`, `Bytes`, `&Object`, `Option`, tuples, arrays and `Ref<Class>` are; \
            with `std` also `String`, `Vec` and maps"
)]
pub trait FromObject<'a, 'c>: Sized {
    /// The value of `object`, which stays the caller's; otherwise an exception is set.
    fn from_object(object: &'a Object<'c>) -> Result<Self>;
}

/// What becomes a Python object: the result of a function, an argument of a call.
#[diagnostic::on_unimplemented(
    message = "`{Self}` becomes no Python object",
    label = "a value of this type goes to Python here",
    note = "numbers, `bool`, `&str`, `Bytes`, `Object`, `Option`, tuples, arrays, slices and classes of `HPyType!` do; \
            with `std` also `String`, `Vec` and maps"
)]
pub trait IntoObject<'c>: Sized {
    /// A new object; otherwise an exception is set.
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>>;

    /// A new object from a value that stays the caller's; otherwise an exception is set.
    #[inline(always)]
    fn copy_into_object(&self, ctx: &'c HPyContext) -> Result<Object<'c>>
    where
        Self: Clone,
    {
        self.clone().into_object(ctx)
    }

    /// Calls `f` with a handle of the object, which is open for the time of the call.
    #[inline(always)]
    fn with_handle<R>(self, ctx: &'c HPyContext, f: impl FnOnce(HPy) -> R) -> Result<R> {
        let object = self.into_object(ctx)?;
        Ok(f(object.handle))
    }
}

impl<'a, 'c> FromObject<'a, 'c> for &'a Object<'c> {
    #[inline(always)]
    fn from_object(object: &'a Object<'c>) -> Result<Self> {
        Ok(object)
    }
}

impl<'c> FromObject<'_, 'c> for Object<'c> {
    #[inline(always)]
    fn from_object(object: &Object<'c>) -> Result<Self> {
        Ok(object.clone())
    }
}

impl<'c> IntoObject<'c> for Object<'c> {
    #[inline(always)]
    fn into_object(self, _: &'c HPyContext) -> Result<Object<'c>> {
        Ok(self)
    }
}

impl<'c> IntoObject<'c> for &Object<'c> {
    #[inline(always)]
    fn into_object(self, _: &'c HPyContext) -> Result<Object<'c>> {
        Ok(self.clone())
    }

    #[inline(always)]
    fn with_handle<R>(self, _: &'c HPyContext, f: impl FnOnce(HPy) -> R) -> Result<R> {
        Ok(f(self.handle))
    }
}

impl<'c> IntoObject<'c> for Borrowed<'c> {
    #[inline(always)]
    fn into_object(self, _: &'c HPyContext) -> Result<Object<'c>> {
        Ok((*self).clone())
    }

    #[inline(always)]
    fn with_handle<R>(self, _: &'c HPyContext, f: impl FnOnce(HPy) -> R) -> Result<R> {
        Ok(f(self.handle))
    }
}
