/* hpy-c/decode.c: reads what encode.c writes. */
#include "codec.h"
#include "sample.h"

#ifdef HAS_EXTRAS
typedef struct {
    HPyContext *ctx;
    const unsigned char *next;
    const unsigned char *end;
} Input;

static HPy decode_value(Input *input);

static HPy truncated(HPyContext *ctx)
{
    return HPyErr_SetString(ctx, ctx->h_ValueError, "the bytes end within a value");
}

static inline int take_count(Input *input, unsigned long long *count)
{
    HPyContext *ctx = input->ctx;
    int shift = 0;
    *count = 0;
    while (input->next < input->end && shift < 7 * COUNT_MAX) {
        unsigned char byte = *input->next++;
        *count |= (unsigned long long)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            return 0;
        }
        shift += 7;
    }
    truncated(ctx);
    return -1;
}

/* A count of things that each have a byte at least. */
static inline HPy_ssize_t take_size(Input *input)
{
    HPyContext *ctx = input->ctx;
    unsigned long long count;
    if (take_count(input, &count) < 0) {
        return -1;
    }
    if (count > (unsigned long long)(input->end - input->next)) {
        truncated(ctx);
        return -1;
    }
    return (HPy_ssize_t)count;
}

static HPy decode_int(Input *input)
{
    HPyContext *ctx = input->ctx;
    unsigned long long count;
    if (take_count(input, &count) < 0) {
        return HPy_NULL;
    }
    return HPyLong_FromLongLong(ctx, (long long)(count >> 1 ^ (0 - (count & 1))));
}

static HPy decode_text(Input *input)
{
    HPyContext *ctx = input->ctx;
    HPy_ssize_t size = take_size(input);
    const char *start = (const char *)input->next;
    if (size < 0) {
        return HPy_NULL;
    }
    input->next += size;
    return HPyUnicode_DecodeUTF8(ctx, start, size, NULL);
}

static HPy decode_bytes(Input *input)
{
    HPyContext *ctx = input->ctx;
    HPy_ssize_t size = take_size(input);
    const char *start = (const char *)input->next;
    if (size < 0) {
        return HPy_NULL;
    }
    input->next += size;
    return HPyBytes_FromStringAndSize(ctx, start, size);
}

static HPy decode_list(Input *input)
{
    HPyContext *ctx = input->ctx;
    HPy_ssize_t i, size = take_size(input);
    HPyListBuilder builder;
    if (size < 0) {
        return HPy_NULL;
    }
    builder = HPyListBuilder_New(ctx, size);
    for (i = 0; i < size; i++) {
        HPy item = decode_value(input);
        if (HPy_IsNull(item)) {
            HPyListBuilder_Cancel(ctx, builder);
            return HPy_NULL;
        }
        HPyListBuilder_Give(ctx, builder, i, item);
    }
    return HPyListBuilder_Build(ctx, builder);
}

static HPy decode_dict(Input *input)
{
    HPyContext *ctx = input->ctx;
    HPy_ssize_t i, size = take_size(input);
    HPy dict;
    if (size < 0 || HPy_IsNull(dict = HPyDict_New(ctx))) {
        return HPy_NULL;
    }
    for (i = 0; i < size; i++) {
        HPy key = decode_value(input);
        HPy item = HPy_IsNull(key) ? HPy_NULL : decode_value(input);
        int failed = HPy_IsNull(item) || HPyDict_SetItem(ctx, dict, key, item) < 0;
        HPy_Close(ctx, key);
        HPy_Close(ctx, item);
        if (failed) {
            HPy_Close(ctx, dict);
            return HPy_NULL;
        }
    }
    return dict;
}

static HPy decode_container(Input *input, HPy (*decode)(Input *))
{
    HPyContext *ctx = input->ctx;
    HPy result;
    if (HPy_EnterRecursiveCall(ctx, " while a value is decoded")) {
        return HPy_NULL;
    }
    result = decode(input);
    HPy_LeaveRecursiveCall(ctx);
    return result;
}

static HPy decode_value(Input *input)
{
    HPyContext *ctx = input->ctx;
    if (input->next == input->end) {
        return truncated(ctx);
    }
    switch (*input->next++) {
    case TAG_NONE:
        return take_size(input) < 0 ? HPy_NULL : HPy_Dup(ctx, ctx->h_None);
    case TAG_INT:
        return decode_int(input);
    case TAG_TEXT:
        return decode_text(input);
    case TAG_BYTES:
        return decode_bytes(input);
    case TAG_LIST:
        return decode_container(input, decode_list);
    case TAG_DICT:
        return decode_container(input, decode_dict);
    default:
        return HPyErr_SetString(ctx, ctx->h_ValueError, "there is no such tag");
    }
}

HPyDef_METH(decode, "decode", HPyFunc_O)
static HPy decode_impl(HPyContext *ctx, HPy self, HPy bytes)
{
    const char *data;
    HPy_ssize_t size;
    Input input;
    (void)self;
    if (HPyBytes_AsStringAndSize(ctx, bytes, &data, &size) < 0) {
        return HPy_NULL;
    }
    input.ctx = ctx;
    input.next = (const unsigned char *)data;
    input.end = input.next + size;
    return decode_value(&input);
}
#endif
