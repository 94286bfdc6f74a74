/* shims/src/format.c: HPyUnicode_FromFormat and HPyErr_Format, whose values are variable arguments. */
#include "values.h"

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
