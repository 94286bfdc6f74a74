/* hpy-c/encode.c: writes None, int, str, bytes, list and dict as bytes, each by its type. */
#include "codec.h"
#include "sample.h"

#ifdef HAS_EXTRAS
static int encode_value(HPyContext *ctx, HPyBytesBuilder *builder, HPy value);

/* A tag and a count, with room for more bytes behind them. */
static inline int put_count(
    HPyContext *ctx, HPyBytesBuilder *builder, char tag, unsigned long long count, HPy_ssize_t more)
{
    char *place = HPyBytesBuilder_Reserve(ctx, builder, 1 + COUNT_MAX + more), *start = place;
    if (place == NULL) {
        return -1;
    }
    *place++ = tag;
    while (count >= 0x80) {
        *place++ = (char)(count | 0x80);
        count >>= 7;
    }
    *place++ = (char)count;
    HPyBytesBuilder_Advance(ctx, builder, place - start);
    return 0;
}

static inline int put_bytes(HPyContext *ctx, HPyBytesBuilder *builder, char tag, const char *data, HPy_ssize_t size)
{
    if (put_count(ctx, builder, tag, (unsigned long long)size, size) < 0) {
        return -1;
    }
    return HPyBytesBuilder_Write(ctx, builder, data, size);
}

static int encode_int(HPyContext *ctx, HPyBytesBuilder *builder, HPy value)
{
    long long number = HPyLong_AsLongLong(ctx, value);
    if (number == -1 && HPyErr_Occurred(ctx)) {
        return -1;
    }
    return put_count(ctx, builder, TAG_INT, (unsigned long long)number << 1 ^ (unsigned long long)(number >> 63), 0);
}

static int encode_text(HPyContext *ctx, HPyBytesBuilder *builder, HPy value)
{
    HPy_ssize_t size;
    const char *utf8 = HPyUnicode_AsUTF8AndSize(ctx, value, &size);
    return utf8 == NULL ? -1 : put_bytes(ctx, builder, TAG_TEXT, utf8, size);
}

static int encode_list(HPyContext *ctx, HPyBytesBuilder *builder, HPy value)
{
    HPy_ssize_t i, size = HPy_Length(ctx, value);
    if (put_count(ctx, builder, TAG_LIST, (unsigned long long)size, 0) < 0) {
        return -1;
    }
    for (i = 0; i < size; i++) {
        HPy item = HPy_GetItem_i(ctx, value, i);
        int failed = HPy_IsNull(item) || encode_value(ctx, builder, item) < 0;
        HPy_Close(ctx, item);
        if (failed) {
            return -1;
        }
    }
    return 0;
}

static int encode_dict(HPyContext *ctx, HPyBytesBuilder *builder, HPy value)
{
    HPy key, item;
    HPy_ssize_t position = 0;
    if (put_count(ctx, builder, TAG_DICT, (unsigned long long)HPyDict_Size(ctx, value), 0) < 0) {
        return -1;
    }
    while (HPyDict_Next(ctx, value, &position, &key, &item)) {
        int failed = encode_value(ctx, builder, key) < 0 || encode_value(ctx, builder, item) < 0;
        HPy_Close(ctx, key);
        HPy_Close(ctx, item);
        if (failed) {
            return -1;
        }
    }
    return 0;
}

static int encode_container(
    HPyContext *ctx, HPyBytesBuilder *builder, HPy value, int (*encode)(HPyContext *, HPyBytesBuilder *, HPy))
{
    int failed;
    if (HPy_EnterRecursiveCall(ctx, " while a value is encoded")) {
        return -1;
    }
    failed = encode(ctx, builder, value);
    HPy_LeaveRecursiveCall(ctx);
    return failed;
}

static int encode_value(HPyContext *ctx, HPyBytesBuilder *builder, HPy value)
{
    if (HPyUnicode_Check(ctx, value)) {
        return encode_text(ctx, builder, value);
    }
    if (HPyLong_Check(ctx, value)) {
        return encode_int(ctx, builder, value);
    }
    if (HPyList_Check(ctx, value)) {
        return encode_container(ctx, builder, value, encode_list);
    }
    if (HPyDict_Check(ctx, value)) {
        return encode_container(ctx, builder, value, encode_dict);
    }
    if (HPyBytes_Check(ctx, value)) {
        return put_bytes(ctx, builder, TAG_BYTES, HPyBytes_AS_STRING(ctx, value), HPyBytes_GET_SIZE(ctx, value));
    }
    if (HPy_Is(ctx, value, ctx->h_None)) {
        return put_count(ctx, builder, TAG_NONE, 0, 0);
    }
    HPyErr_SetString(ctx, ctx->h_TypeError, "there is a value that cannot be encoded");
    return -1;
}

HPyDef_METH(encode, "encode", HPyFunc_O)
static HPy encode_impl(HPyContext *ctx, HPy self, HPy value)
{
    HPyBytesBuilder builder = HPyBytesBuilder_New(ctx, 256);
    (void)self;
    if (encode_value(ctx, &builder, value) < 0) {
        HPyBytesBuilder_Cancel(ctx, &builder);
        return HPy_NULL;
    }
    return HPyBytesBuilder_Build(ctx, &builder);
}
#endif
