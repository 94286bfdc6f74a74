/* shims/src/format.c: HPyUnicode_FromFormat and HPyErr_Format, whose values are variable arguments. */
#include "values.h"

static _HPy_Value next(void *arguments, char unit)
{
    Arguments *of = (Arguments *)arguments;
    _HPy_Value value;
    switch (unit) {
    case 'd':
    case 'c':
    case 'x': value.i = va_arg(of->list, int); break;
    case 'l': value.i = va_arg(of->list, long); break;
    case 'L': value.i = va_arg(of->list, long long); break;
    case 'n': value.i = va_arg(of->list, HPy_ssize_t); break;
    case 'u': value.u = va_arg(of->list, unsigned int); break;
    case 'k': value.u = va_arg(of->list, unsigned long); break;
    case 'K': value.u = va_arg(of->list, unsigned long long); break;
    case 'N': value.u = va_arg(of->list, size_t); break;
    case 's': value.s = va_arg(of->list, const char *); break;
    case 'p': value.p = va_arg(of->list, const void *); break;
    default: value.o = va_arg(of->list, HPy); break;
    }
    return value;
}

/* The values are read where the library needs one: there may be Python code in between, and an array of them would take
   stack for each call of it that comes here again. */
HPy HPyUnicode_FromFormatV(HPyContext *ctx, const char *fmt, va_list vargs)
{
    HPy result;
    Arguments arguments;
    va_copy(arguments.list, vargs);
    result = _HPyUnicode_FromFormat(ctx, fmt, next, &arguments);
    va_end(arguments.list);
    return result;
}

HPy HPyUnicode_FromFormat(HPyContext *ctx, const char *fmt, ...)
{
    HPy text;
    va_list arguments;
    va_start(arguments, fmt);
    text = HPyUnicode_FromFormatV(ctx, fmt, arguments);
    va_end(arguments);
    return text;
}

HPy HPyErr_Format(HPyContext *ctx, HPy h_type, const char *fmt, ...)
{
    HPy text;
    va_list arguments;
    va_start(arguments, fmt);
    text = HPyUnicode_FromFormatV(ctx, fmt, arguments);
    va_end(arguments);
    if (!HPy_IsNull(text)) {
        HPyErr_SetObject(ctx, h_type, text);
        HPy_Close(ctx, text);
    }
    return HPy_NULL;
}
