// src/safe/assignment.rs: setting and deleting items or attributes of a class, which is one slot: which functions there are.

use core::marker::PhantomData;

use super::Result;
use super::calls::done;
use super::exceptions::{Exception, TypeError};
use crate::*;

/// A class with a function that sets: `__setitem__` or `__setattr__`.
///
/// # Safety
/// [`set`](Sets::set) takes any instance of the class.
pub unsafe trait Sets<const SLOT: HPySlot_Slot> {
    /// Sets it.
    ///
    /// # Safety
    /// `this` is an open handle of an instance, and the others are open handles.
    unsafe fn set(ctx: &HPyContext, this: HPy, key: HPy, value: HPy) -> Result<()>;
}

/// A class with a function that deletes: `__delitem__` or `__delattr__`.
///
/// # Safety
/// [`delete`](Deletes::delete) takes any instance of the class.
pub unsafe trait Deletes<const SLOT: HPySlot_Slot> {
    /// Deletes it.
    ///
    /// # Safety
    /// `this` is an open handle of an instance, and `key` an open handle.
    unsafe fn delete(ctx: &HPyContext, this: HPy, key: HPy) -> Result<()>;
}

/// The functions that a class has for a slot: its own items go before those of the traits below.
pub struct Assignment<T, const SLOT: HPySlot_Slot>(PhantomData<T>);

impl<T: Sets<SLOT>, const SLOT: HPySlot_Slot> Assignment<T, SLOT> {
    /// There is one that sets.
    pub const HAS_SET: bool = true;

    /// Sets it.
    ///
    /// # Safety
    /// As of [`Sets::set`].
    #[inline(always)]
    pub unsafe fn set(ctx: &HPyContext, this: HPy, key: HPy, value: HPy) -> Result<()> {
        // SAFETY: the caller's promise.
        unsafe { T::set(ctx, this, key, value) }
    }
}

impl<T: Deletes<SLOT>, const SLOT: HPySlot_Slot> Assignment<T, SLOT> {
    /// Deletes it.
    ///
    /// # Safety
    /// As of [`Deletes::delete`].
    #[inline(always)]
    pub unsafe fn delete(ctx: &HPyContext, this: HPy, key: HPy) -> Result<()> {
        // SAFETY: the caller's promise.
        unsafe { T::delete(ctx, this, key) }
    }
}

/// A class without a function that sets: its attributes are set as an object's are, and its items are not.
pub trait WithoutSet {
    /// There is none.
    const HAS_SET: bool = false;

    /// Sets an attribute of an object.
    ///
    /// # Safety
    /// The handles are open.
    unsafe fn set(ctx: &HPyContext, this: HPy, key: HPy, value: HPy) -> Result<()>;
}

impl<T, const SLOT: HPySlot_Slot> WithoutSet for Assignment<T, SLOT> {
    unsafe fn set(ctx: &HPyContext, this: HPy, key: HPy, value: HPy) -> Result<()> {
        match SLOT {
            // SAFETY: the caller's promise.
            HPy_tp_setattro => unsafe { attribute(ctx, this, key, value) },
            _ => TypeError::raise(ctx, "this object's items cannot be set"),
        }
    }
}

/// A class without a function that deletes.
pub trait WithoutDelete {
    /// Deletes an attribute of an object.
    ///
    /// # Safety
    /// The handles are open.
    unsafe fn delete(ctx: &HPyContext, this: HPy, key: HPy) -> Result<()>;
}

impl<T, const SLOT: HPySlot_Slot> WithoutDelete for Assignment<T, SLOT> {
    unsafe fn delete(ctx: &HPyContext, this: HPy, key: HPy) -> Result<()> {
        match SLOT {
            // SAFETY: the caller's promise; null deletes.
            HPy_tp_setattro => unsafe { attribute(ctx, this, key, HPy_NULL) },
            _ => TypeError::raise(ctx, "this object's items cannot be deleted"),
        }
    }
}

/// # Safety
/// The handles are open, or `value` is null.
unsafe fn attribute(ctx: &HPyContext, this: HPy, name: HPy, value: HPy) -> Result<()> {
    // SAFETY: the caller's promise.
    done(unsafe { HPy_GenericSetAttr(ctx, this, name, value) })
}
