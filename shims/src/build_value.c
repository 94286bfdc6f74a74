/* shims/src/build_value.c: HPy_BuildValue, whose values are variable arguments. */
#include "values.h"
#include <limits.h>

/* A null for a unit that takes none. */
static _HPy_Value null_value(void *arguments, char type)
{
    _HPy_Value value;
    (void)arguments;
    (void)type;
    value.p = NULL;
    return value;
}

/* Raises the library's exception for a null. */
static HPy refuse_null(HPyContext *ctx, char unit)
{
    const char fmt[] = {unit, '\0'};
    return _HPy_BuildValue(ctx, fmt, null_value, NULL);
}

/* What `by` names in the table: each makes a new handle of the value of `unit`, or raises. */

static inline HPy make_signed(HPyContext *ctx, char unit, int64_t value)
{
    (void)unit;
#if defined(HPY_ABI_CPYTHON) && LONG_MAX == INT64_MAX
    /* CPython 3.14 does this one in fewer instructions than PyLong_FromLongLong. */
    (void)ctx;
    return _py2h(PyLong_FromLong(value));
#else
    return HPyLong_FromInt64_t(ctx, value);
#endif
}

static inline HPy make_unsigned(HPyContext *ctx, char unit, uint64_t value)
{
    (void)unit;
    return HPyLong_FromUInt64_t(ctx, value);
}

static inline HPy make_float(HPyContext *ctx, char unit, double value)
{
    (void)unit;
    return HPyFloat_FromDouble(ctx, value);
}

static inline HPy make_text(HPyContext *ctx, char unit, const char *text)
{
    return text == NULL ? refuse_null(ctx, unit) : HPyUnicode_FromString(ctx, text);
}

static inline HPy make_object(HPyContext *ctx, char unit, HPy object)
{
    return HPy_IsNull(object) ? refuse_null(ctx, unit) : HPy_Dup(ctx, object);
}

/* Reads the next variable argument and makes its object: a new handle, or HPy_NULL with an exception set. The type is a
   constant at each call of `next`, so that the compiler inlines it without its switch. */
static inline HPy make(HPyContext *ctx, Arguments *arguments, char unit)
{
    switch (unit) {
#define MAKE(letter, by, type, member) \
    case letter: \
        return make_##by(ctx, letter, next(arguments, type).member);
    _HPY_VALUE_UNITS(MAKE)
#undef MAKE
    default:
        return HPy_NULL;
    }
}

/* Whether `letter` is a unit of _HPY_VALUE_UNITS: one bit test, as all ASCII letters are within 64 of 'A'. */
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
