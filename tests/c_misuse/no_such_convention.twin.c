/* tests/c_misuse/no_such_convention.twin.c: one that it has. */
#include "hpy.h"

HPyDef_METH(same, "same", HPyFunc_O)
static HPy same_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_Dup(ctx, arg);
}
