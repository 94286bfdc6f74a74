/* tests/c_misuse/no_such_convention.c: a calling convention that HPy does not have. */
/* cc: 'HPyFunc_ONE' undeclared here */
/* clang: use of undeclared identifier 'HPyFunc_ONE' */
#include "hpy.h"

HPyDef_METH(same, "same", HPyFunc_ONE)
static HPy same_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_Dup(ctx, arg);
}
