/* Generated from the table in shims/api by generator/src/emit/c/loader/functions.rs. Do not edit: change the table. */
#pragma once

#include "hpy/loader/context.h"
#include "hpy/loader/state.h"

HPyAPI_FUNC HPy HPy_Dup(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Dup(ctx, h);
}

HPyAPI_FUNC HPy HPyTracker_Last(HPyContext *ctx, HPyTracker ht)
{
    return ctx->ctx_Tracker_Last(ctx, ht);
}

HPyAPI_FUNC uint32_t HPyLong_AsUInt32_tMask(HPyContext *ctx, HPy h)
{
    return ctx->ctx_Long_AsUInt32_tMask(ctx, h);
}

HPyAPI_FUNC HPy HPy_GetAttr(HPyContext *ctx, HPy obj, HPy name)
{
    return ctx->ctx_GetAttr(ctx, obj, name);
}

HPyAPI_FUNC int HPy_DelAttr(HPyContext *ctx, HPy obj, HPy name)
{
    return ctx->ctx_DelAttr(ctx, obj, name);
}

HPyAPI_FUNC HPy HPy_GetItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx)
{
    return ctx->ctx_GetItem_i(ctx, obj, idx);
}

HPyAPI_FUNC void HPyField_Store(HPyContext *ctx, HPy target_object, HPyField *target_field, HPy h)
{
    ctx->ctx_Field_Store(ctx, target_object, target_field, h);
}

HPyAPI_FUNC HPy HPyTuple_FromArray(HPyContext *ctx, const HPy *items, HPy_ssize_t n)
{
    return ctx->ctx_Tuple_FromArray(ctx, items, n);
}

HPyAPI_FUNC HPy HPyErr_SetString(HPyContext *ctx, HPy h_type, const char *utf8_message)
{
    ctx->ctx_Err_SetString(ctx, h_type, utf8_message);
    return HPy_NULL;
}

HPyAPI_FUNC void HPyErr_Clear(HPyContext *ctx)
{
    ctx->ctx_Err_Clear(ctx);
}

HPyAPI_FUNC HPy HPy_Call(HPyContext *ctx, HPy callable, const HPy *args, size_t nargs, HPy kwnames)
{
    return ctx->ctx_Call(ctx, callable, args, nargs, kwnames);
}

#ifdef HPY_ABI_UNIVERSAL

#else

#endif
