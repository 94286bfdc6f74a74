/* tests/c_misuse/no_such_slot.twin.c: a slot that it has. */
#include "hpy.h"

HPyDef_SLOT(Stream_repr, HPy_tp_repr)
static HPy Stream_repr_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyUnicode_FromString(ctx, "Stream");
}
