/* tests/c_misuse/no_such_slot.c: a slot that HPy does not have. */
/* cc: 'HPy_tp_iter' undeclared here */
/* clang: use of undeclared identifier 'HPy_tp_iter' */
#include "hpy.h"

HPyDef_SLOT(Stream_iter, HPy_tp_iter)
static HPy Stream_iter_impl(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, self);
}
