// abi-tests/src/blocks.rs: many items in one call.

use crate::support::{close_all, int};
use hpy_sys::*;

/// A list of the items at the beginning of an array, which are closed.
unsafe fn list(ctx: &HPyContext, items: Vec<HPy>) -> HPy {
    let list = HPyList_New(ctx, 0);
    items.iter().for_each(|&item| _ = HPyList_Append(ctx, list, item));
    close_all(ctx, items);
    list
}

/// What a function writes to an array of handles.
unsafe fn handles(ctx: &HPyContext, size: i64, fill: impl FnOnce(*mut HPy, HPy_ssize_t) -> HPy_ssize_t) -> HPy {
    let mut items = vec![HPy_NULL; size as usize];
    match fill(items.as_mut_ptr(), size as HPy_ssize_t) {
        -1 => HPy_NULL,
        count => {
            items.truncate(count as usize);
            list(ctx, items)
        }
    }
}

functions! {
    BLOCKS(ctx) {
        next_items(iterator, size) => {
            handles(ctx, int(ctx, size), |items, size| HPyIter_NextItems(ctx, iterator, items, size))
        };
        get_items(seq, size) => handles(ctx, int(ctx, size), |items, size| HPySequence_GetItems(ctx, seq, items, size));
        integers(seq, size) => {
            let mut values = vec![0; int(ctx, size) as usize];
            match HPySequence_AsInt64Array(ctx, seq, values.as_mut_ptr(), values.len() as HPy_ssize_t) {
                -1 => HPy_NULL,
                count => HPyList_FromInt64Array(ctx, values.as_ptr(), count),
            }
        };
        doubles(seq, size) => {
            let mut values = vec![0.0; int(ctx, size) as usize];
            match HPySequence_AsDoubleArray(ctx, seq, values.as_mut_ptr(), values.len() as HPy_ssize_t) {
                -1 => HPy_NULL,
                count => HPyList_FromDoubleArray(ctx, values.as_ptr(), count),
            }
        };
        negative() => HPyList_FromInt64Array(ctx, [0].as_ptr(), -1);
    }
}

HPy_MODINIT!(blocks, BLOCKS);
