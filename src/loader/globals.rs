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
