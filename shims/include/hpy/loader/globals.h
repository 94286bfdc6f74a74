/* hpy/loader/globals.h: loads globals, with the check for never stored ones that loaders lack. */
#pragma once

#include "hpy/loader/context.h"
#include "hpy/loader/state.h"

HPyAPI_FUNC HPy HPyGlobal_Load(HPyContext *ctx, HPyGlobal global)
{
    return global._i == 0 ? HPy_NULL : ctx->ctx_Global_Load(ctx, global);
}

/* Of hpy-sys: for a short use, which the native ABI does not count. */
HPyAPI_FUNC HPy HPyGlobal_Borrow(HPyContext *ctx, HPyGlobal global)
{
    return HPyGlobal_Load(ctx, global);
}

HPyAPI_FUNC void HPyGlobal_EndBorrow(HPyContext *ctx, HPy h)
{
    ctx->ctx_Close(ctx, h);
}
