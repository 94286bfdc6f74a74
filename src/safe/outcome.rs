// src/safe/outcome.rs: what a function in Rust returns, as CPython takes it.

use super::{Exception, IntoObject, Object, Result};
use crate::raised::Raised;
use crate::*;

/// What a function returns to Python: a value, or a [`Result`] with one.
#[diagnostic::on_unimplemented(
    message = "a function that returns `{Self}` returns nothing that Python takes",
    label = "it returns `{Self}`",
    note = "a function returns a value that becomes an object, or a `Result` with one: see `IntoObject`"
)]
pub trait Outcome<'c> {
    /// The object.
    fn outcome(self, ctx: &'c HPyContext) -> Result<Object<'c>>;
}

impl<'c, T: IntoObject<'c>> Outcome<'c> for T {
    #[inline(always)]
    fn outcome(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        self.into_object(ctx)
    }
}

impl<'c, T: IntoObject<'c>> Outcome<'c> for Result<T> {
    #[inline(always)]
    fn outcome(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        self?.into_object(ctx)
    }
}

/// What a slot returns that gives no object: a value of one type, or a [`Result`] with one.
#[diagnostic::on_unimplemented(
    message = "this function returns `{T}`, or a `Result` with one",
    label = "it returns `{Self}`"
)]
pub trait Returned<T> {
    /// The value.
    fn returned(self) -> Result<T>;
}

impl<T> Returned<T> for T {
    #[inline(always)]
    fn returned(self) -> Result<T> {
        Ok(self)
    }
}

impl<T> Returned<T> for Result<T> {
    #[inline(always)]
    fn returned(self) -> Result<T> {
        self
    }
}

/// What `__next__` returns: the next item, or `None` at the end; or a [`Result`] with one of the two.
#[diagnostic::on_unimplemented(
    message = "`__next__` returns an `Option`, or a `Result` with one",
    label = "it returns `{Self}`"
)]
pub trait Next<'c> {
    /// The item, if there is one.
    fn next(self, ctx: &'c HPyContext) -> Result<Option<Object<'c>>>;
}

impl<'c, T: IntoObject<'c>> Next<'c> for Option<T> {
    #[inline(always)]
    fn next(self, ctx: &'c HPyContext) -> Result<Option<Object<'c>>> {
        self.map(|item| item.into_object(ctx)).transpose()
    }
}

impl<'c, T: IntoObject<'c>> Next<'c> for Result<Option<T>> {
    #[inline(always)]
    fn next(self, ctx: &'c HPyContext) -> Result<Option<Object<'c>>> {
        self?.next(ctx)
    }
}

/// The end of a function that gives the next item: `HPy_NULL` without an exception is the end.
#[inline(always)]
pub fn next<'c>(call: impl FnOnce() -> Result<Option<Object<'c>>>) -> HPy {
    match call() {
        Ok(Some(object)) => object.into_handle(),
        Ok(None) | Err(Raised) => HPy_NULL,
    }
}

/// The end of a function that gives an object.
#[inline(always)]
pub fn object<'c>(call: impl FnOnce() -> Result<Object<'c>>) -> HPy {
    match call() {
        Ok(object) => object.into_handle(),
        Err(Raised) => HPy_NULL,
    }
}

/// The end of a function that says that it is done.
#[inline(always)]
pub fn done(call: impl FnOnce() -> Result<()>) -> c_int {
    call().map_or(-1, |()| 0)
}

/// The end of a function that says yes or no.
#[inline(always)]
pub fn truth(call: impl FnOnce() -> Result<bool>) -> c_int {
    call().map_or(-1, c_int::from)
}

/// The end of a function that gives a length.
#[inline(always)]
pub fn length(ctx: &HPyContext, call: impl FnOnce() -> Result<usize>) -> HPy_ssize_t {
    match call().map(HPy_ssize_t::try_from) {
        Ok(Ok(length)) => length,
        Ok(Err(_)) => super::OverflowError::raise::<HPy_ssize_t>(ctx, "the length does not fit").unwrap_or(-1),
        Err(Raised) => -1,
    }
}

/// The end of a function that gives a hash: -1 stands for an error.
#[inline(always)]
pub fn hash(call: impl FnOnce() -> Result<u64>) -> HPy_hash_t {
    match call() {
        Ok(hash) if hash as HPy_hash_t == -1 => -2,
        Ok(hash) => hash as HPy_hash_t,
        Err(Raised) => -1,
    }
}

/// The end of a binary operator: `NotImplemented` for an operand that it does not take.
#[inline(always)]
pub fn operator<'c>(ctx: &'c HPyContext, is_taken: Result<bool>, call: impl FnOnce() -> Result<Object<'c>>) -> HPy {
    object(|| if is_taken? { call() } else { Ok((*ctx.not_implemented()).clone()) })
}

/// What an operator gives: its result, or `NotImplemented` where the operand was refused by a `TypeError`.
#[inline(always)]
pub fn answer<'c, T: IntoObject<'c>>(
    ctx: &'c HPyContext,
    arguments: &super::arguments::Arguments<'c>,
    result: Result<T>,
) -> Result<Object<'c>> {
    match result {
        Ok(value) => value.into_object(ctx),
        Err(raised) if !arguments.were_read() && raised.is::<super::TypeError>(ctx) => {
            raised.clear(ctx);
            Ok((*ctx.not_implemented()).clone())
        }
        Err(raised) => Err(raised),
    }
}
