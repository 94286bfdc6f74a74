/* tests/c_misuse/no_such_slot.c: a slot that HPy does not have. */
/* cc: 'HPy_tp_getattr' undeclared here */
/* clang: use of undeclared identifier 'HPy_tp_getattr' */
#include "hpy.h"

HPyDef_SLOT(Stream_getattr, HPy_tp_getattr)
static HPy Stream_getattr_impl(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, self);
}
