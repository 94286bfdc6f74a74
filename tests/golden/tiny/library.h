/* Generated from the table in shims/api by generator/src/emit/c/library.rs. Do not edit: change the table. */
#pragma once

#include "hpy/hpytype.h"

HPyAPI_HELPER HPy HPy_Dup(HPyContext *ctx, HPy h);
HPyAPI_HELPER uint32_t HPyLong_AsUInt32_tMask(HPyContext *ctx, HPy h);
HPyAPI_HELPER HPy HPy_GetAttr(HPyContext *ctx, HPy obj, HPy name);
HPyAPI_HELPER int HPy_DelAttr(HPyContext *ctx, HPy obj, HPy name);
HPyAPI_HELPER HPy HPyErr_SetString(HPyContext *ctx, HPy h_type, const char *utf8_message);
HPyAPI_HELPER void HPyErr_Clear(HPyContext *ctx);
HPyAPI_HELPER HPy HPy_Call(HPyContext *ctx, HPy callable, const HPy *args, size_t nargs, HPy kwnames);
