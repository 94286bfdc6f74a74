// src/loader/recursion.rs: loaders limit the recursion of the functions that they call.

/// Calls, for what a loader has counted already.
#[inline(always)]
pub(crate) fn charged<R>(call: impl FnOnce() -> R) -> Option<R> {
    Some(call())
}
