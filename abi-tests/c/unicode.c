/* abi-tests/c/unicode.c: strings: from and to every encoding of the API, their characters and parts. */
#define FAMILY unicode
#include "support.h"

static HPy utf8_and_size(HPyContext *ctx, HPy h)
{
    HPy_ssize_t size = -7;
    const char *text = HPyUnicode_AsUTF8AndSize(ctx, h, &size);
    return text == NULL ? HPy_NULL : HPyBytes_FromStringAndSize(ctx, text, size);
}

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

INT(check, (ctx, h), HPyUnicode_Check(ctx, h))
HANDLE(from_string, (ctx, h), HPyUnicode_FromString(ctx, c_string(ctx, h)))
HANDLE(as_ascii, (ctx, h), HPyUnicode_AsASCIIString(ctx, h))
HANDLE(as_latin1, (ctx, h), HPyUnicode_AsLatin1String(ctx, h))
HANDLE(as_utf8, (ctx, h), HPyUnicode_AsUTF8String(ctx, h))
HANDLE(as_utf8_and_size, (ctx, h), utf8_and_size(ctx, h))
HANDLE(as_utf8_without_size, (ctx, h), utf8_without_size(ctx, h))
HANDLE(from_wide, (ctx, h, size), wide(ctx, h, ssize(ctx, size)))
HANDLE(decode_fs, (ctx, h), HPyUnicode_DecodeFSDefault(ctx, c_string(ctx, h)))
HANDLE(decode_fs_and_size, (ctx, h, size), HPyUnicode_DecodeFSDefaultAndSize(ctx, c_string(ctx, h), ssize(ctx, size)))
HANDLE(encode_fs, (ctx, h), HPyUnicode_EncodeFSDefault(ctx, h))
UINT32(read_char, (ctx, h, index), HPyUnicode_ReadChar(ctx, h, ssize(ctx, index)))
HANDLE(
    decode_ascii, (ctx, h, size, errors),
    HPyUnicode_DecodeASCII(ctx, c_string(ctx, h), ssize(ctx, size), c_string(ctx, errors)))
HANDLE(
    decode_latin1, (ctx, h, size, errors),
    HPyUnicode_DecodeLatin1(ctx, c_string(ctx, h), ssize(ctx, size), c_string(ctx, errors)))
HANDLE(
    from_encoded, (ctx, h, encoding, errors),
    HPyUnicode_FromEncodedObject(ctx, or_null(ctx, h), c_string(ctx, encoding), c_string(ctx, errors)))
HANDLE(substring, (ctx, h, start, end), HPyUnicode_Substring(ctx, h, ssize(ctx, start), ssize(ctx, end)))
BOOL(utf8_is_kept, (ctx, h), is_kept(ctx, h))

MODULE(
    DEF(check), DEF(from_string), DEF(as_ascii), DEF(as_latin1), DEF(as_utf8), DEF(as_utf8_and_size),
    DEF(as_utf8_without_size), DEF(from_wide), DEF(decode_fs), DEF(decode_fs_and_size), DEF(encode_fs),
    DEF(read_char), DEF(decode_ascii), DEF(decode_latin1), DEF(from_encoded), DEF(substring), DEF(utf8_is_kept))
