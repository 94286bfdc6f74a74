/* tests/c_misuse/wrong_implementation.twin.c: an implementation for the calling convention. */
#include "hpy.h"

HPyDef_METH(same, "same", HPyFunc_NOARGS)
static HPy same_impl(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, self);
}
