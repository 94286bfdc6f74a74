// abi-tests/src/call.rs: calling callables and methods.

use crate::support::{close_all, int, items, or_null};
use hpy_sys::*;

/// Tells HPy_Call that the place before the first argument may be written, as CPython's flag of this name does.
const ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);

functions! {
    CALL(ctx) {
        check(h) => HPyCallable_Check(ctx, h);
        tuple_dict(callable, args, kw) => HPy_CallTupleDict(ctx, callable, or_null(ctx, args), or_null(ctx, kw));
        call(callable, args, names) => {
            let (all, names) = (items(ctx, args), or_null(ctx, names));
            let result = HPy_Call(ctx, callable, all.as_ptr(), all.len() - named(ctx, names), names);
            close_all(ctx, all);
            result
        };
        call_with_offset(callable, args) => {
            let mut all = items(ctx, args);
            all.insert(0, HPy_NULL);
            let result = HPy_Call(ctx, callable, all.as_ptr().add(1), (all.len() - 1) | ARGUMENTS_OFFSET, HPy_NULL);
            close_all(ctx, all);
            result
        };
        method(name, args, names) => {
            let (all, names) = (items(ctx, args), or_null(ctx, names));
            let result = HPy_CallMethod(ctx, name, all.as_ptr(), all.len() - named(ctx, names), names);
            close_all(ctx, all);
            result
        };
        without_arguments(callable) => HPy_Call(ctx, callable, core::ptr::null(), 0, HPy_NULL);
        many(callable, count) => {
            let all: Vec<HPy> = (0..int(ctx, count)).map(|value| HPyLong_FromInt64_t(ctx, value)).collect();
            let result = HPy_Call(ctx, callable, all.as_ptr(), all.len(), HPy_NULL);
            close_all(ctx, all);
            result
        };
    }
}

unsafe fn named(ctx: &HPyContext, names: HPy) -> usize {
    if HPy_IsNull(names) { 0 } else { HPy_Length(ctx, names) as usize }
}

HPy_MODINIT!(call, CALL);
