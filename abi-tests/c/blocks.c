/* abi-tests/c/blocks.c: many items in one call. */
#define FAMILY blocks
#include "support.h"

#define ROOM 1000

typedef HPy_ssize_t (*Fill)(HPyContext *ctx, HPy h, HPy *items, HPy_ssize_t size);

static HPy_ssize_t next(HPyContext *ctx, HPy h, HPy *items, HPy_ssize_t size)
{
    return HPyIter_NextItems(ctx, h, items, size);
}

static HPy_ssize_t all(HPyContext *ctx, HPy h, HPy *items, HPy_ssize_t size)
{
    return HPySequence_GetItems(ctx, h, items, size);
}

/* A list of what a function writes to an array of handles. */
static HPy list(HPyContext *ctx, HPy h, HPy_ssize_t size, Fill fill)
{
    HPy items[ROOM], found;
    HPy_ssize_t index, count;
    assert(size <= ROOM);
    count = fill(ctx, h, items, size);
    if (count < 0) {
        return HPy_NULL;
    }
    found = HPyList_New(ctx, 0);
    for (index = 0; index < count; index++) {
        HPyList_Append(ctx, found, items[index]);
        HPy_Close(ctx, items[index]);
    }
    return found;
}

static HPy integer_list(HPyContext *ctx, HPy seq, HPy_ssize_t size)
{
    int64_t values[ROOM];
    HPy_ssize_t count;
    assert(size <= ROOM);
    count = HPySequence_AsInt64Array(ctx, seq, values, size);
    return count < 0 ? HPy_NULL : HPyList_FromInt64Array(ctx, values, count);
}

static HPy double_list(HPyContext *ctx, HPy seq, HPy_ssize_t size)
{
    double values[ROOM];
    HPy_ssize_t count;
    assert(size <= ROOM);
    count = HPySequence_AsDoubleArray(ctx, seq, values, size);
    return count < 0 ? HPy_NULL : HPyList_FromDoubleArray(ctx, values, count);
}

static HPy integers_of_size(HPyContext *ctx, HPy_ssize_t size)
{
    int64_t values[1] = {0};
    return HPyList_FromInt64Array(ctx, values, size);
}

HANDLE(next_items, (ctx, iterator, size), list(ctx, iterator, ssize(ctx, size), next))
HANDLE(get_items, (ctx, seq, size), list(ctx, seq, ssize(ctx, size), all))
HANDLE(integers, (ctx, seq, size), integer_list(ctx, seq, ssize(ctx, size)))
HANDLE(doubles, (ctx, seq, size), double_list(ctx, seq, ssize(ctx, size)))
HANDLE(negative, (ctx), integers_of_size(ctx, -1))

MODULE(DEF(next_items), DEF(get_items), DEF(integers), DEF(doubles), DEF(negative))
