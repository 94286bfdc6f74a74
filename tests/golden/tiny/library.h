/* Generated from the table in shims/api by generator/src/emit/c/library.rs. Do not edit: change the table. */
#pragma once

#include "hpy/hpytype.h"

/**
 * Opens another handle of `h`.
 *
 * Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
 *
 * Handles:
 * `h` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPy_Dup`, context index 77. It is the member `ctx_Dup` of the context.
 */
HPyAPI_HELPER HPy HPy_Dup(HPyContext *ctx, HPy h);

/**
 * The last handle of `ht`.
 *
 * Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
 *
 * Source:
 * HPy: `HPyTracker_Last`, context index 78. It is the member `ctx_Tracker_Last` of the context.
 */
HPyAPI_HELPER HPy HPyTracker_Last(HPyContext *ctx, HPyTracker ht);

/**
 * The lowest 32 bits of `h`.
 *
 * Returns -1 with an exception set on failure; as -1 can be a result too, `HPyErr_Occurred` tells.
 *
 * Handles:
 * `h` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPyLong_AsUInt32_tMask`, context index 79. It is the member `ctx_Long_AsUInt32_tMask` of the context.
 */
HPyAPI_HELPER uint32_t HPyLong_AsUInt32_tMask(HPyContext *ctx, HPy h);

/**
 * The attribute `name` of `obj`.
 *
 * Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
 *
 * Exceptions:
 * `AttributeError` if there is none.
 *
 * Handles:
 * `obj` must not be `HPy_NULL`. `name` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPy_GetAttr`, context index 100. It is the member `ctx_GetAttr` of the context.
 */
HPyAPI_HELPER HPy HPy_GetAttr(HPyContext *ctx, HPy obj, HPy name);

/**
 * Deletes the attribute `name` of `obj`.
 *
 * Returns -1 with an exception set on failure.
 *
 * Handles:
 * `obj` must not be `HPy_NULL`. `name` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPy_DelAttr`, context index 101. It is the member `ctx_DelAttr` of the context.
 */
HPyAPI_HELPER int HPy_DelAttr(HPyContext *ctx, HPy obj, HPy name);

/**
 * The item `idx` of `obj`.
 *
 * Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
 *
 * Handles:
 * `obj` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPy_GetItem_i`, context index 115. It is the member `ctx_GetItem_i` of the context.
 */
HPyAPI_HELPER HPy HPy_GetItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx);

/**
 * Stores `h` in `target_field` of `target_object`.
 *
 * It cannot fail.
 *
 * Handles:
 * `target_object` must not be `HPy_NULL`. `h` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPyField_Store`, context index 118. It is the member `ctx_Field_Store` of the context.
 */
HPyAPI_HELPER void HPyField_Store(HPyContext *ctx, HPy target_object, HPyField *target_field, HPy h);

/**
 * A tuple of the `n` handles in `items`.
 *
 * Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
 *
 * Source:
 * HPy: `HPyTuple_FromArray`, context index 119. It is the member `ctx_Tuple_FromArray` of the context.
 */
HPyAPI_HELPER HPy HPyTuple_FromArray(HPyContext *ctx, const HPy *items, HPy_ssize_t n);

/**
 * Raises `h_type` with `utf8_message`.
 *
 * Sets an exception and always returns `HPy_NULL`, so that `return` can stand before the call.
 *
 * Handles:
 * `h_type` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPyErr_SetString`, context index 137. It is the member `ctx_Err_SetString` of the context.
 */
HPyAPI_HELPER HPy HPyErr_SetString(HPyContext *ctx, HPy h_type, const char *utf8_message);

/**
 * Forgets the exception that is set.
 *
 * It cannot fail.
 *
 * Source:
 * HPy: `HPyErr_Clear`, context index 144. It is the member `ctx_Err_Clear` of the context.
 */
HPyAPI_HELPER void HPyErr_Clear(HPyContext *ctx);

/**
 * Calls `callable` with the array `args` of `nargs` handles; `kwnames` names the last of them.
 *
 * Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
 *
 * Handles:
 * `callable` must not be `HPy_NULL`. `kwnames` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPy_Call`, context index 204. It is the member `ctx_Call` of the context.
 */
HPyAPI_HELPER HPy HPy_Call(HPyContext *ctx, HPy callable, const HPy *args, size_t nargs, HPy kwnames);

