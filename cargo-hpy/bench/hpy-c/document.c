/* hpy-c/document.c: writes a value as JSON in ASCII. */
#include "sample.h"

#ifdef HAS_EXTRAS
static int write_value(HPyContext *ctx, HPyStrBuilder *builder, HPy value);

static char *escape_unit(char *place, unsigned int unit)
{
    static const char digits[] = "0123456789abcdef";
    *place++ = '\\';
    *place++ = 'u';
    *place++ = digits[unit >> 12 & 15];
    *place++ = digits[unit >> 8 & 15];
    *place++ = digits[unit >> 4 & 15];
    *place++ = digits[unit & 15];
    return place;
}

static inline char *put_character(char *place, HPy_UCS4 character)
{
    if (character >= 0x20 && character < 0x7f) {
        if (character == '"' || character == '\\') {
            *place++ = '\\';
        }
        *place++ = (char)character;
        return place;
    }
    if (character >= 0x10000) {
        character -= 0x10000;
        place = escape_unit(place, 0xd800 | (character >> 10));
        character = 0xdc00 | (character & 0x3ff);
    }
    return escape_unit(place, character);
}

static inline HPy_UCS4 character_at(const void *data, int kind, HPy_ssize_t index)
{
    return kind == 1 ? ((const uint8_t *)data)[index]
        : kind == 2  ? ((const uint16_t *)data)[index]
                     : ((const HPy_UCS4 *)data)[index];
}

static int write_text(HPyContext *ctx, HPyStrBuilder *builder, HPy text)
{
    HPy_ssize_t i, size;
    int kind;
    const void *data = HPyUnicode_AsKindAndData(ctx, text, &kind, &size);
    char *start, *place;
    /* A character becomes twelve at most. */
    if (data == NULL || (start = HPyStrBuilder_ReserveASCII(ctx, builder, 12 * size + 2)) == NULL) {
        return -1;
    }
    place = start;
    *place++ = '"';
    for (i = 0; i < size; i++) {
        place = put_character(place, character_at(data, kind, i));
    }
    *place++ = '"';
    HPyStrBuilder_Advance(ctx, builder, place - start);
    return 0;
}

static int write_int(HPyContext *ctx, HPyStrBuilder *builder, HPy value)
{
    char digits[20], *start = digits + sizeof digits;
    unsigned long long rest;
    long long number = HPyLong_AsLongLong(ctx, value);
    if (number == -1 && HPyErr_Occurred(ctx)) {
        return -1;
    }
    rest = number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
    do {
        *--start = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (number < 0) {
        *--start = '-';
    }
    return HPyStrBuilder_WriteASCII(ctx, builder, start, digits + sizeof digits - start);
}

/* No Python code runs meanwhile, so nothing takes items from a container. */
static int write_list(HPyContext *ctx, HPyStrBuilder *builder, HPy list)
{
    HPy_ssize_t i, size = HPyList_Size(ctx, list);
    if (size == 0) {
        return HPyStrBuilder_WriteASCII(ctx, builder, "[]", 2);
    }
    for (i = 0; i < size; i++) {
        HPy item = HPyList_BorrowItem(ctx, list, i);
        int failed = HPy_IsNull(item) || HPyStrBuilder_WriteASCII(ctx, builder, i == 0 ? "[" : ",", 1) < 0
            || write_value(ctx, builder, item) < 0;
        HPy_EndBorrow(ctx, item);
        if (failed) {
            return -1;
        }
    }
    return HPyStrBuilder_WriteASCII(ctx, builder, "]", 1);
}

static int write_pair(HPyContext *ctx, HPyStrBuilder *builder, const char *before, HPy key, HPy value)
{
    if (!HPyUnicode_Check(ctx, key)) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "keys of a document are str");
        return -1;
    }
    if (HPyStrBuilder_WriteASCII(ctx, builder, before, 1) < 0 || write_text(ctx, builder, key) < 0
        || HPyStrBuilder_WriteASCII(ctx, builder, ":", 1) < 0) {
        return -1;
    }
    return write_value(ctx, builder, value);
}

static int write_dict(HPyContext *ctx, HPyStrBuilder *builder, HPy dict)
{
    HPy key, value;
    HPy_ssize_t position = 0;
    const char *before = "{";
    while (HPyDict_BorrowNext(ctx, dict, &position, &key, &value)) {
        int failed = write_pair(ctx, builder, before, key, value) < 0;
        HPy_EndBorrow(ctx, key);
        HPy_EndBorrow(ctx, value);
        if (failed) {
            return -1;
        }
        before = ",";
    }
    return *before == '{' ? HPyStrBuilder_WriteASCII(ctx, builder, "{}", 2)
                          : HPyStrBuilder_WriteASCII(ctx, builder, "}", 1);
}

static int write_container(
    HPyContext *ctx, HPyStrBuilder *builder, HPy value, int (*write)(HPyContext *, HPyStrBuilder *, HPy))
{
    int failed;
    if (HPy_EnterRecursiveCall(ctx, " while a document is written")) {
        return -1;
    }
    failed = write(ctx, builder, value);
    HPy_LeaveRecursiveCall(ctx);
    return failed;
}

static int write_value(HPyContext *ctx, HPyStrBuilder *builder, HPy value)
{
    if (HPyUnicode_Check(ctx, value)) {
        return write_text(ctx, builder, value);
    }
    if (HPy_Is(ctx, value, ctx->h_True)) {
        return HPyStrBuilder_WriteASCII(ctx, builder, "true", 4);
    }
    if (HPy_Is(ctx, value, ctx->h_False)) {
        return HPyStrBuilder_WriteASCII(ctx, builder, "false", 5);
    }
    if (HPy_Is(ctx, value, ctx->h_None)) {
        return HPyStrBuilder_WriteASCII(ctx, builder, "null", 4);
    }
    if (HPyLong_Check(ctx, value)) {
        return write_int(ctx, builder, value);
    }
    if (HPyFloat_Check(ctx, value)) {
        return HPyStrBuilder_WriteRepr(ctx, builder, value);
    }
    if (HPyList_Check(ctx, value)) {
        return write_container(ctx, builder, value, write_list);
    }
    if (HPyDict_Check(ctx, value)) {
        return write_container(ctx, builder, value, write_dict);
    }
    HPyErr_SetString(ctx, ctx->h_TypeError, "there is a value that cannot be written");
    return -1;
}

HPyDef_METH(write_document, "write_document", HPyFunc_O)
static HPy write_document_impl(HPyContext *ctx, HPy self, HPy value)
{
    HPyStrBuilder builder = HPyStrBuilder_New(ctx, 0);
    (void)self;
    if (write_value(ctx, &builder, value) < 0) {
        HPyStrBuilder_Cancel(ctx, &builder);
        return HPy_NULL;
    }
    return HPyStrBuilder_Build(ctx, &builder);
}
#endif
