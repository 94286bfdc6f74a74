/* hpy/inline_helpers.h: HPy's helpers in terms of the functions of the context. */
#pragma once

#include "hpy/runtime/ctx_funcs.h"

/* ---- exceptions from errno: HPy_NULL always, with an exception set ---- */

HPyAPI_INLINE_HELPER HPy HPyErr_SetFromErrno(HPyContext *ctx, HPy h_type)
{
    return HPyErr_SetFromErrnoWithFilenameObjects(ctx, h_type, HPy_NULL, HPy_NULL);
}

HPyAPI_INLINE_HELPER HPy HPyErr_SetFromErrnoWithFilenameObject(HPyContext *ctx, HPy h_type, HPy filename)
{
    return HPyErr_SetFromErrnoWithFilenameObjects(ctx, h_type, filename, HPy_NULL);
}

/* ---- tuples, attributes, methods ---- */

/* A tuple of the `n` handles that follow, which stay the caller's. */
HPyAPI_INLINE_HELPER HPy HPyTuple_Pack(HPyContext *ctx, HPy_ssize_t n, ...)
{
    HPyTupleBuilder builder = HPyTupleBuilder_New(ctx, n);
    va_list items;
    HPy_ssize_t index;
    va_start(items, n);
    for (index = 0; index < n; index++) {
        HPyTupleBuilder_Set(ctx, builder, index, va_arg(items, HPy));
    }
    va_end(items);
    return HPyTupleBuilder_Build(ctx, builder);
}

/* A call of it becomes one with an array, as no compiler inlines a function with variable arguments. There may be no
   items: so one follows them that is not used. C++ has no arrays without a name. */
#ifndef __cplusplus
#  define HPyTuple_Pack(ctx, ...) \
    HPyTuple_FromArray( \
        ctx, (const HPy[]){_HPY_WITHOUT_FIRST(__VA_ARGS__, HPy_NULL)}, _HPY_FIRST(__VA_ARGS__, HPy_NULL))
#  define _HPY_FIRST(first, ...) (first)
#  define _HPY_WITHOUT_FIRST(first, ...) __VA_ARGS__
#endif

HPyAPI_INLINE_HELPER int HPy_DelAttr(HPyContext *ctx, HPy obj, HPy name)
{
    return HPy_SetAttr(ctx, obj, name, HPy_NULL);
}

HPyAPI_INLINE_HELPER int HPy_DelAttr_s(HPyContext *ctx, HPy obj, const char *utf8_name)
{
    return HPy_SetAttr_s(ctx, obj, utf8_name, HPy_NULL);
}

/* Calls a method that may be HPy_NULL, and closes it. */
HPyAPI_INLINE_HELPER HPy _HPy_CallAndClose(HPyContext *ctx, HPy method, HPy args, HPy kw)
{
    HPy result;
    if (HPy_IsNull(method)) {
        return HPy_NULL;
    }
    result = HPy_CallTupleDict(ctx, method, args, kw);
    HPy_Close(ctx, method);
    return result;
}

HPyAPI_INLINE_HELPER HPy HPy_CallMethodTupleDict(HPyContext *ctx, HPy name, HPy receiver, HPy args, HPy kw)
{
    return _HPy_CallAndClose(ctx, HPy_GetAttr(ctx, receiver, name), args, kw);
}

HPyAPI_INLINE_HELPER HPy
HPy_CallMethodTupleDict_s(HPyContext *ctx, const char *utf8_name, HPy receiver, HPy args, HPy kw)
{
    return _HPy_CallAndClose(ctx, HPy_GetAttr_s(ctx, receiver, utf8_name), args, kw);
}

/* ---- integers and booleans of C's own types ---- */

HPyAPI_INLINE_HELPER HPy HPyBool_FromLong(HPyContext *ctx, long v)
{
    return HPyBool_FromBool(ctx, v != 0);
}

/* Whether a type has more than 32 bits: then it has 64. */
#define _HPY_IS_WIDE(type) (sizeof(type) > sizeof(int32_t))

