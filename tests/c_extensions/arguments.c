/* tests/c_extensions/arguments.c: the parsers of arguments, with every unit, and packing arguments for a call. */
#include "hpy.h"

HPyDef_METH(units, "units", HPyFunc_VARARGS)
static HPy units_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    unsigned char b, B;
    short h;
    unsigned short H;
    int i, p;
    unsigned int I;
    long l;
    unsigned long k;
    long long L;
    unsigned long long K;
    HPy_ssize_t n;
    float f;
    double d;
    const char *s;
    HPy O;
    HPyTracker tracker;
    HPy result;
    (void)self;
    /* 16 outputs have their place on the stack; the optional one is the 17th. */
    int rest = -1;
    if (!HPyArg_Parse(
            ctx, &tracker, args, nargs, "bBhHiIlkLKnfdsOp|i:units", &b, &B, &h, &H, &i, &I, &l, &k, &L, &K, &n, &f, &d,
            &s, &O, &p, &rest)) {
        return HPy_NULL;
    }
    result = HPy_BuildValue(
        ctx, "(iiiiiIlkLKnfd)sOi,i", (int)b, (int)B, (int)h, (int)H, i, I, l, k, L, K, n, (double)f, d, s, O, p, rest);
    HPyTracker_Close(ctx, tracker);
    return result;
}

HPyDef_METH(keywords, "keywords", HPyFunc_KEYWORDS)
static HPy keywords_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    HPyTracker tracker;
    long first, third = 3;
    HPy second = HPy_NULL, result;
    static const char *names[] = {"", "second", "third", NULL};
    (void)self;
    if (!HPyArg_ParseKeywords(ctx, &tracker, args, nargs, kwnames, "l|O$l:keywords", names, &first, &second, &third)) {
        return HPy_NULL;
    }
    result = HPy_BuildValue(ctx, "lOl", first, HPy_IsNull(second) ? ctx->h_None : second, third);
    HPyTracker_Close(ctx, tracker);
    return result;
}

HPyDef_METH(text, "text", HPyFunc_VARARGS)
static HPy text_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    int value;
    (void)self;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "i;what it should have been", &value)) {
        return HPy_NULL;
    }
    return HPyLong_FromLong(ctx, value);
}

HPyDef_METH(wrong_format, "wrong_format", HPyFunc_VARARGS)
static HPy wrong_format_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    long a, b;
    (void)self;
    HPyArg_Parse(ctx, NULL, args, nargs, "l*l:wrong_format", &a, &b);
    return HPy_NULL;
}

HPyDef_METH(forward, "forward", HPyFunc_KEYWORDS)
static HPy forward_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    HPy tuple, dict, result;
    (void)self;
    if (nargs == 0) {
        return HPyErr_SetString(ctx, ctx->h_TypeError, "something to call is needed");
    }
    if (!HPyHelpers_PackArgsAndKeywords(ctx, args + 1, nargs - 1, kwnames, &tuple, &dict)) {
        return HPy_NULL;
    }
    result = HPy_CallTupleDict(ctx, args[0], tuple, dict);
    HPy_Close(ctx, tuple);
    HPy_Close(ctx, dict);
    return result;
}

static HPyDef *defines[] = {&units, &keywords, &text, &wrong_format, &forward, NULL};
static HPyModuleDef definition = {.defines = defines};

HPy_MODINIT(arguments, definition)
