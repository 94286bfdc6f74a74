/* tests/c_misuse/wrong_implementation.c: an implementation for another calling convention. */
/* cc: conflicting types for 'same_impl' */
/* clang: conflicting types for 'same_impl' */
#include "hpy.h"

HPyDef_METH(same, "same", HPyFunc_O)
static HPy same_impl(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, self);
}
