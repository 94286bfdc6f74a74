/* tests/c_misuse/legacy_in_universal.twin.c: the same in the hybrid ABI. */
#undef HPY_ABI_CPYTHON
#define HPY_ABI_HYBRID
#include "hpy.h"

HPyDef_METH(identity, "identity", HPyFunc_O)
static HPy identity_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_FromPyObject(ctx, HPy_AsPyObject(ctx, arg));
}

HPyDef *defined = &identity;
