/* abi-tests/c/depth.c: a repr that meets itself: CPython's limit has to come before the end of the stack. */
#define FAMILY depth
#include "support.h"

HPyDef_SLOT(depth_repr, HPy_tp_repr)
static HPy depth_repr_impl(HPyContext *ctx, HPy self)
{
    return HPyUnicode_FromFormat(ctx, "R(%R)", self);
}

HPyDef_SLOT(depth_str, HPy_tp_str)
static HPy depth_str_impl(HPyContext *ctx, HPy self)
{
    return HPyErr_Format(ctx, ctx->h_ValueError, "S(%S)", self);
}

static HPy parse(HPyContext *ctx, HPy arg)
{
    static const char *names[] = {"a", NULL};
    long value = 0;
    return HPyArg_ParseKeywords(ctx, NULL, &arg, 1, HPy_NULL, "l", names, &value) ? HPyLong_FromLong(ctx, value)
                                                                                  : HPy_NULL;
}

HANDLE(parse, (ctx, a), parse(ctx, a))
HANDLE(build, (ctx, a), HPy_BuildValue(ctx, "{O:i}", a, 1))

TYPE(depth_spec, "hpy_abi_tests.depth.Deep", 0, HPy_TPFLAGS_DEFAULT, DEF(repr), DEF(str))

HPyDef_SLOT(depth_exec, HPy_mod_exec)
static int depth_exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Deep", &depth_spec, NULL) ? 0 : -1;
}

MODULE(DEF(exec), DEF(parse), DEF(build))