HPyAPI_INLINE_HELPER HPy HPyLong_FromLong(HPyContext *ctx, long l)
{
    return _HPY_IS_WIDE(long) ? HPyLong_FromInt64_t(ctx, l) : HPyLong_FromInt32_t(ctx, (int32_t)l);
}

HPyAPI_INLINE_HELPER HPy HPyLong_FromUnsignedLong(HPyContext *ctx, unsigned long l)
{
    return _HPY_IS_WIDE(long) ? HPyLong_FromUInt64_t(ctx, l) : HPyLong_FromUInt32_t(ctx, (uint32_t)l);
}

HPyAPI_INLINE_HELPER HPy HPyLong_FromLongLong(HPyContext *ctx, long long l)
{
    return HPyLong_FromInt64_t(ctx, l);
}

HPyAPI_INLINE_HELPER HPy HPyLong_FromUnsignedLongLong(HPyContext *ctx, unsigned long long l)
{
    return HPyLong_FromUInt64_t(ctx, l);
}

/* Each of these is -1 on failure, with an exception set. */

HPyAPI_INLINE_HELPER long HPyLong_AsLong(HPyContext *ctx, HPy h)
{
    return _HPY_IS_WIDE(long) ? (long)HPyLong_AsInt64_t(ctx, h) : (long)HPyLong_AsInt32_t(ctx, h);
}

HPyAPI_INLINE_HELPER unsigned long HPyLong_AsUnsignedLong(HPyContext *ctx, HPy h)
{
    return _HPY_IS_WIDE(long) ? (unsigned long)HPyLong_AsUInt64_t(ctx, h) : (unsigned long)HPyLong_AsUInt32_t(ctx, h);
}

HPyAPI_INLINE_HELPER unsigned long HPyLong_AsUnsignedLongMask(HPyContext *ctx, HPy h)
{
    return _HPY_IS_WIDE(long) ? (unsigned long)HPyLong_AsUInt64_tMask(ctx, h)
                              : (unsigned long)HPyLong_AsUInt32_tMask(ctx, h);
}

HPyAPI_INLINE_HELPER long long HPyLong_AsLongLong(HPyContext *ctx, HPy h)
{
    return HPyLong_AsInt64_t(ctx, h);
}

HPyAPI_INLINE_HELPER unsigned long long HPyLong_AsUnsignedLongLong(HPyContext *ctx, HPy h)
{
    return HPyLong_AsUInt64_t(ctx, h);
}

HPyAPI_INLINE_HELPER unsigned long long HPyLong_AsUnsignedLongLongMask(HPyContext *ctx, HPy h)
{
    return HPyLong_AsUInt64_tMask(ctx, h);
}

/* ---- slices ---- */

/* An index of a slice, as it applies to a sequence of `length` items. */
HPyAPI_INLINE_HELPER HPy_ssize_t _HPySlice_Fit(HPy_ssize_t index, HPy_ssize_t length, bool backwards)
{
    if (index < 0) {
        index += length;
    }
    if (index < 0) {
        return backwards ? -1 : 0;
    }
    if (index >= length) {
        return backwards ? length - 1 : length;
    }
    return index;
}

/* Adjusts the indices that HPySlice_Unpack gives, and returns how many items the slice has. `step` is not 0. */
HPyAPI_INLINE_HELPER HPy_ssize_t HPySlice_AdjustIndices(
    HPyContext *ctx, HPy_ssize_t length, HPy_ssize_t *start, HPy_ssize_t *stop, HPy_ssize_t step)
{
    bool backwards = step < 0;
    HPy_ssize_t span, stride;
    (void)ctx;
    *start = _HPySlice_Fit(*start, length, backwards);
    *stop = _HPySlice_Fit(*stop, length, backwards);
    span = backwards ? *start - *stop : *stop - *start;
    stride = backwards ? -step : step;
    return span > 0 ? (span - 1) / stride + 1 : 0;
}
