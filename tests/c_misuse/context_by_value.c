/* tests/c_misuse/context_by_value.c: the context of HPy 0.0.2, a value, in a source that is compiled for HPy 0.0.4. */
/* cc: conflicting types for 'echo_impl'; have 'HPy(_HPyContext_by_value_needs_HPY_COMPAT_2, */
/* clang: conflicting types for 'echo_impl' */
#define HPY_COMPAT 1
#include "hpy.h"

HPyDef_METH(echo, "echo", echo_impl, HPyFunc_O)
static HPy echo_impl(HPyContext ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_Dup(ctx, arg);
}
