/* tests/c_misuse/unknown_field.twin.c: one that it has. */
#include "hpy.h"

HPyDef_METH(same, "same", HPyFunc_NOARGS, .doc = "Itself.")
static HPy same_impl(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, self);
}
