/* abi-tests/c/calls.h: what the module `calls` needs, which is generated from the table. */
#pragma once

#include "support.h"

/* The items of a tuple, with HPy_NULL for `...`; they are closed with close_all. */
static inline Items handles(HPyContext *ctx, HPy tuple)
{
    Items all = items(ctx, tuple);
    size_t index;
    for (index = 0; index < all.count; index++) {
        HPy h = or_null(ctx, all.handles[index]);
        if (HPy_IsNull(h)) {
            HPy_Close(ctx, all.handles[index]);
        }
        all.handles[index] = h;
    }
    return all;
}

/* A pointer for a capsule. */
static inline void *some_pointer(int64_t number)
{
    static char memory[16];
    return number == 0 ? NULL : memory;
}

/* None for no handle. */
static inline HPy quiet(HPyContext *ctx, HPy h)
{
    return HPy_IsNull(h) ? give_none(ctx) : h;
}

static inline HPy give_pointer(HPyContext *ctx, const void *pointer)
{
    return pointer == NULL ? give_none(ctx) : HPyBool_FromBool(ctx, true);
}
