/* tests/c_misuse/context_by_value.twin.c: the same, compiled for HPy 0.0.2. */
#define HPY_COMPAT 2
#include "hpy.h"

HPyDef_METH(echo, "echo", echo_impl, HPyFunc_O)
static HPy echo_impl(HPyContext ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_Dup(ctx, arg);
}
