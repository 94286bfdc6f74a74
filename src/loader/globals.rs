// src/loader/globals.rs: loads globals, with the check for never stored ones that loaders lack.

use core::ptr;

use crate::*;

#[doc = table_doc!("HPyGlobal_Load")]
#[inline]
pub unsafe fn HPyGlobal_Load(ctx: &HPyContext, global: &HPyGlobal) -> HPy {
    // SAFETY: the caller's promise, which holds the interpreter's lock.
    unsafe {
        let value = ptr::read(global);
        if (*value._i.get()).is_null() { HPy_NULL } else { (ctx.ctx_Global_Load)(ctx, value) }
    }
}

/// Gives the object that `global` holds for a short use, which the native ABI does not count: for a type test, a lookup by a name,
/// a new instance. The counterpart is [`HPyGlobal_EndBorrow`].
///
/// Returns a handle, or `HPy_NULL` without an exception if the global is empty.
///
/// # Safety
/// [`HPyGlobal_EndBorrow`] ends the use, not [`HPy_Close`]; until then, nothing stores another value in the global.
#[inline]
pub unsafe fn HPyGlobal_Borrow(ctx: &HPyContext, global: &HPyGlobal) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { HPyGlobal_Load(ctx, global) }
}

/// Ends the use of a handle that [`HPyGlobal_Borrow`] gave.
///
/// # Safety
/// `h` is such a handle, and this is its last use.
#[inline]
pub unsafe fn HPyGlobal_EndBorrow(ctx: &HPyContext, h: HPy) {
    // SAFETY: the caller's promise.
    unsafe { HPy_Close(ctx, h) }
}
