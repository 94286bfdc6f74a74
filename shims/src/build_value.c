/* shims/src/build_value.c: HPy_BuildValue, whose values are variable arguments. */
#include "values.h"

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

/* The library finds a wrong format before it asks for any value. */
HPy HPy_BuildValue(HPyContext *ctx, const char *fmt, ...)
{
    HPy result;
    Arguments arguments;
    va_start(arguments.list, fmt);
    result = _HPy_BuildValue(ctx, fmt, next, &arguments);
    va_end(arguments.list);
    return result;
}
