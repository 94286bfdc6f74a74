/* abi-tests/c/item.c: items and slices of containers, by object, index and string. */
#define FAMILY item
#include "support.h"

HANDLE(get, (ctx, h, key), HPy_GetItem(ctx, h, key))
HANDLE(get_i, (ctx, h, index), HPy_GetItem_i(ctx, h, ssize(ctx, index)))
HANDLE(get_s, (ctx, h, key), HPy_GetItem_s(ctx, h, c_string(ctx, key)))
INT(set, (ctx, h, key, value), HPy_SetItem(ctx, h, key, value))
INT(set_i, (ctx, h, index, value), HPy_SetItem_i(ctx, h, ssize(ctx, index), value))
INT(set_s, (ctx, h, key, value), HPy_SetItem_s(ctx, h, c_string(ctx, key), value))
INT(delete, (ctx, h, key), HPy_DelItem(ctx, h, key))
INT(delete_i, (ctx, h, index), HPy_DelItem_i(ctx, h, ssize(ctx, index)))
INT(delete_s, (ctx, h, key), HPy_DelItem_s(ctx, h, c_string(ctx, key)))
INT(contains, (ctx, h, value), HPy_Contains(ctx, h, value))
SSIZE(length, (ctx, h), HPy_Length(ctx, h))
HANDLE(get_slice, (ctx, h, start, end), HPy_GetSlice(ctx, h, ssize(ctx, start), ssize(ctx, end)))
INT(set_slice, (ctx, h, start, end, value), HPy_SetSlice(ctx, h, ssize(ctx, start), ssize(ctx, end), value))
INT(delete_slice, (ctx, h, start, end), HPy_DelSlice(ctx, h, ssize(ctx, start), ssize(ctx, end)))
HANDLE(get_slice_of_null, (ctx), HPy_GetSlice(ctx, HPy_NULL, 0, 1))

MODULE(
    DEF(get), DEF(get_i), DEF(get_s), DEF(set), DEF(set_i), DEF(set_s), DEF(delete), DEF(delete_i), DEF(delete_s),
    DEF(contains), DEF(length), DEF(get_slice), DEF(set_slice), DEF(delete_slice), DEF(get_slice_of_null))
