// abi-tests/src/call.rs: a call that lends the place before its first argument.

use crate::support::{close_all, items};
use hpy_sys::*;

/// Tells HPy_Call that the place before the first argument may be written, as CPython's flag of this name does.
const ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);

functions! {
    CALL(ctx) {
        call_with_offset(callable, args) => {
            let mut all = items(ctx, args);
            all.insert(0, HPy_NULL);
            let result = HPy_Call(ctx, callable, all.as_ptr().add(1), (all.len() - 1) | ARGUMENTS_OFFSET, HPy_NULL);
            close_all(ctx, all);
            result
        };
    }
}

HPy_MODINIT!(call, CALL);
