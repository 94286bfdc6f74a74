/* abi-tests/c/bytes.c: the memory of bytes objects. */
#define FAMILY bytes
#include "support.h"

static HPy sum_of(HPyContext *ctx, HPy h)
{
    const char *data = HPyBytes_AsString(ctx, h);
    int64_t sum = 0;
    size_t length;
    if (data == NULL) {
        return HPy_NULL;
    }
    length = (size_t)HPyBytes_Size(ctx, h);
    assert(data[length] == 0);
    /* Where a debug context makes a copy for each, they have the same content. */
    assert(memcmp(data, HPyBytes_AS_STRING(ctx, h), length + 1) == 0);
    for (; *data != 0; data++) {
        sum += (unsigned char)*data;
    }
    return HPyLong_FromInt64_t(ctx, sum);
}

HANDLE(sum, (ctx, h), sum_of(ctx, h))

MODULE(DEF(sum))
