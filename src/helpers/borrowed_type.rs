// src/helpers/borrowed_type.rs: the type of an object for a short use, without a count.

use crate::abi::borrowed::{TYPES, type_of};
use crate::*;

/// Gives the type of the object `obj` for a short use, which the native ABI does not count: for a type test, a new instance. The
/// counterpart is [`HPy_EndBorrowType`].
///
/// Never gives `HPy_NULL`.
///
/// # Safety
/// [`HPy_EndBorrowType`] ends the use, not [`HPy_Close`]; until then `obj` lives, and nothing assigns its `__class__`: no Python code
/// runs that could.
#[inline(always)]
pub unsafe fn HPy_BorrowType(ctx: &HPyContext, obj: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { type_of(obj).unwrap_or_else(|| HPy_Type(ctx, obj)) }
}

/// Ends the use of a handle that [`HPy_BorrowType`] gave.
///
/// # Safety
/// `ty` is such a handle, and this is its last use.
#[inline(always)]
pub unsafe fn HPy_EndBorrowType(ctx: &HPyContext, ty: HPy) {
    if !TYPES {
        // SAFETY: the caller's promise.
        unsafe { HPy_Close(ctx, ty) }
    }
}
