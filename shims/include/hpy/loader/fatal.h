/* hpy/loader/fatal.h: the end of the process. */
#pragma once

#include "hpy/loader/context.h"
#include "hpy/loader/state.h"

/* The compiler does not see that the function of the context never returns. */
HPyAPI_FUNC _HPy_NO_RETURN void HPy_FatalError(HPyContext *ctx, const char *message)
{
    ctx->ctx_FatalError(ctx, message);
    abort();
}
