/* hpy-c/encode.c: writes None, int, str, bytes, list and dict as bytes, each by its type. */
#include "codec.h"
#include "sample.h"

#ifdef HAS_EXTRAS
static int encode_value(HPyContext *ctx, HPyBytesBuilder *builder, HPy value);

/* A tag and a count, at a place that has room. */
static inline char *put_count(char *place, char tag, unsigned long long count)
{
    *place++ = tag;
    while (count >= 0x80) {
        *place++ = (char)(count | 0x80);
        count >>= 7;
    }
    *place++ = (char)count;
    return place;
}

static inline int put(HPyContext *ctx, HPyBytesBuilder *builder, char tag, unsigned long long count)
{
    char *place = HPyBytesBuilder_Reserve(ctx, builder, 1 + COUNT_MAX);
    if (place == NULL) {
        return -1;
    }
    HPyBytesBuilder_Advance(ctx, builder, put_count(place, tag, count) - place);
    return 0;
}

static inline int put_bytes(HPyContext *ctx, HPyBytesBuilder *builder, char tag, const char *data, HPy_ssize_t size)
{
    char *place = HPyBytesBuilder_Reserve(ctx, builder, 1 + COUNT_MAX + size), *start;
    if (place == NULL) {
        return -1;
    }
    start = put_count(place, tag, (unsigned long long)size);
    memcpy(start, data, (size_t)size);
    HPyBytesBuilder_Advance(ctx, builder, start + size - place);
    return 0;
}

static int encode_int(HPyContext *ctx, HPyBytesBuilder *builder, HPy value)
{
    long long number = HPyLong_AsLongLong(ctx, value);
    if (number == -1 && HPyErr_Occurred(ctx)) {
        return -1;
    }
    return put(ctx, builder, TAG_INT, (unsigned long long)number << 1 ^ (unsigned long long)(number >> 63));
}

static int encode_text(HPyContext *ctx, HPyBytesBuilder *builder, HPy value)
{
    HPy_ssize_t size;
    const char *utf8 = HPyUnicode_AsUTF8AndSize(ctx, value, &size);
    return utf8 == NULL ? -1 : put_bytes(ctx, builder, TAG_TEXT, utf8, size);
}

/* No Python code runs meanwhile, so nothing takes items from a container. */
static int encode_list(HPyContext *ctx, HPyBytesBuilder *builder, HPy value)
{
    HPy_ssize_t i, size = HPyList_Size(ctx, value);
    if (put(ctx, builder, TAG_LIST, (unsigned long long)size) < 0) {
        return -1;
    }
    for (i = 0; i < size; i++) {
        HPy item = HPyList_BorrowItem(ctx, value, i);
        int failed = HPy_IsNull(item) || encode_value(ctx, builder, item) < 0;
        HPy_EndBorrow(ctx, item);
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
    if (put(ctx, builder, TAG_DICT, (unsigned long long)HPyDict_Size(ctx, value)) < 0) {
        return -1;
    }
    while (HPyDict_BorrowNext(ctx, value, &position, &key, &item)) {
        int failed = encode_value(ctx, builder, key) < 0 || encode_value(ctx, builder, item) < 0;
        HPy_EndBorrow(ctx, key);
        HPy_EndBorrow(ctx, item);
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
        return put(ctx, builder, TAG_NONE, 0);
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
