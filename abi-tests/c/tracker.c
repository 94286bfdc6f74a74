/* abi-tests/c/tracker.c: trackers close what they have been given. */
#define FAMILY tracker
#include "support.h"

static void add(HPyContext *ctx, HPyTracker tracker, HPy h)
{
    int added = HPyTracker_Add(ctx, tracker, h);
    assert(added == 0);
}

static void track_times(HPyContext *ctx, HPy h, HPy_ssize_t capacity, int64_t count)
{
    HPyTracker tracker = HPyTracker_New(ctx, capacity);
    assert(tracker._i != 0);
    for (; count > 0; count--) {
        add(ctx, tracker, HPy_Dup(ctx, h));
    }
    HPyTracker_Close(ctx, tracker);
}

static void track_items(HPyContext *ctx, HPy h)
{
    HPyTracker tracker = HPyTracker_New(ctx, 0);
    Items all = items(ctx, h);
    size_t index;
    int result;
    for (index = 0; index < all.count; index++) {
        add(ctx, tracker, all.handles[index]);
    }
    free(all.handles);
    result = HPy_SetSlice(ctx, h, 0, HPy_Length(ctx, h), ctx->h_UnicodeType);
    assert(result == -1);
    HPyErr_Clear(ctx);
    result = HPy_DelSlice(ctx, h, 0, HPy_Length(ctx, h));
    assert(result == 0);
    HPyTracker_Close(ctx, tracker);
}

static void forget_items(HPyContext *ctx, HPy h)
{
    Items all = items(ctx, h);
    HPyTracker tracker = HPyTracker_New(ctx, 0);
    size_t index;
    for (index = 0; index < all.count; index++) {
        add(ctx, tracker, all.handles[index]);
    }
    HPyTracker_ForgetAll(ctx, tracker);
    add(ctx, tracker, HPy_Dup(ctx, ctx->h_None));
    HPyTracker_Close(ctx, tracker);
    close_all(ctx, all);
}

static void close_no_tracker(HPyContext *ctx)
{
    HPyTracker none = {0};
    HPyTracker_Close(ctx, none);
}

NONE(track, (ctx, h, capacity, count), track_times(ctx, h, ssize(ctx, capacity), number(ctx, count)))
NONE(track_all, (ctx, h), track_items(ctx, h))
NONE(forget, (ctx, h), forget_items(ctx, h))
NONE(close_null, (ctx), close_no_tracker(ctx))

MODULE(DEF(track), DEF(track_all), DEF(forget), DEF(close_null))
