/* examples/packaging/meson-python/collatz.c: a module with one function. */

#include "hpy.h"

HPyDef_METH(steps, "steps", HPyFunc_O, .doc = "How often a number is halved, or tripled and raised by one, until it is one.")
static HPy steps_impl(HPyContext *ctx, HPy self, HPy arg)
{
    long long number = HPyLong_AsLongLong(ctx, arg);
    long steps = 0;
    (void)self;
    if (number < 1) {
        return HPyErr_Occurred(ctx) ? HPy_NULL : HPyErr_SetString(ctx, ctx->h_ValueError, "a positive number is needed");
    }
    for (; number != 1; steps++) {
        number = number % 2 ? 3 * number + 1 : number / 2;
    }
    return HPyLong_FromLong(ctx, steps);
}

static HPyDef *defines[] = {&steps, NULL};
static HPyModuleDef collatz = {.doc = "The Collatz sequence.", .defines = defines};
HPy_MODINIT(collatz, collatz)
