/* abi-tests/c/calls.h: what the module `calls` needs, which is generated from the table. */
#pragma once

#include "support.h"

/* A size before the call, which a function that succeeds overwrites. */
#define UNWRITTEN (-77)

/* The items of a list or tuple, with HPy_NULL for `...`, and NULL for `...` itself; they are closed with close_all. */
static inline Items handles(HPyContext *ctx, HPy sequence)
{
    Items all = {NULL, 0};
    size_t index;
    if (HPy_IsNull(or_null(ctx, sequence))) {
        return all;
    }
    all = items(ctx, sequence);
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

/* `...` for no handle without an exception. */
static inline HPy quiet(HPyContext *ctx, HPy h)
{
    return HPy_IsNull(h) && !HPyErr_Occurred(ctx) ? HPy_Dup(ctx, ctx->h_Ellipsis) : give_handle(ctx, h);
}

static inline HPy give_bytes(HPyContext *ctx, const char *memory, HPy_ssize_t size)
{
    return give_handle(ctx, memory == NULL ? HPy_NULL : HPyBytes_FromStringAndSize(ctx, memory, size));
}

/* An address as an int; NULL is an error if there is one. */
static inline HPy give_pointer(HPyContext *ctx, const void *pointer)
{
    if (HPyErr_Occurred(ctx)) {
        assert(pointer == NULL);
        return HPy_NULL;
    }
    return HPyLong_FromSize_t(ctx, (size_t)(uintptr_t)pointer);
}
