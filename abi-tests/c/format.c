/* abi-tests/c/format.c: HPyUnicode_FromFormat and HPyErr_Format: each unit, and what is refused. */
#define FAMILY format
#include "support.h"
#include "hpy/runtime/variadic.h"
#include <limits.h>

HANDLE(
    integers, (ctx),
    HPyUnicode_FromFormat(
        ctx, "%d %i %ld %lld %zd %u %lu %llu %zu %x %x", INT_MIN, -1, LONG_MIN, LLONG_MIN,
        (HPy_ssize_t)HPY_SSIZE_T_MIN, UINT_MAX, ULONG_MAX, ULLONG_MAX, SIZE_MAX, -123, 255U))
HANDLE(
    layout, (ctx),
    HPyUnicode_FromFormat(
        ctx, "%5d|%05d|%.5d|%8.5d|%08.5d|%.0d|%2d|100%%", -42, -42, -42, -42, -42, 0, 12345))
HANDLE(characters, (ctx), HPyUnicode_FromFormat(ctx, "%c%c%c%c", 'a', 0xe9, 0x1f40d, '\0'))
HANDLE(pointers, (ctx), HPyUnicode_FromFormat(ctx, "%p %p", (void *)(uintptr_t)0xabc, (void *)NULL))
HANDLE(
    texts, (ctx, arg),
    HPyUnicode_FromFormat(
        ctx, "%s|%U|%S|%R|%A|%V|%V", "n\xc3\xa9", arg, arg, arg, arg, arg, "unused", HPy_NULL, "used"))
HANDLE(empty, (ctx), HPyUnicode_FromFormat(ctx, ""))
HANDLE(raise_, (ctx, arg), HPyErr_Format(ctx, ctx->h_LookupError, "%R is not among %d", arg, 3))

/* The values of a call in an array: an `int`, a `bytes` for a C string, `...` for a null, and an object in a tuple of
   its own, whose handle goes to the tracker. */
static void read_values(HPyContext *ctx, HPyTracker tracker, const HPy *args, size_t count, _HPy_Value *values)
{
    size_t index;
    assert(count <= 8);
    memset(values, 0, 8 * sizeof(_HPy_Value));
    for (index = 0; index < count; index++) {
        _HPy_Value *value = &values[index];
        if (HPy_TypeCheck(ctx, args[index], ctx->h_LongType)) {
            value->u = HPyLong_AsUInt64_tMask(ctx, args[index]);
        } else if (HPyBytes_Check(ctx, args[index])) {
            value->s = HPyBytes_AsString(ctx, args[index]);
        } else if (HPyTuple_Check(ctx, args[index])) {
            value->o = HPy_GetItem_i(ctx, args[index], 0);
            HPyTracker_Add(ctx, tracker, value->o);
        }
    }
}

/* Gives one value after the other, whatever its unit. */
static _HPy_Value next_value(void *values, char unit)
{
    const _HPy_Value **at = (const _HPy_Value **)values;
    (void)unit;
    return *(*at)++;
}

/* run(format, *values), where the format is a bytes */
HPyDef_METH(format_run, "run", HPyFunc_VARARGS)
static HPy format_run_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    _HPy_Value values[8];
    const _HPy_Value *next = values;
    HPyTracker tracker = HPyTracker_New(ctx, 8);
    HPy made;
    (void)self;
    read_values(ctx, tracker, args + 1, nargs - 1, values);
    made = _HPyUnicode_FromFormat(ctx, HPyBytes_AsString(ctx, args[0]), next_value, &next);
    HPyTracker_Close(ctx, tracker);
    return give_handle(ctx, made);
}

static HPy format_error(HPyContext *ctx, HPy class, const char *text, const _HPy_Value *values, size_t count)
{
    switch (count) {
    case 0: return HPyErr_Format(ctx, class, text);
    case 1: return HPyErr_Format(ctx, class, text, values[0].o);
    default: return HPyErr_Format(ctx, class, text, (int)values[0].i, values[1].s);
    }
}

/* run_error(exception, format), (exception, format, (object,)) or (exception, format, int, bytes) */
HPyDef_METH(format_run_error, "run_error", HPyFunc_VARARGS)
static HPy format_run_error_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    _HPy_Value values[8];
    HPyTracker tracker = HPyTracker_New(ctx, 8);
    HPy raised;
    (void)self;
    assert(nargs >= 2 && nargs <= 4);
    read_values(ctx, tracker, args + 2, nargs - 2, values);
    raised = format_error(ctx, args[0], HPyBytes_AsString(ctx, args[1]), values, nargs - 2);
    HPyTracker_Close(ctx, tracker);
    return give_handle(ctx, raised);
}

MODULE(
    DEF(integers), DEF(layout), DEF(characters), DEF(pointers), DEF(texts), DEF(empty), DEF(raise_), DEF(run),
    DEF(run_error))
