// src/loader/handles.rs: compares handles, in place where they are the objects themselves.

use crate::*;

#[doc = table_doc!("HPy_Is")]
#[inline]
pub unsafe fn HPy_Is(ctx: &HPyContext, obj: HPy, other: HPy) -> c_int {
    match super::context::short() {
        Some(_) => c_int::from(obj._i == other._i),
        // SAFETY: the caller's promise.
        None => unsafe { (ctx.ctx_Is)(ctx, obj, other) },
    }
}
