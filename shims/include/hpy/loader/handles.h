/* hpy/loader/handles.h: compares handles, in place where they are the objects themselves. */
#pragma once

#include "hpy/loader/context.h"
#include "hpy/loader/state.h"

HPyAPI_FUNC int HPy_Is(HPyContext *ctx, HPy obj, HPy other)
{
    return _HPY_IS_SHORT ? obj._i == other._i : ctx->ctx_Is(ctx, obj, other);
}
