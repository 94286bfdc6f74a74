/* Generated from the table in shims/api by generator/src/emit/c/loader/context.rs. Do not edit: change the table. */
#pragma once

#include "hpy/spec.h"
#include "hpy/loader/state.h"

struct _HPyContext_s {
    const char *name;
    void *_private;
    int abi_version;
    HPy h_None;
    HPy h_ValueError;
    HPy h_LongType;
    HPy (*ctx_Dup)(HPyContext *ctx, HPy h);
    HPy (*ctx_Tracker_Last)(HPyContext *ctx, HPyTracker ht);
    uint32_t (*ctx_Long_AsUInt32_tMask)(HPyContext *ctx, HPy h);
    HPy (*ctx_GetAttr)(HPyContext *ctx, HPy obj, HPy name);
    int (*ctx_DelAttr)(HPyContext *ctx, HPy obj, HPy name);
    HPy (*ctx_GetItem_i)(HPyContext *ctx, HPy obj, HPy_ssize_t idx);
    void (*ctx_Field_Store)(HPyContext *ctx, HPy target_object, HPyField *target_field, HPy h);
    HPy (*ctx_Tuple_FromArray)(HPyContext *ctx, const HPy *items, HPy_ssize_t n);
    void (*ctx_Err_SetString)(HPyContext *ctx, HPy h_type, const char *utf8_message);
    void (*ctx_Err_Clear)(HPyContext *ctx);
    HPy (*ctx_Call)(HPyContext *ctx, HPy callable, const HPy *args, size_t nargs, HPy kwnames);
    HPy h_Builtins;
};

_HPY_CONTEXT_MEMBER(h_None, 3);
_HPY_CONTEXT_MEMBER(h_ValueError, 8);
_HPY_CONTEXT_MEMBER(h_LongType, 74);
_HPY_CONTEXT_MEMBER(ctx_Dup, 80);
_HPY_CONTEXT_MEMBER(ctx_Tracker_Last, 81);
_HPY_CONTEXT_MEMBER(ctx_Long_AsUInt32_tMask, 82);
_HPY_CONTEXT_MEMBER(ctx_GetAttr, 103);
_HPY_CONTEXT_MEMBER(ctx_DelAttr, 104);
_HPY_CONTEXT_MEMBER(ctx_GetItem_i, 118);
_HPY_CONTEXT_MEMBER(ctx_Field_Store, 121);
_HPY_CONTEXT_MEMBER(ctx_Tuple_FromArray, 122);
_HPY_CONTEXT_MEMBER(ctx_Err_SetString, 140);
_HPY_CONTEXT_MEMBER(ctx_Err_Clear, 147);
_HPY_CONTEXT_MEMBER(ctx_Call, 207);
_HPY_CONTEXT_MEMBER(h_Builtins, 246);
_HPy_STATIC_ASSERT(sizeof(HPyContext) == 18 * sizeof(void *), "the context has another size");
