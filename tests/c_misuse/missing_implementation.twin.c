/* tests/c_misuse/missing_implementation.twin.c: a definition of a function that has another name. */
#include "hpy.h"

HPyDef_METH_IMPL(same, "same", myself, HPyFunc_NOARGS)
static HPy myself(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, self);
}
