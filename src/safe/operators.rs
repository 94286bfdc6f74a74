// src/safe/operators.rs: an operator of a class, which is one slot for both sides: the functions of each side, and which there are.

use core::marker::PhantomData;

use super::{Object, Result};
use crate::*;

/// A class with the function of an operator for the left side, such as `__add__`.
///
/// # Safety
/// [`left`](Left::left) takes any instance of the class.
pub unsafe trait Left<const SLOT: HPySlot_Slot> {
    /// The result, or `NotImplemented`.
    ///
    /// # Safety
    /// `this` is an open handle of an instance, and `other` an open handle.
    unsafe fn left(ctx: &HPyContext, this: HPy, other: HPy) -> Result<Object<'_>>;
}

/// A class with the function of an operator for the right side, such as `__radd__`.
///
/// # Safety
/// [`right`](Right::right) takes any instance of the class.
pub unsafe trait Right<const SLOT: HPySlot_Slot> {
    /// The result, or `NotImplemented`.
    ///
    /// # Safety
    /// `this` is an open handle of an instance, and `other` an open handle.
    unsafe fn right(ctx: &HPyContext, this: HPy, other: HPy) -> Result<Object<'_>>;
}

/// The functions that a class has for an operator: its own items go before those of the traits below.
pub struct Operands<T, const SLOT: HPySlot_Slot>(PhantomData<T>);

impl<T: Left<SLOT>, const SLOT: HPySlot_Slot> Operands<T, SLOT> {
    /// There is one for the left side.
    pub const HAS_LEFT: bool = true;

    /// The result of the left side.
    ///
    /// # Safety
    /// As of [`Left::left`].
    #[inline(always)]
    pub unsafe fn left(ctx: &HPyContext, this: HPy, other: HPy) -> Result<Object<'_>> {
        // SAFETY: the caller's promise.
        unsafe { T::left(ctx, this, other) }
    }
}

impl<T: Right<SLOT>, const SLOT: HPySlot_Slot> Operands<T, SLOT> {
    /// There is one for the right side.
    pub const HAS_RIGHT: bool = true;

    /// The result of the right side.
    ///
    /// # Safety
    /// As of [`Right::right`].
    #[inline(always)]
    pub unsafe fn right(ctx: &HPyContext, this: HPy, other: HPy) -> Result<Object<'_>> {
        // SAFETY: the caller's promise.
        unsafe { T::right(ctx, this, other) }
    }
}

/// A class without a function for the left side.
pub trait WithoutLeft {
    /// There is none.
    const HAS_LEFT: bool = false;

    /// `NotImplemented`.
    ///
    /// # Safety
    /// None needed; the function of the same name has a contract.
    unsafe fn left(ctx: &HPyContext, _this: HPy, _other: HPy) -> Result<Object<'_>> {
        not_implemented(ctx)
    }
}

impl<T, const SLOT: HPySlot_Slot> WithoutLeft for Operands<T, SLOT> {}

/// A class without a function for the right side.
pub trait WithoutRight {
    /// There is none.
    const HAS_RIGHT: bool = false;

    /// `NotImplemented`.
    ///
    /// # Safety
    /// None needed; the function of the same name has a contract.
    unsafe fn right(ctx: &HPyContext, _this: HPy, _other: HPy) -> Result<Object<'_>> {
        not_implemented(ctx)
    }
}

impl<T, const SLOT: HPySlot_Slot> WithoutRight for Operands<T, SLOT> {}

/// What an operator gives that is not for its operands.
#[inline(always)]
pub fn not_implemented(ctx: &HPyContext) -> Result<Object<'_>> {
    Ok((*ctx.not_implemented()).clone())
}
