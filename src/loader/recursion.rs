// src/loader/recursion.rs: loaders limit the recursion of the functions that they call.

use crate::c_int;
use crate::panic::CHARGE;

/// Calls, for what a loader has counted already, or sets `RecursionError`: an unoptimised build counts for more calls, where the
/// loader is this project's.
#[inline(always)]
pub(crate) fn charged<R>(call: impl FnOnce() -> R) -> Option<R> {
    const MORE: c_int = CHARGE as c_int - 1;
    if MORE == 0 {
        return Some(call());
    }
    let charge = |calls| match super::context::host() {
        // SAFETY: the interpreter calls a function with the interpreter held.
        Some(host) => unsafe { (host.charge)(calls) == 0 },
        None => true,
    };
    charge(MORE).then(|| {
        let result = call();
        charge(-MORE);
        result
    })
}
