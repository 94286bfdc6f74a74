/* python/tests/sample.c: the module `sample` for HPy's universal ABI: leaks, mistakes, and calls that can be counted. */

#include "hpy.h"

HPyDef_METH(add, "add", HPyFunc_VARARGS)
static HPy add_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    if (nargs != 2)
        return HPyErr_SetString(ctx, ctx->h_TypeError, "add takes 2 arguments");
    return HPy_Add(ctx, args[0], args[1]);
}

HPyDef_METH(leak, "leak", HPyFunc_O)
static HPy leak_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_Dup(ctx, arg);
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(leak_utf8, "leak_utf8", HPyFunc_O)
static HPy leak_utf8_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy copy = HPy_Dup(ctx, arg);
    HPy_ssize_t size;
    if (HPyUnicode_AsUTF8AndSize(ctx, copy, &size) == NULL)
        return HPy_NULL;
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(close_twice, "close_twice", HPyFunc_O)
static HPy close_twice_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy copy = HPy_Dup(ctx, arg);
    HPy_Close(ctx, copy);
    HPy_Close(ctx, copy);
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(use_closed, "use_closed", HPyFunc_O)
static HPy use_closed_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy copy = HPy_Dup(ctx, arg);
    HPy_Close(ctx, copy);
    return HPy_Add(ctx, copy, arg);
}

HPyDef_METH(leave_tracker, "leave_tracker", HPyFunc_NOARGS)
static HPy leave_tracker_impl(HPyContext *ctx, HPy self)
{
    HPyTracker_New(ctx, 1);
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(keep_view, "keep_view", HPyFunc_O)
static HPy keep_view_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_buffer view;
    if (HPy_GetBuffer(ctx, arg, &view, HPyBUF_SIMPLE) != 0)
        return HPy_NULL;
    return HPyLong_FromSsize_t(ctx, view.len);
}

HPyDef_METH(use_ended_builder, "use_ended_builder", HPyFunc_NOARGS)
static HPy use_ended_builder_impl(HPyContext *ctx, HPy self)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, 1);
    HPyListBuilder_Set(ctx, builder, 0, ctx->h_None);
    HPy list = HPyListBuilder_Build(ctx, builder);
    HPyListBuilder_Set(ctx, builder, 0, ctx->h_True);
    return list;
}

static HPyDef *defines[] = {
    &add, &leak, &leak_utf8, &close_twice, &use_closed, &leave_tracker, &keep_view, &use_ended_builder, NULL,
};
static HPyModuleDef sample_def = {.doc = "Leaks, mistakes and calls.", .defines = defines};
HPy_MODINIT(sample, sample_def)
