/* tests/c_misuse/handles_are_not_compared.twin.c: objects are compared. */
#include "hpy.h"

HPyDef_METH(is_none, "is_none", HPyFunc_O)
static HPy is_none_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPyBool_FromBool(ctx, HPy_Is(ctx, arg, ctx->h_None));
}
