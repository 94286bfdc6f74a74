/* shims/src/build_value.c: HPy_BuildValue, whose values are variable arguments. */
#include "values.h"

/* Reads a value for each unit, and passes over what takes none: the library finds what does not belong there. */
HPy HPy_BuildValue(HPyContext *ctx, const char *fmt, ...)
{
    HPy result = HPy_NULL;
    Values values;
    va_list arguments;
    const char *unit;
    values_start(&values, ctx);
    va_start(arguments, fmt);
    for (unit = fmt; *unit != '\0'; unit++) {
        _HPy_Value *value = NULL;
        switch (*unit) {
        case '(': case ')': case '[': case ']': case '{': case '}': case ':': case ',': case ' ':
            continue;
        case 'i': case 'I': case 'l': case 'k': case 'L': case 'K': case 'n': case 'f': case 'd': case 's': case 'O':
        case 'S':
            value = values_next(&values);
            break;
        default:
            goto build;
        }
        if (value == NULL) {
            goto done;
        }
        switch (*unit) {
        case 'i': value->i = va_arg(arguments, int); break;
        case 'I': value->u = va_arg(arguments, unsigned int); break;
        case 'l': value->i = va_arg(arguments, long); break;
        case 'k': value->u = va_arg(arguments, unsigned long); break;
        case 'L': value->i = va_arg(arguments, long long); break;
        case 'K': value->u = va_arg(arguments, unsigned long long); break;
        case 'n': value->i = va_arg(arguments, HPy_ssize_t); break;
        case 's': value->s = va_arg(arguments, const char *); break;
        case 'f':
        case 'd': value->d = va_arg(arguments, double); break;
        default: value->o = va_arg(arguments, HPy); break;
        }
    }
build:
    result = _HPy_BuildValue(ctx, fmt, values.items, values.count);
done:
    va_end(arguments);
    values_end(&values);
    return result;
}
