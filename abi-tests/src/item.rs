// abi-tests/src/item.rs: items and slices of containers, by object, index and string.

use crate::support::{c_string, int};
use hpy_sys::*;

functions! {
    ITEM(ctx) {
        get(h, key) => HPy_GetItem(ctx, h, key);
        get_i(h, index) => HPy_GetItem_i(ctx, h, int(ctx, index) as HPy_ssize_t);
        get_s(h, key) => HPy_GetItem_s(ctx, h, c_string(ctx, key));
        set(h, key, value) => HPy_SetItem(ctx, h, key, value);
        set_i(h, index, value) => HPy_SetItem_i(ctx, h, int(ctx, index) as HPy_ssize_t, value);
        set_s(h, key, value) => HPy_SetItem_s(ctx, h, c_string(ctx, key), value);
        delete(h, key) => HPy_DelItem(ctx, h, key);
        delete_i(h, index) => HPy_DelItem_i(ctx, h, int(ctx, index) as HPy_ssize_t);
        delete_s(h, key) => HPy_DelItem_s(ctx, h, c_string(ctx, key));
        contains(h, value) => HPy_Contains(ctx, h, value);
        length(h) => HPy_Length(ctx, h);
        get_slice(h, start, end) => HPy_GetSlice(ctx, h, int(ctx, start) as HPy_ssize_t, int(ctx, end) as HPy_ssize_t);
        set_slice(h, start, end, value) => {
            HPy_SetSlice(ctx, h, int(ctx, start) as HPy_ssize_t, int(ctx, end) as HPy_ssize_t, value)
        };
        delete_slice(h, start, end) => {
            HPy_DelSlice(ctx, h, int(ctx, start) as HPy_ssize_t, int(ctx, end) as HPy_ssize_t)
        };
        get_slice_of_null() => HPy_GetSlice(ctx, HPy_NULL, 0, 1);
    }
}

HPy_MODINIT!(item, ITEM);
