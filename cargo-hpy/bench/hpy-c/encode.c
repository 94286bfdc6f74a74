/* hpy-c/encode.c: writes None, int, str, bytes, list and dict as bytes, each by its type. */
#include "codec.h"
#include "sample.h"

#ifdef HAS_EXTRAS
/* What is written, with the context. */
typedef struct {
    HPyContext *ctx;
    HPyBytesBuilder builder;
} Output;

static int encode_value(Output *output, HPy value);

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

static inline int put(Output *output, char tag, unsigned long long count)
{
    HPyContext *ctx = output->ctx;
    char *place = HPyBytesBuilder_Reserve(ctx, &output->builder, 1 + COUNT_MAX);
    if (place == NULL) {
        return -1;
    }
    HPyBytesBuilder_Advance(ctx, &output->builder, put_count(place, tag, count) - place);
    return 0;
}

static inline int put_bytes(Output *output, char tag, const char *data, HPy_ssize_t size)
{
    HPyContext *ctx = output->ctx;
    char *place = HPyBytesBuilder_Reserve(ctx, &output->builder, 1 + COUNT_MAX + size), *start;
    if (place == NULL) {
        return -1;
    }
    start = put_count(place, tag, (unsigned long long)size);
    memcpy(start, data, (size_t)size);
    HPyBytesBuilder_Advance(ctx, &output->builder, start + size - place);
    return 0;
}

static int encode_int(Output *output, HPy value)
{
    HPyContext *ctx = output->ctx;
    long long number = HPyLong_AsLongLong(ctx, value);
    if (number == -1 && HPyErr_Occurred(ctx)) {
        return -1;
    }
    return put(output, TAG_INT, (unsigned long long)number << 1 ^ (unsigned long long)(number >> 63));
}

static int encode_text(Output *output, HPy value)
{
    HPyContext *ctx = output->ctx;
    HPy_ssize_t size;
    const char *utf8 = HPyUnicode_AsUTF8AndSize(ctx, value, &size);
    return utf8 == NULL ? -1 : put_bytes(output, TAG_TEXT, utf8, size);
}

/* No Python code runs meanwhile, so nothing takes items from a container. */
static int encode_list(Output *output, HPy value)
{
    HPyContext *ctx = output->ctx;
    HPy_ssize_t i, size = HPyList_Size(ctx, value);
    if (put(output, TAG_LIST, (unsigned long long)size) < 0) {
        return -1;
    }
    for (i = 0; i < size; i++) {
        HPy item = HPyList_BorrowItem(ctx, value, i);
        int failed = HPy_IsNull(item) || encode_value(output, item) < 0;
        HPy_EndBorrow(ctx, item);
        if (failed) {
            return -1;
        }
    }
    return 0;
}

static int encode_dict(Output *output, HPy value)
{
    HPyContext *ctx = output->ctx;
    HPy key, item;
    HPy_ssize_t position = 0;
    if (put(output, TAG_DICT, (unsigned long long)HPyDict_Size(ctx, value)) < 0) {
        return -1;
    }
    while (HPyDict_BorrowNext(ctx, value, &position, &key, &item)) {
        int failed = encode_value(output, key) < 0 || encode_value(output, item) < 0;
        HPy_EndBorrow(ctx, key);
        HPy_EndBorrow(ctx, item);
        if (failed) {
            return -1;
        }
    }
    return 0;
}

static int encode_container(
    Output *output, HPy value, int (*encode)(Output *, HPy))
{
    HPyContext *ctx = output->ctx;
    int failed;
    if (HPy_EnterRecursiveCall(ctx, " while a value is encoded")) {
        return -1;
    }
    failed = encode(output, value);
    HPy_LeaveRecursiveCall(ctx);
    return failed;
}

static int encode_value(Output *output, HPy value)
{
    HPyContext *ctx = output->ctx;
    if (HPyUnicode_Check(ctx, value)) {
        return encode_text(output, value);
    }
    if (HPyLong_Check(ctx, value)) {
        return encode_int(output, value);
    }
    if (HPyList_Check(ctx, value)) {
        return encode_container(output, value, encode_list);
    }
    if (HPyDict_Check(ctx, value)) {
        return encode_container(output, value, encode_dict);
    }
    if (HPyBytes_Check(ctx, value)) {
        return put_bytes(output, TAG_BYTES, HPyBytes_AS_STRING(ctx, value), HPyBytes_GET_SIZE(ctx, value));
    }
    if (HPy_Is(ctx, value, ctx->h_None)) {
        return put(output, TAG_NONE, 0);
    }
    HPyErr_SetString(ctx, ctx->h_TypeError, "there is a value that cannot be encoded");
    return -1;
}

HPyDef_METH(encode, "encode", HPyFunc_O)
static HPy encode_impl(HPyContext *ctx, HPy self, HPy value)
{
    Output output;
    (void)self;
    output.ctx = ctx;
    output.builder = HPyBytesBuilder_New(ctx, 256);
    if (encode_value(&output, value) < 0) {
        HPyBytesBuilder_Cancel(ctx, &output.builder);
        return HPy_NULL;
    }
    return HPyBytesBuilder_Build(ctx, &output.builder);
}
#endif
