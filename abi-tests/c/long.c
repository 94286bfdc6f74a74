/* abi-tests/c/long.c: integers: every C type to Python and back. */
#define FAMILY long
#include "support.h"

static HPy void_ptr(HPyContext *ctx, HPy h)
{
    void *pointer = HPyLong_AsVoidPtr(ctx, h);
    if (HPyErr_Occurred(ctx)) {
        assert(pointer == NULL);
        return HPy_NULL;
    }
    return HPyLong_FromSize_t(ctx, (size_t)(uintptr_t)pointer);
}

HANDLE(from_int32, (ctx, h), HPyLong_FromInt32_t(ctx, (int32_t)number(ctx, h)))
HANDLE(from_uint32, (ctx, h), HPyLong_FromUInt32_t(ctx, (uint32_t)number(ctx, h)))
HANDLE(from_int64, (ctx, h), HPyLong_FromInt64_t(ctx, number(ctx, h)))
HANDLE(from_uint64, (ctx, h), HPyLong_FromUInt64_t(ctx, (uint64_t)number(ctx, h)))
HANDLE(from_size, (ctx, h), HPyLong_FromSize_t(ctx, (size_t)number(ctx, h)))
HANDLE(from_ssize, (ctx, h), HPyLong_FromSsize_t(ctx, ssize(ctx, h)))
INT(as_int32, (ctx, h), HPyLong_AsInt32_t(ctx, h))
UINT32(as_uint32, (ctx, h), HPyLong_AsUInt32_t(ctx, h))
UINT32(as_uint32_mask, (ctx, h), HPyLong_AsUInt32_tMask(ctx, h))
INT64(as_int64, (ctx, h), HPyLong_AsInt64_t(ctx, h))
UINT64(as_uint64, (ctx, h), HPyLong_AsUInt64_t(ctx, h))
UINT64(as_uint64_mask, (ctx, h), HPyLong_AsUInt64_tMask(ctx, h))
SIZE(as_size, (ctx, h), HPyLong_AsSize_t(ctx, h))
SSIZE(as_ssize, (ctx, h), HPyLong_AsSsize_t(ctx, h))
DOUBLE(as_double, (ctx, h), HPyLong_AsDouble(ctx, h))
HANDLE(as_void_ptr, (ctx, h), void_ptr(ctx, h))

MODULE(
    DEF(from_int32), DEF(from_uint32), DEF(from_int64), DEF(from_uint64), DEF(from_size), DEF(from_ssize),
    DEF(as_int32), DEF(as_uint32), DEF(as_uint32_mask), DEF(as_int64), DEF(as_uint64), DEF(as_uint64_mask),
    DEF(as_size), DEF(as_ssize), DEF(as_double), DEF(as_void_ptr))
