/* abi-tests/c/build_value.c: HPy_BuildValue: each unit, each shape, and what is refused. */
#define FAMILY build_value
#include "support.h"
#include "hpy/runtime/variadic.h"
#include <limits.h>

HANDLE(
    integers, (ctx),
    HPy_BuildValue(
        ctx, "iIlkLKn", INT_MIN, UINT_MAX, LONG_MIN, ULONG_MAX, LLONG_MIN, ULLONG_MAX, (HPy_ssize_t)HPY_SSIZE_T_MIN))
HANDLE(floats, (ctx), HPy_BuildValue(ctx, "[fdf]", 2.75, 0.1, (double)0.5f))
HANDLE(texts, (ctx), HPy_BuildValue(ctx, "ss", "", "n\xc3\xa9"))
HANDLE(objects, (ctx, arg), HPy_BuildValue(ctx, "O,S", arg, arg))
HANDLE(one, (ctx, arg), HPy_BuildValue(ctx, "O", arg))
HANDLE(none, (ctx), HPy_BuildValue(ctx, ""))
HANDLE(
    nested, (ctx, arg), HPy_BuildValue(ctx, "(i[ii(O)],{s:i, O : {}})", 1, 2, 3, arg, "k", 4, arg))
HANDLE(null_object, (ctx), HPy_BuildValue(ctx, "(iO)", 1, HPy_NULL))
HANDLE(
    pending, (ctx), HPy_BuildValue(ctx, "[O]", HPyErr_SetString(ctx, ctx->h_KeyError, "the first error")))
HANDLE(null_text, (ctx), HPy_BuildValue(ctx, "{i:s}", 1, (const char *)NULL))

/* Units alone, without brackets within: more of each than an ABI passes in registers. */
HANDLE(
    many, (ctx, arg),
    HPy_BuildValue(
        ctx, "(isfOlkdnIdLSdKdsdddfdi)", -1, "two", 3.5, arg, -5L, 6UL, 7.5, (HPy_ssize_t)-8, 9U, 10.5, -11LL, arg, 13.5,
        14ULL, 15.5, "sixteen", 17.5, 18.5, 19.5, 20.5, 21.5, -22))
HANDLE(numbered, (ctx, arg), HPy_BuildValue(ctx, c_string(ctx, arg), 1, 2, 3, 4))
HANDLE(text_at, (ctx, arg), HPy_BuildValue(ctx, "is", 1, HPyBytes_AsString(ctx, arg)))
HANDLE(no_text, (ctx), HPy_BuildValue(ctx, "s", (const char *)NULL))
HANDLE(no_object, (ctx), HPy_BuildValue(ctx, "S", HPy_NULL))
HANDLE(
    pending_alone, (ctx), HPy_BuildValue(ctx, "iO", 1, HPyErr_SetString(ctx, ctx->h_KeyError, "the first error")))

/* Gives one value after the other, whatever its unit. */
static _HPy_Value next_value(void *values, char unit)
{
    const _HPy_Value **at = (const _HPy_Value **)values;
    (void)unit;
    return *(*at)++;
}

/* run(format, *values) builds from an array, as the function with variable arguments does: an `int`, a `float`, a
   `bytes` for a C string, `...` for a null, and an object in a tuple of its own. */
HPyDef_METH(build_value_run, "run", HPyFunc_VARARGS)
static HPy build_value_run_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    _HPy_Value values[8];
    const _HPy_Value *next = values;
    HPyTracker tracker = HPyTracker_New(ctx, 8);
    HPy made;
    size_t index;
    (void)self;
    assert(nargs >= 1 && nargs <= 9);
    memset(values, 0, sizeof(values));
    for (index = 1; index < nargs; index++) {
        _HPy_Value *value = &values[index - 1];
        if (HPy_TypeCheck(ctx, args[index], ctx->h_FloatType)) {
            value->d = HPyFloat_AsDouble(ctx, args[index]);
        } else if (HPy_TypeCheck(ctx, args[index], ctx->h_LongType)) {
            value->u = HPyLong_AsUInt64_tMask(ctx, args[index]);
        } else if (HPyBytes_Check(ctx, args[index])) {
            value->s = HPyBytes_AsString(ctx, args[index]);
        } else if (HPyTuple_Check(ctx, args[index])) {
            value->o = HPy_GetItem_i(ctx, args[index], 0);
            HPyTracker_Add(ctx, tracker, value->o);
        }
    }
    made = _HPy_BuildValue(ctx, c_string(ctx, args[0]), next_value, &next);
    HPyTracker_Close(ctx, tracker);
    return give_handle(ctx, made);
}

MODULE(
    DEF(integers), DEF(floats), DEF(texts), DEF(objects), DEF(one), DEF(none), DEF(nested), DEF(null_object),
    DEF(pending), DEF(null_text), DEF(many), DEF(numbered), DEF(text_at), DEF(no_text), DEF(no_object),
    DEF(pending_alone), DEF(run))
