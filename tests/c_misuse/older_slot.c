/* tests/c_misuse/older_slot.c: in the older form, a slot that no header can give its old meaning. */
/* cc: 'HPy_tp_dealloc_is_HPy_tp_destroy_whose_function_takes_the_struct' undeclared */
/* clang: use of undeclared identifier 'HPy_tp_dealloc_is_HPy_tp_destroy_whose_function_takes_the_struct' */
#define HPY_COMPAT
#include "hpy.h"

HPyDef_SLOT(dealloc, dealloc_impl, HPy_tp_dealloc)
static void dealloc_impl(HPyContext *ctx, HPy self)
{
    HPy_Close(ctx, self);
}
