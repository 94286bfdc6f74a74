// src/safe/calls.rs: what is done with an object: attributes, items, calls, comparisons.

use core::ffi::CStr;

use super::{Exception, IntoObject, Object, Result};
use crate::raised::Raised;
use crate::*;

/// 0, or -1 with an exception set.
#[inline(always)]
pub(super) fn done(result: c_int) -> Result<()> {
    if result < 0 { Err(Raised) } else { Ok(()) }
}

impl<'c> Object<'c> {
    /// A new object that a call of HPy returns for this one.
    ///
    /// # Safety
    /// `call` returns a new handle, or `HPy_NULL` with an exception set.
    #[inline(always)]
    unsafe fn new_by(&self, call: impl FnOnce(&'c HPyContext, HPy) -> HPy) -> Result<Object<'c>> {
        // SAFETY: the caller's promise.
        unsafe { Object::from_handle(self.context(), call(self.context(), self.handle())) }
    }

    /// Whether this is the object of a handle, such as `ctx.h_None`.
    #[inline(always)]
    pub(crate) fn is(&self, handle: HPy) -> bool {
        // SAFETY: the handle is open, and the other one is the context's.
        unsafe { HPy_Is(self.context(), self.handle(), handle) != 0 }
    }

    /// Whether both are the same object, as Python's `is` says.
    #[inline(always)]
    pub fn is_same(&self, other: &Object<'c>) -> bool {
        self.is(other.handle())
    }

    /// Whether it is `None`.
    #[inline(always)]
    pub fn is_none(&self) -> bool {
        self.is(self.context().h_None)
    }

    /// Whether it is true, as `bool(object)` says. Raises what `__bool__` raises.
    #[inline(always)]
    pub fn is_true(&self) -> Result<bool> {
        // SAFETY: the handle is open.
        match unsafe { HPy_IsTrue(self.context(), self.handle()) } {
            -1 => Err(Raised),
            answer => Ok(answer != 0),
        }
    }

    /// The object's type.
    #[inline]
    pub fn class(&self) -> Result<Object<'c>> {
        // SAFETY: the handle is open, and the result is new.
        unsafe { self.new_by(|ctx, h| HPy_Type(ctx, h)) }
    }

    /// `len(object)`. Raises `TypeError` if it has none.
    #[inline]
    #[allow(clippy::len_without_is_empty, reason = "Python asks the truth of an object instead")]
    pub fn len(&self) -> Result<usize> {
        // SAFETY: the handle is open.
        usize::try_from(unsafe { HPy_Length(self.context(), self.handle()) }).map_err(|_| Raised)
    }

    /// `repr(object)`, a `str`.
    pub fn repr(&self) -> Result<Object<'c>> {
        // SAFETY: the handle is open, and the result is new.
        unsafe { self.new_by(|ctx, h| HPy_Repr(ctx, h)) }
    }

