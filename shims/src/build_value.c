/* shims/src/build_value.c: HPy_BuildValue, whose values are variable arguments. */
#include "values.h"
#include <limits.h>

/* A null for a unit that takes none: the library raises what it raises for one in any format. */
static _HPy_Value null_value(void *arguments, char type)
{
    _HPy_Value value;
    (void)arguments;
    (void)type;
    value.p = NULL;
    return value;
}

static inline HPy make_signed(HPyContext *ctx, int64_t value)
{
#if defined(HPY_ABI_CPYTHON) && LONG_MAX == INT64_MAX
    /* CPython 3.14 does this one in fewer instructions than PyLong_FromLongLong. */
    (void)ctx;
    return _py2h(PyLong_FromLong(value));
#else
    return HPyLong_FromInt64_t(ctx, value);
#endif
}

static inline HPy make_unsigned(HPyContext *ctx, uint64_t value)
{
    return HPyLong_FromUInt64_t(ctx, value);
}

static inline HPy make_float(HPyContext *ctx, double value)
{
    return HPyFloat_FromDouble(ctx, value);
}

static inline HPy make_text(HPyContext *ctx, const char *text)
{
    return text == NULL ? _HPy_BuildValue(ctx, "s", null_value, NULL) : HPyUnicode_FromString(ctx, text);
}

static inline HPy make_object(HPyContext *ctx, HPy object)
{
    return HPy_IsNull(object) ? _HPy_BuildValue(ctx, "O", null_value, NULL) : HPy_Dup(ctx, object);
}

/* The next variable argument as a new handle, or HPy_NULL with an exception set. The type is a constant at each call of
   `next`, so that the compiler inlines it without its switch. */
static inline HPy make(HPyContext *ctx, Arguments *arguments, char unit)
{
    switch (unit) {
#define MAKE(letter, by, type, member) \
    case letter: \
        return make_##by(ctx, next(arguments, type).member);
    _HPY_VALUE_UNITS(MAKE)
#undef MAKE
    default:
        return HPy_NULL;
    }
}

/* Whether `letter` is a unit of _HPY_VALUE_UNITS: one test of a bit for all of them. */
static inline int is_unit(char letter)
{
#define BIT(letter, by, type, member) | (UINT64_C(1) << ((letter) - 'A'))
    const uint64_t units = 0 _HPY_VALUE_UNITS(BIT);
#undef BIT
    const unsigned int place = (unsigned int)(unsigned char)letter - 'A';
    return place < 64 && (units >> place & 1) != 0;
}

/* Sets an item to a handle that is the builder's from then on. */
static inline void give(HPyContext *ctx, HPyTupleBuilder builder, HPy_ssize_t index, HPy item)
{
#ifdef HPY_ABI_CPYTHON
    /* CPython's macro steals the reference: no count goes up and down. */
    (void)ctx;
    PyTuple_SET_ITEM((PyObject *)builder._tup, index, _h2py(item));
#else
    HPyTupleBuilder_Set(ctx, builder, index, item);
    HPy_Close(ctx, item);
#endif
}

/* A tuple of the values of `count` units, or HPy_NULL with an exception set. */
static inline HPy make_tuple(HPyContext *ctx, const char *units, HPy_ssize_t count, Arguments *arguments)
{
    HPyTupleBuilder builder = HPyTupleBuilder_New(ctx, count);
    HPy_ssize_t index;
    /* Without memory there is no builder, and HPyTupleBuilder_Build raises. */
    for (index = 0; index < count && builder._tup != 0; index++) {
        HPy item = make(ctx, arguments, units[index]);
        if (HPy_IsNull(item)) {
            HPyTupleBuilder_Cancel(ctx, builder);
            return HPy_NULL;
        }
        give(ctx, builder, index, item);
    }
    return HPyTupleBuilder_Build(ctx, builder);
}

/* Fast path: a format of units alone, with or without parentheses around all of them, is built here. The library does
   the others: it knows commas and brackets, and finds a wrong format before it asks for any value. */
HPy HPy_BuildValue(HPyContext *ctx, const char *fmt, ...)
{
    const int open = *fmt == '(';
    const char *units = fmt + open, *end = units;
    HPy_ssize_t count;
    HPy result;
    Arguments arguments;
    while (is_unit(*end)) {
        end++;
    }
    count = end - units;
    va_start(arguments.list, fmt);
    if (count == 0 || (open ? end[0] != ')' || end[1] != '\0' : end[0] != '\0')) {
        result = _HPy_BuildValue(ctx, fmt, next, &arguments);
    } else if (open || count > 1) {
        result = make_tuple(ctx, units, count, &arguments);
    } else {
        result = make(ctx, &arguments, *units);
    }
    va_end(arguments.list);
    return result;
}
