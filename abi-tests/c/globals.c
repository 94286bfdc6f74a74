/* abi-tests/c/globals.c: references from statics, one value per interpreter; what a module says about interpreters. */
#define FAMILY globals
#include "support.h"

static HPyGlobal value_global, other_global;

static HPy load(HPyContext *ctx, HPyGlobal global)
{
    return or_else(ctx, HPyGlobal_Load(ctx, global), ctx->h_Ellipsis);
}

static HPy borrow(HPyContext *ctx, HPyGlobal global)
{
    HPy borrowed = HPyGlobal_Borrow(ctx, global);
    HPy h = HPy_IsNull(borrowed) ? HPy_Dup(ctx, ctx->h_Ellipsis) : HPyTuple_Pack(ctx, 1, borrowed);
    HPyGlobal_EndBorrow(ctx, borrowed);
    return h;
}

NONE(store, (ctx, value), HPyGlobal_Store(ctx, &value_global, or_null(ctx, value)))
HANDLE(get, (ctx), load(ctx, value_global))
NONE(store_other, (ctx, value), HPyGlobal_Store(ctx, &other_global, or_null(ctx, value)))
HANDLE(get_other, (ctx), load(ctx, other_global))
HANDLE(borrowed, (ctx), borrow(ctx, value_global))
HANDLE(builtins, (ctx), HPy_Dup(ctx, ctx->h_Builtins))

HPyDef_MULTIPLE_INTERPRETERS(globals_interpreters, HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED)
HPyDef_GIL(globals_gil, HPy_MOD_GIL_NOT_USED)

static HPyGlobal *globals[] = {&value_global, &other_global, NULL};
MODULE_WITH_GLOBALS(
    globals, DEF(interpreters), DEF(gil), DEF(store), DEF(get), DEF(store_other), DEF(get_other), DEF(borrowed),
    DEF(builtins))

/* It says nothing about interpreters. */
static HPyModuleDef silent = {.doc = NULL};
HPy_MODINIT(globals_silent, silent)

HPyDef_MULTIPLE_INTERPRETERS(globals_needs_main, HPy_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED)
static HPyDef *main_only_defines[] = {&globals_needs_main, NULL};
static HPyModuleDef main_only = {.defines = main_only_defines};
HPy_MODINIT(globals_main_only, main_only)
