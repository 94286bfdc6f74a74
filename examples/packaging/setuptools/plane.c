/* examples/packaging/setuptools/plane.c: the module plane._plane, with one function. */

#include <math.h>

#include "hpy.h"

HPyDef_METH(length, "length", HPyFunc_VARARGS, .doc = "The length of the vector from the origin to x, y.")
static HPy length_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    double x, y;
    (void)self;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "dd:length", &x, &y)) {
        return HPy_NULL;
    }
    return HPyFloat_FromDouble(ctx, sqrt(x * x + y * y));
}

static HPyDef *defines[] = {&length, NULL};
static HPyModuleDef plane = {.doc = "Lengths in the plane.", .defines = defines};
HPy_MODINIT(_plane, plane)
