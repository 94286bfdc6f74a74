/* Generated from the table in shims/api by generator/src/emit/c/library.rs. Do not edit: change the table. */
#pragma once

#include "hpy/hpytype.h"

HPyAPI_HELPER HPy HPy_Dup(HPyContext *ctx, HPy h);
HPyAPI_HELPER HPy HPyTracker_Last(HPyContext *ctx, HPyTracker ht);
HPyAPI_HELPER uint32_t HPyLong_AsUInt32_tMask(HPyContext *ctx, HPy h);
HPyAPI_HELPER HPy HPy_GetAttr(HPyContext *ctx, HPy obj, HPy name);
HPyAPI_HELPER int HPy_DelAttr(HPyContext *ctx, HPy obj, HPy name);
HPyAPI_HELPER HPy HPy_GetItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx);
HPyAPI_HELPER void HPyField_Store(HPyContext *ctx, HPy target_object, HPyField *target_field, HPy h);
HPyAPI_HELPER HPy HPyTuple_FromArray(HPyContext *ctx, const HPy *items, HPy_ssize_t n);
HPyAPI_HELPER HPy HPyErr_SetString(HPyContext *ctx, HPy h_type, const char *utf8_message);
HPyAPI_HELPER void HPyErr_Clear(HPyContext *ctx);
HPyAPI_HELPER HPy HPy_Call(HPyContext *ctx, HPy callable, const HPy *args, size_t nargs, HPy kwnames);
