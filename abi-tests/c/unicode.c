/* abi-tests/c/unicode.c: strings from wide characters, and the memory of their UTF-8. */
#define FAMILY unicode
#include "support.h"

static HPy utf8_without_size(HPyContext *ctx, HPy h)
{
    const char *text = HPyUnicode_AsUTF8AndSize(ctx, h, NULL);
    return text == NULL ? HPy_NULL : HPyBytes_FromString(ctx, text);
}

static HPy wide(HPyContext *ctx, HPy h, HPy_ssize_t size)
{
    HPy_ssize_t length = HPy_Length(ctx, h), index;
    wchar_t *text = (wchar_t *)calloc((size_t)length + 1, sizeof(wchar_t));
    HPy result;
    assert(text != NULL);
    for (index = 0; index < length; index++) {
        text[index] = (wchar_t)HPyUnicode_ReadChar(ctx, h, index);
    }
    result = HPyUnicode_FromWideChar(ctx, text, size);
    free(text);
    return result;
}

static bool is_kept(HPyContext *ctx, HPy h)
{
    const char *first = HPyUnicode_AsUTF8AndSize(ctx, h, NULL);
    return first == HPyUnicode_AsUTF8AndSize(ctx, h, NULL);
}

HANDLE(as_utf8_without_size, (ctx, h), utf8_without_size(ctx, h))
HANDLE(from_wide, (ctx, h, size), wide(ctx, h, ssize(ctx, size)))
BOOL(utf8_is_kept, (ctx, h), is_kept(ctx, h))

MODULE(DEF(as_utf8_without_size), DEF(from_wide), DEF(utf8_is_kept))
