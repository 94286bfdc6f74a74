/* hpy/integers128.h: integers of 128 bits, where the compiler has them. */
#pragma once

#include "hpy/extras.h"

#ifdef __SIZEOF_INT128__

__extension__ typedef __int128 HPy_int128;
__extension__ typedef unsigned __int128 HPy_uint128;

/* Whether the first byte of a number is the lowest. */
#define _HPY_LITTLE_ENDIAN (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)

/* Each is a new handle, or HPy_NULL with MemoryError set. */

HPyAPI_INLINE_HELPER HPy HPyLong_FromInt128(HPyContext *ctx, HPy_int128 value)
{
    if (value == (int64_t)value) {
        return HPyLong_FromInt64_t(ctx, (int64_t)value);
    }
    return HPyLong_FromBytes(ctx, (const unsigned char *)&value, sizeof value, _HPY_LITTLE_ENDIAN, true);
}

HPyAPI_INLINE_HELPER HPy HPyLong_FromUInt128(HPyContext *ctx, HPy_uint128 value)
{
    if (value == (uint64_t)value) {
        return HPyLong_FromUInt64_t(ctx, (uint64_t)value);
    }
    return HPyLong_FromBytes(ctx, (const unsigned char *)&value, sizeof value, _HPY_LITTLE_ENDIAN, false);
}

HPyAPI_INLINE_HELPER int _HPyLong_AsWide(HPyContext *ctx, HPy h, void *value, bool is_signed)
{
    HPy index = HPy_Index(ctx, h);
    unsigned char bytes[sizeof(HPy_int128)];
    int failed;
    if (HPy_IsNull(index)) {
        return -1;
    }
    failed = HPyLong_AsBytes(ctx, index, bytes, sizeof bytes, _HPY_LITTLE_ENDIAN, is_signed);
    HPy_Close(ctx, index);
    if (!failed) {
        memcpy(value, bytes, sizeof bytes);
    }
    return failed;
}

/* Each writes the value of a number, which is asked by __index__ if it is no int: 0, or -1 with an exception set, OverflowError
   if it has no room. */

HPyAPI_INLINE_HELPER int HPyLong_AsInt128(HPyContext *ctx, HPy h, HPy_int128 *value)
{
    int overflow;
    int64_t small = HPyLong_AsInt64AndOverflow(ctx, h, &overflow);
    if (overflow != 0) {
        return _HPyLong_AsWide(ctx, h, value, true);
    }
    if (small == -1 && HPyErr_Occurred(ctx)) {
        return -1;
    }
    *value = small;
    return 0;
}

HPyAPI_INLINE_HELPER int HPyLong_AsUInt128(HPyContext *ctx, HPy h, HPy_uint128 *value)
{
    int overflow;
    int64_t small = HPyLong_AsInt64AndOverflow(ctx, h, &overflow);
    if (small == -1 && overflow == 0 && HPyErr_Occurred(ctx)) {
        return -1;
    }
    if (overflow != 0 || small < 0) {
        return _HPyLong_AsWide(ctx, h, value, false);
    }
    *value = (HPy_uint128)small;
    return 0;
}

#endif
