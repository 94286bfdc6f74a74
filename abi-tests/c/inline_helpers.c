/* abi-tests/c/inline_helpers.c: HPy's small helpers: integers, attributes, calls, slices, comparisons, errno. */
#define FAMILY inline_helpers
#include "support.h"
#include <limits.h>

/* A function that converts an integer and makes it anew. */
#define INTEGER(name, type, as, from) \
    static HPy name##_again(HPyContext *ctx, HPy h) \
    { \
        type value = as(ctx, h); \
        return value == (type)-1 && HPyErr_Occurred(ctx) ? HPy_NULL : from(ctx, value); \
    } \
    HANDLE(name, (ctx, h), name##_again(ctx, h))

INTEGER(unsigned_long, unsigned long, HPyLong_AsUnsignedLong, HPyLong_FromUnsignedLong)
INTEGER(unsigned_long_mask, unsigned long, HPyLong_AsUnsignedLongMask, HPyLong_FromUnsignedLong)
INTEGER(long_long, long long, HPyLong_AsLongLong, HPyLong_FromLongLong)
INTEGER(unsigned_long_long, unsigned long long, HPyLong_AsUnsignedLongLong, HPyLong_FromUnsignedLongLong)
INTEGER(unsigned_long_long_mask, unsigned long long, HPyLong_AsUnsignedLongLongMask, HPyLong_FromUnsignedLongLong)
INTEGER(long, long, HPyLong_AsLong, HPyLong_FromLong)
INTEGER(pid, long, HPyLong_AsPid, HPyLong_FromPid)

/* None stands for an argument that is left out. */
static HPy unless_none(HPyContext *ctx, HPy h)
{
    return HPy_Is(ctx, h, ctx->h_None) ? HPy_NULL : h;
}

static HPy packed(HPyContext *ctx, HPy h)
{
    HPy empty = HPyTuple_Pack(ctx, 0);
    HPy result = HPyTuple_Pack(ctx, 3, h, empty, h);
    HPy_Close(ctx, empty);
    return result;
}

/* (start, stop, step, number of items) */
static HPy adjusted(HPyContext *ctx, HPy slice, HPy_ssize_t length)
{
    HPy_ssize_t start, stop, step, count;
    if (HPySlice_Unpack(ctx, slice, &start, &stop, &step) < 0) {
        return HPy_NULL;
    }
    count = HPySlice_AdjustIndices(ctx, length, &start, &stop, step);
    return HPy_BuildValue(ctx, "nnnn", start, stop, step, count);
}

static HPy failed_with_filename(HPyContext *ctx, HPy filename)
{
    no_such_file();
    return HPyErr_SetFromErrnoWithFilenameObject(ctx, ctx->h_OSError, filename);
}

/* Adds up while other threads run; a negative end is an error. */
static HPy sum_away(HPyContext *ctx, long end)
{
    long sum = 0, value;
    bool negative;
    HPy_BEGIN_LEAVE_PYTHON(ctx)
    negative = end < 0;
    for (value = 0; value < end; value++) {
        sum += value;
    }
    HPy_END_LEAVE_PYTHON(ctx)
    return negative ? HPyErr_SetString(ctx, ctx->h_ValueError, "negative") : HPyLong_FromLong(ctx, sum);
}

INT(long_bits, (ctx), (int)(sizeof(long) * CHAR_BIT))
HANDLE(boolean, (ctx, h), HPyBool_FromLong(ctx, HPyLong_AsLong(ctx, h)))
NONE(del_attr, (ctx, h, name), HPy_DelAttr(ctx, h, name))
NONE(del_attr_s, (ctx, h), HPy_DelAttr_s(ctx, h, "x"))
HANDLE(
    call_method, (ctx, h, name, tuple, dict),
    HPy_CallMethodTupleDict(ctx, name, h, unless_none(ctx, tuple), unless_none(ctx, dict)))
HANDLE(
    call_split, (ctx, h, tuple, dict),
    HPy_CallMethodTupleDict_s(ctx, "split", h, unless_none(ctx, tuple), unless_none(ctx, dict)))
HANDLE(pack, (ctx, h), packed(ctx, h))
HANDLE(adjust, (ctx, slice, length), adjusted(ctx, slice, ssize(ctx, length)))
HANDLE(errno_with_filename, (ctx, filename), failed_with_filename(ctx, filename))
HANDLE(away, (ctx, end), sum_away(ctx, (long)number(ctx, end)))

/* Its name is a macro of C. */
HPyDef_METH(inline_helpers_failing, "errno", HPyFunc_NOARGS)
static HPy inline_helpers_failing_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    no_such_file();
    return HPyErr_SetFromErrno(ctx, ctx->h_OSError);
}

