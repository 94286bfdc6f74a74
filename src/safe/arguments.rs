// src/safe/arguments.rs: the arguments of a call in the order of the parameters, for the functions of both macros.

use core::cell::Cell;
use core::marker::PhantomData;

use super::{Borrowed, Result};
use crate::__helpers::{ArgSpec, Ordered, count_fits, order_dict, order_names, release};
use crate::raised::Raised;
use crate::*;

/// The arguments of a call, as many as parameters; those with a default may be left out.
pub struct Arguments<'c> {
    ctx: &'c HPyContext,
    values: *const HPy,
    /// How many the array has.
    count: usize,
    /// How many are there for certain.
    required: usize,
    /// Whether all conversions succeeded.
    read: Cell<bool>,
}

impl<'c> Arguments<'c> {
    /// Those of a slot, all of which are there.
    ///
    /// # Safety
    /// The handles are open, and stay so for the time of the call.
    #[inline(always)]
    pub unsafe fn fixed<const N: usize>(ctx: &'c HPyContext, values: &[HPy; N]) -> Arguments<'c> {
        Arguments { ctx, values: values.as_ptr(), count: N, required: N, read: Cell::new(false) }
    }

    /// Those of a call with the convention `HPyFunc_VARARGS`; a wrong number of them is a `TypeError`.
    ///
    /// # Safety
    /// They are those of such a call.
    #[inline(always)]
    pub unsafe fn positional(
        ctx: &'c HPyContext,
        spec: &ArgSpec,
        values: *const HPy,
        count: usize,
    ) -> Result<Arguments<'c>> {
        // SAFETY: the caller's promise.
        match unsafe { count_fits(ctx, spec, values, count) } {
            true => Ok(Arguments { ctx, values, count, required: spec.required, read: Cell::new(false) }),
            false => Err(Raised),
        }
    }

    /// Those of a call with the convention `HPyFunc_KEYWORDS`; ones that do not fit are a `TypeError`.
    ///
    /// # Safety
    /// They are those of such a call. `storage` is `HPy_NULL` for each parameter, and outlives the result.
    #[inline(always)]
    pub unsafe fn keywords(
        ctx: &'c HPyContext,
        spec: &ArgSpec,
        values: *const HPy,
        count: usize,
        names: HPy,
        storage: &mut [HPy],
    ) -> Result<Arguments<'c>> {
        // SAFETY: the caller's promise.
        let ordered = unsafe { order_names(ctx, spec, values, count, names, None, storage) };
        Arguments::ordered(ctx, spec, ordered)
    }

    /// Those of a call with the convention `HPyFunc_NEWFUNC`; ones that do not fit are a `TypeError`.
    ///
    /// # Safety
    /// They are those of such a call, and no unit of `spec` is tracked. `kept` outlives the result.
    #[inline(always)]
    pub unsafe fn dict<const N: usize>(
        spec: &ArgSpec,
        values: *const HPy,
        count: HPy_ssize_t,
        kept: &mut Kept<'c, N>,
    ) -> Result<Arguments<'c>> {
        let count = count as usize;
        kept.positional = count;
        // SAFETY: the caller's promise.
        let ordered = unsafe { order_dict(kept.ctx, spec, values, count, kept.keywords, None, &mut kept.storage) };
        Arguments::ordered(kept.ctx, spec, ordered)
    }

    #[inline(always)]
    fn ordered(ctx: &'c HPyContext, spec: &ArgSpec, ordered: Option<Ordered<'_>>) -> Result<Arguments<'c>> {
        let Ordered { values, count, .. } = ordered.ok_or(Raised)?;
        Ok(Arguments { ctx, values, count, required: spec.required, read: Cell::new(false) })
    }

    /// One that is there for certain. The index is a constant, which leaves nothing of the test.
    #[inline(always)]
    pub fn required(&self, index: usize) -> Borrowed<'c> {
        assert!(index < self.required);
        // SAFETY: that many arguments are there, and open.
        unsafe { Borrowed::from_handle(self.ctx, *self.values.add(index)) }
    }

    /// Notes that the conversions are done.
    #[inline(always)]
    pub fn all_read(&self) {
        self.read.set(true);
    }

    /// Whether the conversions were done: if not, an error is one of them.
    #[inline(always)]
    pub fn were_read(&self) -> bool {
        self.read.get()
    }

    /// One that may be left out.
    #[inline(always)]
    pub fn optional(&self, index: usize) -> Option<Borrowed<'c>> {
        if index >= self.count {
            return None;
        }
        // SAFETY: the array has that many handles, which are open or `HPy_NULL`.
        unsafe {
            let handle = *self.values.add(index);
            (!HPy_IsNull(handle)).then(|| Borrowed::from_handle(self.ctx, handle))
        }
    }
}

/// The values of keyword arguments from a dictionary, which are closed when this goes.
pub struct Kept<'c, const N: usize> {
    ctx: &'c HPyContext,
    storage: [HPy; N],
    positional: usize,
    keywords: HPy,
    /// Closed in the interpreter.
    here: PhantomData<*mut ()>,
}

impl<'c, const N: usize> Kept<'c, N> {
    /// None yet.
    ///
    /// # Safety
    /// `keywords` is an open handle of a dictionary, or `HPy_NULL`, for the time of the call.
    #[inline(always)]
    pub unsafe fn new(ctx: &'c HPyContext, keywords: HPy) -> Kept<'c, N> {
        Kept { ctx, storage: [HPy_NULL; N], positional: N, keywords, here: PhantomData }
    }
}

impl<const N: usize> Drop for Kept<'_, N> {
    #[inline(always)]
    fn drop(&mut self) {
        if !HPy_IsNull(self.keywords) {
            // SAFETY: the handles beyond the positional ones are this value's own.
            unsafe { release(self.ctx, &self.storage, self.positional) }
        }
    }
}
