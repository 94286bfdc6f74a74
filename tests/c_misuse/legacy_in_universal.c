/* tests/c_misuse/legacy_in_universal.c: a call of CPython's own API in an extension for every interpreter. */
/* cc: Cannot use legacy functions when targeting the HPy Universal ABI */
/* clang: Cannot use legacy functions when targeting the HPy Universal ABI */
#undef HPY_ABI_CPYTHON
#define HPY_ABI_UNIVERSAL
#include "hpy.h"

HPyDef_METH(identity, "identity", HPyFunc_O)
static HPy identity_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_FromPyObject(ctx, HPy_AsPyObject(ctx, arg));
}