/* pack_arguments(nargs, kwnames or None, outputs, *args): which outputs there are is a set of bits. */
HPyDef_METH(inline_helpers_pack_arguments, "pack_arguments", HPyFunc_VARARGS)
static HPy inline_helpers_pack_arguments_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    size_t count = (size_t)number(ctx, args[0]);
    HPy kwnames = unless_none(ctx, args[1]);
    int64_t outputs = number(ctx, args[2]);
    HPy tuple = ctx->h_Ellipsis, dict = ctx->h_Ellipsis, result;
    (void)self;
    assert(nargs >= 3);
    if (!HPyHelpers_PackArgsAndKeywords(
            ctx, args + 3, count, kwnames, outputs & 1 ? &tuple : NULL, outputs & 2 ? &dict : NULL)) {
        assert(HPy_Is(ctx, tuple, ctx->h_Ellipsis) && HPy_Is(ctx, dict, ctx->h_Ellipsis));
        return HPy_NULL;
    }
    result = HPyTuple_Pack(
        ctx, 2, HPy_IsNull(tuple) ? ctx->h_None : tuple, HPy_IsNull(dict) ? ctx->h_None : dict);
    HPy_Close(ctx, tuple);
    HPy_Close(ctx, dict);
    return result;
}

typedef struct {
    long value;
} Number;

HPyType_HELPERS(Number)

HPyDef_SLOT(inline_helpers_new, HPy_tp_new)
static HPy inline_helpers_new_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    static const char *names[] = {"value", NULL};
    long value;
    Number *self;
    HPy h;
    if (!HPyArg_ParseKeywordsDict(ctx, NULL, args, nargs, kw, "l:Number", names, &value)) {
        return HPy_NULL;
    }
    h = HPy_New(ctx, class, &self);
    if (!HPy_IsNull(h)) {
        self->value = value;
    }
    return h;
}

HPyDef_SLOT(inline_helpers_compare, HPy_tp_richcompare)
static HPy inline_helpers_compare_impl(HPyContext *ctx, HPy self, HPy other, HPy_RichCmpOp op)
{
    HPy_RETURN_RICHCOMPARE(ctx, Number_AsStruct(ctx, self)->value, Number_AsStruct(ctx, other)->value, op);
}

TYPE(number_type, "inline_helpers.Number", sizeof(Number), HPy_TPFLAGS_DEFAULT, DEF(new), DEF(compare))
static HPyType_Spec no_type = {.name = "inline_helpers.NotAType", .basicsize = -1};

static HPy type_added(HPyContext *ctx, HPy module, bool good)
{
    int added = HPyHelpers_AddType(ctx, module, "Number", good ? &number_type : &no_type, NULL);
    return added ? HPyLong_FromLong(ctx, added) : HPy_NULL;
}

HANDLE(add_type, (ctx, module, good), type_added(ctx, module, HPy_IsTrue(ctx, good)))

MODULE(
    DEF(long), DEF(unsigned_long), DEF(unsigned_long_mask), DEF(long_long), DEF(unsigned_long_long),
    DEF(unsigned_long_long_mask), DEF(pid), DEF(long_bits), DEF(boolean), DEF(del_attr), DEF(del_attr_s),
    DEF(call_method), DEF(call_split), DEF(pack), DEF(adjust), DEF(failing), DEF(errno_with_filename), DEF(away),
    DEF(pack_arguments), DEF(add_type))