    /// `str(object)`.
    pub fn str(&self) -> Result<Object<'c>> {
        // SAFETY: the handle is open, and the result is new.
        unsafe { self.new_by(|ctx, h| HPy_Str(ctx, h)) }
    }

    /// `hash(object)`. Raises `TypeError` if it has none.
    pub fn hash(&self) -> Result<HPy_hash_t> {
        // SAFETY: the handle is open.
        match unsafe { HPy_Hash(self.context(), self.handle()) } {
            -1 => Err(Raised),
            hash => Ok(hash),
        }
    }

    /// A comparison, such as `HPy_EQ`: `a.compare(b, HPy_LT)?` is `bool(a < b)`.
    #[inline]
    pub fn compare(&self, other: impl IntoObject<'c>, op: HPy_RichCmpOp) -> Result<bool> {
        let ctx = self.context();
        // SAFETY: the handles are open.
        let answer =
            other.with_handle(ctx, |other| unsafe { HPy_RichCompareBool(ctx, self.handle(), other, op as _) })?;
        done(answer).map(|()| answer != 0)
    }

    /// `object.name`. Raises `AttributeError` if there is no such attribute.
    #[inline]
    pub fn get_attr(&self, name: &CStr) -> Result<Object<'c>> {
        // SAFETY: the handle is open, the name is a C string, and the result is new.
        unsafe { self.new_by(|ctx, h| HPy_GetAttr_s(ctx, h, name.as_ptr())) }
    }

    /// `object.name = value`.
    #[inline]
    pub fn set_attr(&self, name: &CStr, value: impl IntoObject<'c>) -> Result<()> {
        let ctx = self.context();
        // SAFETY: the handles are open, and the name is a C string.
        value
            .with_handle(ctx, |value| unsafe { HPy_SetAttr_s(ctx, self.handle(), name.as_ptr(), value) })
            .and_then(done)
    }

    /// `object[key]`. Raises `KeyError` or `IndexError` if there is no such item.
    #[inline]
    pub fn get_item(&self, key: impl IntoObject<'c>) -> Result<Object<'c>> {
        let ctx = self.context();
        // SAFETY: the handles are open, and the result is new.
        unsafe { Object::from_handle(ctx, key.with_handle(ctx, |key| HPy_GetItem(ctx, self.handle(), key))?) }
    }

    /// `object[index]`. Raises `IndexError` if there is no such item.
    #[inline]
    pub fn get_index(&self, index: usize) -> Result<Object<'c>> {
        // SAFETY: the handle is open, and the result is new.
        unsafe { self.new_by(|ctx, h| HPy_GetItem_i(ctx, h, index as HPy_ssize_t)) }
    }

    /// `object[key] = value`.
    #[inline]
    pub fn set_item(&self, key: impl IntoObject<'c>, value: impl IntoObject<'c>) -> Result<()> {
        let ctx = self.context();
        // SAFETY: the handles are open.
        let set = |key, value| unsafe { HPy_SetItem(ctx, self.handle(), key, value) };
        done(key.with_handle(ctx, |key| value.with_handle(ctx, |value| set(key, value)))??)
    }

    /// `del object[key]`. Raises `KeyError` or `IndexError` if there is no such item.
    #[inline]
    pub fn delete_item(&self, key: impl IntoObject<'c>) -> Result<()> {
        let ctx = self.context();
        // SAFETY: the handles are open.
        done(key.with_handle(ctx, |key| unsafe { HPy_DelItem(ctx, self.handle(), key) })?)
    }

    /// `item in object`.
    #[inline]
    pub fn contains(&self, item: impl IntoObject<'c>) -> Result<bool> {
        let ctx = self.context();
        // SAFETY: the handles are open.
        let answer = item.with_handle(ctx, |item| unsafe { HPy_Contains(ctx, self.handle(), item) })?;
        done(answer).map(|()| answer != 0)
    }

    /// Appends to a list. Raises `TypeError` if this is none.
    #[inline]
    pub fn append(&self, item: impl IntoObject<'c>) -> Result<()> {
        let ctx = self.context();
        // SAFETY: the handles are open.
        unsafe {
            if HPyList_Check(ctx, self.handle()) == 0 {
                return super::TypeError::raise(ctx, "a list is needed to append to");
            }
            done(item.with_handle(ctx, |item| HPyList_Append(ctx, self.handle(), item))?)
        }
    }

    /// An empty `dict`.
    #[inline]
    pub fn dict(ctx: &'c HPyContext) -> Result<Object<'c>> {
        // SAFETY: the context is that of the running call, and the result is new.
        unsafe { Object::from_handle(ctx, HPyDict_New(ctx)) }
    }

    /// Calls the object: `object.call(&[&a, &b])?` is `object(a, b)`.
    #[inline]
    pub fn call<const N: usize>(&self, arguments: &[&Object<'c>; N]) -> Result<Object<'c>> {
        let handles = arguments.map(Object::handle);
        // SAFETY: the handles are open, and as many as the length says; the result is new.
        unsafe { self.new_by(|ctx, h| HPy_Call(ctx, h, handles.as_ptr(), N, HPy_NULL)) }
    }

    /// Calls the object with one argument that is no object yet: `object.call_with(2)?`.
    #[inline]
    pub fn call_with(&self, argument: impl IntoObject<'c>) -> Result<Object<'c>> {
        let ctx = self.context();
        // SAFETY: the handles are open, there is one argument, and the result is new.
        let call = |argument| unsafe { HPy_Call(ctx, self.handle(), &argument, 1, HPy_NULL) };
        // SAFETY: as above.
        unsafe { Object::from_handle(ctx, argument.with_handle(ctx, call)?) }
    }

    /// Calls a method: `object.call_method("append", &[&item])?` is `object.append(item)`.
    pub fn call_method(&self, name: &str, arguments: &[&Object<'c>]) -> Result<Object<'c>> {
        /// How many arguments need no tuple.
        const FEW: usize = 8;
        let ctx = self.context();
        let mut handles = [HPy_NULL; FEW + 1];
        handles[0] = self.handle();
        if arguments.len() > FEW {
            return super::TypeError::raise(ctx, format_args!("call_method takes {FEW} arguments at most"));
        }
        for (handle, argument) in handles[1..].iter_mut().zip(arguments) {
            *handle = argument.handle();
        }
        let count = arguments.len() + 1;
        // SAFETY: the handles are open, and as many as the count says.
        let call = |name| unsafe { HPy_CallMethod(ctx, name, handles.as_ptr(), count, HPy_NULL) };
        // SAFETY: the result is new.
        unsafe { Object::from_handle(ctx, name.with_handle(ctx, call)?) }
    }

    /// `object << bits`.
    pub(crate) fn shift_left(&self, bits: u32) -> Result<Object<'c>> {
        // SAFETY: the handles are open, and the result is new.
        unsafe { self.binary(bits, |ctx, a, b| HPy_Lshift(ctx, a, b)) }
    }

    /// `object >> bits`.
    pub(crate) fn shift_right(&self, bits: u32) -> Result<Object<'c>> {
        // SAFETY: the handles are open, and the result is new.
        unsafe { self.binary(bits, |ctx, a, b| HPy_Rshift(ctx, a, b)) }
    }

    /// `object | other`.
    pub(crate) fn bit_or(&self, other: u64) -> Result<Object<'c>> {
        // SAFETY: the handles are open, and the result is new.
        unsafe { self.binary(other, |ctx, a, b| HPy_Or(ctx, a, b)) }
    }

    /// # Safety
    /// `call` returns a new handle, or `HPy_NULL` with an exception set.
    unsafe fn binary(
        &self,
        other: impl IntoObject<'c>,
        call: impl FnOnce(&'c HPyContext, HPy, HPy) -> HPy,
    ) -> Result<Object<'c>> {
        let ctx = self.context();
        // SAFETY: the caller's promise.
        unsafe { Object::from_handle(ctx, other.with_handle(ctx, |other| call(ctx, self.handle(), other))?) }
    }
}
