/* tests/c_misuse/handles_are_not_compared.c: handles are compared like numbers. */
/* cc: invalid operands to binary == */
/* clang: invalid operands to binary expression */
#include "hpy.h"

HPyDef_METH(is_none, "is_none", HPyFunc_O)
static HPy is_none_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPyBool_FromBool(ctx, arg == ctx->h_None);
}
