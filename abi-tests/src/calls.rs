// abi-tests/src/calls.rs: every function of the API that takes plain values, as the table lists them.

#![allow(clippy::unnecessary_cast)]

use crate::support::{Give, arguments, c_string, close_all, int, items, or_null};
use hpy_sys::*;

/// A size before the call, which a function that succeeds overwrites.
const UNWRITTEN: HPy_ssize_t = -77;

/// The items of a list or tuple, with `HPy_NULL` for `...`, and nothing for `...` itself; they are closed with `close_all`.
unsafe fn handles(ctx: &HPyContext, sequence: HPy) -> Option<Vec<HPy>> {
    if HPy_IsNull(or_null(ctx, sequence)) {
        return None;
    }
    let null = |h| {
        let given = or_null(ctx, h);
        if HPy_IsNull(given) {
            HPy_Close(ctx, h);
        }
        given
    };
    Some(items(ctx, sequence).into_iter().map(null).collect())
}

fn array(handles: &Option<Vec<HPy>>) -> *const HPy {
    handles.as_ref().map_or(core::ptr::null(), |all| all.as_ptr())
}

/// A pointer for a capsule.
fn pointer(number: i64) -> *mut c_void {
    static MEMORY: [u8; 16] = [0; 16];
    if number == 0 { core::ptr::null_mut() } else { MEMORY.as_ptr().cast_mut().cast() }
}

/// `...` for no handle without an exception.
unsafe fn quiet(ctx: &HPyContext, h: HPy) -> HPy {
    if HPy_IsNull(h) && HPyErr_Occurred(ctx) == 0 { HPy_Dup(ctx, ctx.h_Ellipsis) } else { h.give(ctx) }
}

unsafe fn bytes(ctx: &HPyContext, memory: *const c_char, size: HPy_ssize_t) -> HPy {
    if memory.is_null() { HPy_NULL.give(ctx) } else { HPyBytes_FromStringAndSize(ctx, memory, size).give(ctx) }
}

/// An address as an int; null is an error if there is one.
impl Give for *mut c_void {
    unsafe fn give(self, ctx: &HPyContext) -> HPy {
        if HPyErr_Occurred(ctx) != 0 {
            assert!(self.is_null(), "an exception is set, and the call gave a pointer");
            return HPy_NULL;
        }
        self.addr().give(ctx)
    }
}

HPyDef_METH!(table, "table", HPyFunc_NOARGS, |ctx, _self| unsafe { TABLE.give(ctx) });

include!(concat!(env!("OUT_DIR"), "/calls.rs"));

HPy_MODINIT!(calls, CALLS);
