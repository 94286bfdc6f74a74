// abi-tests/src/calls.rs: every function of the API that takes plain values, as the table lists them.

#![allow(clippy::unnecessary_cast)]

use crate::support::{Give, arguments, c_string, close_all, int, items, or_null};
use hpy_sys::*;

/// The items of a tuple, with `HPy_NULL` for `...`; they are closed with `close_all`.
unsafe fn handles(ctx: &HPyContext, tuple: HPy) -> Vec<HPy> {
    let null = |h| {
        let given = or_null(ctx, h);
        if HPy_IsNull(given) {
            HPy_Close(ctx, h);
        }
        given
    };
    items(ctx, tuple).into_iter().map(null).collect()
}

/// A pointer for a capsule.
fn pointer(number: i64) -> *mut c_void {
    static MEMORY: [u8; 16] = [0; 16];
    if number == 0 { core::ptr::null_mut() } else { MEMORY.as_ptr().cast_mut().cast() }
}

/// `None` for no handle.
unsafe fn quiet(ctx: &HPyContext, h: HPy) -> HPy {
    if HPy_IsNull(h) { ().give(ctx) } else { h }
}

impl Give for *mut c_void {
    unsafe fn give(self, ctx: &HPyContext) -> HPy {
        if self.is_null() { ().give(ctx) } else { true.give(ctx) }
    }
}

HPyDef_METH!(table, "table", HPyFunc_NOARGS, |ctx, _self| unsafe { TABLE.give(ctx) });

include!(concat!(env!("OUT_DIR"), "/calls.rs"));

HPy_MODINIT!(calls, CALLS);
