/* examples/packaging/cc/fibonacci.c: a module with one function. */

#include "hpy.h"

HPyDef_METH(first, "first", HPyFunc_O, .doc = "A list of the first Fibonacci numbers, 93 at most.")
static HPy first_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_ssize_t count = HPyLong_AsSsize_t(ctx, arg);
    unsigned long long number = 0, next = 1;
    HPyListBuilder builder;
    (void)self;
    if (count < 0 || count > 93) {
        return HPyErr_Occurred(ctx) ? HPy_NULL : HPyErr_SetString(ctx, ctx->h_ValueError, "0 to 93 numbers fit");
    }
    builder = HPyListBuilder_New(ctx, count);
    for (HPy_ssize_t index = 0; index < count; index++) {
        HPy item = HPyLong_FromUnsignedLongLong(ctx, number);
        if (HPy_IsNull(item)) {
            HPyListBuilder_Cancel(ctx, builder);
            return HPy_NULL;
        }
        HPyListBuilder_Set(ctx, builder, index, item);
        HPy_Close(ctx, item);
        next += number;
        number = next - number;
    }
    return HPyListBuilder_Build(ctx, builder);
}

static HPyDef *defines[] = {&first, NULL};
static HPyModuleDef fibonacci = {.doc = "Fibonacci numbers.", .defines = defines};
HPy_MODINIT(fibonacci, fibonacci)
