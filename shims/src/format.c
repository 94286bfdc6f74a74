/* shims/src/format.c: HPyUnicode_FromFormat and HPyErr_Format, whose values are variable arguments. */
#include "values.h"

/* Reads the value of the directive that begins after `%`, and gives its last character; or NULL with an exception set.
   Of what is no directive nothing is read: the library finds it, and looks at no value after it. */
static const char *read_value(const char *at, Values *values, Arguments *arguments)
{
    enum { INT, LONG, LONG_LONG, SIZE } length = INT;
    _HPy_Value *value;
    while ((*at >= '0' && *at <= '9') || *at == '.') {
        at++;
    }
    if (*at == 'z') {
        length = SIZE;
        at++;
    } else if (*at == 'l') {
        length = LONG;
        at++;
        if (*at == 'l') {
            length = LONG_LONG;
            at++;
        }
    }
    if (*at == '\0' || strchr("cdiuxspAUVSR", *at) == NULL) {
        return at;
    }
    value = values_next(values);
    if (value == NULL) {
        return NULL;
    }
    switch (*at) {
    case 'd':
    case 'i':
        switch (length) {
        case INT: value->i = va_arg(arguments->list, int); break;
        case LONG: value->i = va_arg(arguments->list, long); break;
        case LONG_LONG: value->i = va_arg(arguments->list, long long); break;
        case SIZE: value->i = va_arg(arguments->list, HPy_ssize_t); break;
        }
        break;
    case 'u':
        switch (length) {
        case INT: value->u = va_arg(arguments->list, unsigned int); break;
        case LONG: value->u = va_arg(arguments->list, unsigned long); break;
        case LONG_LONG: value->u = va_arg(arguments->list, unsigned long long); break;
        case SIZE: value->u = va_arg(arguments->list, size_t); break;
        }
        break;
    case 'c':
    case 'x': value->i = va_arg(arguments->list, int); break;
    case 's': value->s = va_arg(arguments->list, const char *); break;
    case 'p': value->p = va_arg(arguments->list, const void *); break;
    case 'V':
        value->o = va_arg(arguments->list, HPy);
        value = values_next(values);
        if (value == NULL) {
            return NULL;
        }
        value->s = va_arg(arguments->list, const char *);
        break;
    default: value->o = va_arg(arguments->list, HPy); break;
    }
    return at;
}

HPy HPyUnicode_FromFormatV(HPyContext *ctx, const char *fmt, va_list vargs)
{
    HPy result = HPy_NULL;
    Arguments arguments;
    Values values;
    const char *at;
    values_start(&values, ctx);
    va_copy(arguments.list, vargs);
    for (at = fmt; at != NULL && *at != '\0'; at++) {
        if (*at == '%') {
            at = read_value(at + 1, &values, &arguments);
            if (at == NULL || *at == '\0') {
                break;
            }
        }
    }
    if (at != NULL) {
        result = _HPyUnicode_FromFormat(ctx, fmt, values.items, values.count);
    }
    va_end(arguments.list);
    values_end(&values);
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
