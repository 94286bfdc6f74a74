/* abi-tests/c/containers.c: the builders of lists and tuples. */
#define FAMILY containers
#include "support.h"

static HPy list_of(HPyContext *ctx, HPy h)
{
    Items all = items(ctx, h);
    HPyListBuilder builder = HPyListBuilder_New(ctx, (HPy_ssize_t)all.count);
    size_t index;
    for (index = 0; index < all.count; index++) {
        HPyListBuilder_Set(ctx, builder, (HPy_ssize_t)index, all.handles[index]);
    }
    close_all(ctx, all);
    return HPyListBuilder_Build(ctx, builder);
}

static HPy built_tuple(HPyContext *ctx, HPy h)
{
    Items all = items(ctx, h);
    HPyTupleBuilder builder = HPyTupleBuilder_New(ctx, (HPy_ssize_t)all.count);
    size_t index;
    for (index = all.count; index > 0; index--) {
        HPyTupleBuilder_Set(ctx, builder, (HPy_ssize_t)index - 1, all.handles[index - 1]);
    }
    close_all(ctx, all);
    return HPyTupleBuilder_Build(ctx, builder);
}

static void cancel(HPyContext *ctx, HPy h)
{
    HPyListBuilder list = HPyListBuilder_New(ctx, 3);
    HPyTupleBuilder tuple;
    HPyListBuilder_Set(ctx, list, 0, h);
    HPyListBuilder_Cancel(ctx, list);
    tuple = HPyTupleBuilder_New(ctx, 3);
    HPyTupleBuilder_Set(ctx, tuple, 2, h);
    HPyTupleBuilder_Cancel(ctx, tuple);
}

/* The error comes with HPyListBuilder_Build. */
static HPy failed_list(HPyContext *ctx, HPy h)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, HPY_SSIZE_T_MAX / 2);
    assert(!HPyErr_Occurred(ctx));
    HPyListBuilder_Set(ctx, builder, 0, h);
    return HPyListBuilder_Build(ctx, builder);
}

static HPy failed_tuple(HPyContext *ctx, HPy h)
{
    HPyTupleBuilder builder = HPyTupleBuilder_New(ctx, HPY_SSIZE_T_MAX / 2);
    assert(!HPyErr_Occurred(ctx));
    HPyTupleBuilder_Set(ctx, builder, 0, h);
    return HPyTupleBuilder_Build(ctx, builder);
}

static void cancel_failed(HPyContext *ctx)
{
    HPyListBuilder_Cancel(ctx, HPyListBuilder_New(ctx, HPY_SSIZE_T_MAX / 2));
    HPyTupleBuilder_Cancel(ctx, HPyTupleBuilder_New(ctx, HPY_SSIZE_T_MAX / 2));
}

static HPy tuple_with_null(HPyContext *ctx, HPy h)
{
    HPyTupleBuilder builder = HPyTupleBuilder_New(ctx, 2);
    HPyTupleBuilder_Set(ctx, builder, 0, HPy_NULL);
    HPyTupleBuilder_Set(ctx, builder, 1, h);
    HPyTupleBuilder_Set(ctx, builder, 0, ctx->h_None);
    return HPyTupleBuilder_Build(ctx, builder);
}

static HPy list_with_null(HPyContext *ctx)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, 2);
    HPyListBuilder_Set(ctx, builder, 0, HPy_NULL);
    HPyListBuilder_Set(ctx, builder, 1, ctx->h_None);
    /* Python has not seen the list yet: a place may be filled later. */
    HPyListBuilder_Set(ctx, builder, 0, ctx->h_True);
    return HPyListBuilder_Build(ctx, builder);
}

HANDLE(build_list, (ctx, h), list_of(ctx, h))
HANDLE(build_tuple, (ctx, h), built_tuple(ctx, h))
NONE(cancel_builders, (ctx, h), cancel(ctx, h))
HANDLE(failed_list_builder, (ctx, h), failed_list(ctx, h))
HANDLE(failed_tuple_builder, (ctx, h), failed_tuple(ctx, h))
NONE(cancel_failed_builders, (ctx), cancel_failed(ctx))
HANDLE(tuple_builder_with_null, (ctx, h), tuple_with_null(ctx, h))
HANDLE(builder_with_null, (ctx), list_with_null(ctx))

MODULE(
    DEF(build_list), DEF(build_tuple), DEF(cancel_builders), DEF(failed_list_builder), DEF(failed_tuple_builder),
    DEF(cancel_failed_builders), DEF(tuple_builder_with_null), DEF(builder_with_null))
