/* tests/c_misuse/handles_are_not_compared.c: handles are compared like numbers. */
/* cc: invalid operands to binary == (have 'HPy' {aka 'struct _HPy_is_compared_by_HPy_Is_and_HPy_IsNull'} and */
/* clang: invalid operands to binary expression ('HPy' (aka 'struct _HPy_is_compared_by_HPy_Is_and_HPy_IsNull') and */
#include "hpy.h"

HPyDef_METH(is_none, "is_none", HPyFunc_O)
static HPy is_none_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPyBool_FromBool(ctx, arg == ctx->h_None);
}
