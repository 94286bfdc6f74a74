/* abi-tests/c/call.c: a call that lends the place before its first argument. */
#define FAMILY call
#include "support.h"

/* Tells HPy_Call that the place before the first argument may be written, as CPython's flag of this name does. */
#define ARGUMENTS_OFFSET ((size_t)1 << (8 * sizeof(size_t) - 1))

static HPy call_after_place(HPyContext *ctx, HPy callable, HPy args)
{
    Items found = items(ctx, args), all = new_items(found.count + 1);
    HPy result;
    memcpy(all.handles + 1, found.handles, found.count * sizeof(HPy));
    free(found.handles);
    result = HPy_Call(ctx, callable, all.handles + 1, found.count | ARGUMENTS_OFFSET, HPy_NULL);
    close_all(ctx, all);
    return result;
}

HANDLE(call_with_offset, (ctx, callable, args_), call_after_place(ctx, callable, args_))

MODULE(DEF(call_with_offset))
