/* shims/src/build_value.c: HPy_BuildValue, whose values are variable arguments. */
#include "values.h"
#include <limits.h>

static _HPy_Value next(void *arguments, char unit)
{
    Arguments *of = (Arguments *)arguments;
    _HPy_Value value;
    switch (unit) {
    case 'i': value.i = va_arg(of->list, int); break;
    case 'I': value.u = va_arg(of->list, unsigned int); break;
    case 'l': value.i = va_arg(of->list, long); break;
    case 'k': value.u = va_arg(of->list, unsigned long); break;
    case 'L': value.i = va_arg(of->list, long long); break;
    case 'K': value.u = va_arg(of->list, unsigned long long); break;
    case 'n': value.i = va_arg(of->list, HPy_ssize_t); break;
    case 's': value.s = va_arg(of->list, const char *); break;
    case 'f':
    case 'd': value.d = va_arg(of->list, double); break;
    default: value.o = va_arg(of->list, HPy); break;
    }
    return value;
}

/* A null for a unit that takes none: the library raises what it raises for one in any format. */
static _HPy_Value null_value(void *arguments, char unit)
{
    _HPy_Value value;
    (void)arguments;
    (void)unit;
    value.p = NULL;
    return value;
}

static inline HPy integer(HPyContext *ctx, int64_t value)
{
#if defined(HPY_ABI_CPYTHON) && LONG_MAX == INT64_MAX
    /* CPython 3.14 does this one in fewer instructions than PyLong_FromLongLong. */
    (void)ctx;
    return _py2h(PyLong_FromLong(value));
#else
    return HPyLong_FromInt64_t(ctx, value);
#endif
}

/* The next variable argument as a new handle, or HPy_NULL with an exception set. `unit` is a constant at each call of
   `next`, so that the compiler inlines it without its switch. */
static inline HPy make(HPyContext *ctx, Arguments *arguments, char unit)
{
    switch (unit) {
    case 'i': return integer(ctx, next(arguments, 'i').i);
    case 'I': return HPyLong_FromUInt64_t(ctx, next(arguments, 'I').u);
    case 'l': return integer(ctx, next(arguments, 'l').i);
    case 'k': return HPyLong_FromUInt64_t(ctx, next(arguments, 'k').u);
    case 'L': return integer(ctx, next(arguments, 'L').i);
    case 'K': return HPyLong_FromUInt64_t(ctx, next(arguments, 'K').u);
    case 'n': return integer(ctx, next(arguments, 'n').i);
    case 'f':
    case 'd': return HPyFloat_FromDouble(ctx, next(arguments, 'd').d);
    case 's': {
        const char *text = next(arguments, 's').s;
        return text == NULL ? _HPy_BuildValue(ctx, "s", null_value, NULL) : HPyUnicode_FromString(ctx, text);
    }
    default: {
        HPy object = next(arguments, 'O').o;
        return HPy_IsNull(object) ? _HPy_BuildValue(ctx, "O", null_value, NULL) : HPy_Dup(ctx, object);
    }
    }
}

/* Whether `letter` takes a value: one test of a bit for all of I K L O S d f i k l n s. */
static inline int is_unit(char letter)
{
#define UNIT(letter) (UINT64_C(1) << ((letter) - 'I'))
    const uint64_t units = UNIT('I') | UNIT('K') | UNIT('L') | UNIT('O') | UNIT('S') | UNIT('d') | UNIT('f') |
        UNIT('i') | UNIT('k') | UNIT('l') | UNIT('n') | UNIT('s');
#undef UNIT
    const unsigned int place = (unsigned int)(unsigned char)letter - 'I';
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
