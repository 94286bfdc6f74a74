/* tests/c_misuse/unknown_field.c: a designated initialiser that a method does not have. */
/* cc: 'HPyMeth' has no member named 'documentation' */
/* clang: field designator 'documentation' does not refer to any field in type 'HPyMeth' */
#include "hpy.h"

HPyDef_METH(same, "same", HPyFunc_NOARGS, .documentation = "Itself.")
static HPy same_impl(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, self);
}
