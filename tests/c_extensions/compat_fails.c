/* tests/c_extensions/compat_fails.c: in the form of HPy 0.0.4, a module that is made in the fourth attempt. */
#define HPY_COMPAT
#include "hpy.h"

static HPyModuleDef moduledef;

/* There is no module to be made when a function is called. */
HPyDef_METH(create, "create", create_impl, HPyFunc_NOARGS)
static HPy create_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyModule_Create(ctx, &moduledef);
}

static HPyDef *defines[] = {&create, NULL};
static HPyModuleDef moduledef = {.name = "compat_fails", .defines = defines};

HPy_MODINIT(compat_fails)
static HPy init_compat_fails_impl(HPyContext *ctx)
{
    static int attempts;
    HPy module = HPyModule_Create(ctx, &moduledef);
    switch (HPy_IsNull(module) ? 0 : ++attempts) {
    case 1:
        HPyErr_SetString(ctx, ctx->h_ValueError, "the first attempt");
        HPy_Close(ctx, module);
        return HPy_NULL;
    case 2:
        HPy_Close(ctx, module);
        return HPy_NULL;
    case 3:
        HPy_Close(ctx, module);
        return HPy_Dup(ctx, ctx->h_None);
    default:
        return module;
    }
}
