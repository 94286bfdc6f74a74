/* hpy-c/sample.h: what the files of the module share. */
#pragma once

#include "hpy.h"

extern HPyType_Spec point_spec;
extern HPyType_Spec node_spec;
extern HPyDef noargs, one, third, add, add_parsed, add_objects, scale, scale_parsed, build, text, fail, get_value, get_value_s;
extern HPyDef set_value, first, item, set_first, call, make_list, make_tuple, sum_list, sum_of;

#ifdef HPy_TPFLAGS_IMMUTABLETYPE
#  define HAS_EXTRAS
extern HPyType_Spec array_spec;
extern HPyDef encode, decode, write_document, find, sum_values, sum_int64, sum_double, last_byte;
#else /* HPy 0.9 has none of these. */
#  define HPy_TPFLAGS_IMMUTABLETYPE 0
#  define HPyGlobal_Borrow HPyGlobal_Load
#  define HPyGlobal_EndBorrow HPy_Close
#  define HPy_BorrowType HPy_Type
#  define HPyTuple_Size HPy_Length
#  define HPyTuple_BorrowItem HPy_GetItem_i
#  define HPy_EndBorrow HPy_Close
#  define HPy_CallOneArg(ctx, callable, arg) HPy_Call(ctx, callable, &(arg), 1, HPy_NULL)
#  define HPyListBuilder_i64 HPyListBuilder
#  define HPyListBuilder_i64_New HPyListBuilder_New
#  define HPyListBuilder_i64_Build HPyListBuilder_Build
#  define HPyListBuilder_i64_Cancel HPyListBuilder_Cancel
static inline int HPyListBuilder_i64_Set(HPyContext *ctx, HPyListBuilder builder, HPy_ssize_t index, int64_t value)
{
    HPy number = HPyLong_FromInt64_t(ctx, value);
    if (HPy_IsNull(number)) {
        return -1;
    }
    HPyListBuilder_Set(ctx, builder, index, number);
    HPy_Close(ctx, number);
    return 0;
}
#endif

/* Names that are looked up more than once, and types. */
extern HPyGlobal name_value, name_factor;
extern HPyGlobal symbol_type, term_type, sum_type;

/* Adds the types of algebra.c, or returns 0 with an exception. */
extern int add_algebra(HPyContext *ctx, HPy module);

/* Raises TypeError unless the count of arguments is right. */
static inline int has_count(HPyContext *ctx, const char *function, size_t found, size_t expected)
{
    if (found == expected) {
        return 1;
    }
    HPyErr_Format(ctx, ctx->h_TypeError, "%s() takes %zu arguments (%zu given)", function, expected, found);
    return 0;
}

/* The argument `factor` of a call with it as the parameter `position`: HPy_NULL if it is left out. Keywords come from the
   code of the caller, where they are interned: mostly it is the same object. Returns -1 with an exception. */
static inline int find_factor(
    HPyContext *ctx, const char *function, const HPy *args, size_t nargs, HPy kwnames, size_t position, HPy *factor)
{
    HPy_ssize_t i, count = HPy_IsNull(kwnames) ? 0 : HPyTuple_Size(ctx, kwnames);
    *factor = nargs > position ? args[position] : HPy_NULL;
    for (i = 0; i < count; i++) {
        HPy name = HPyTuple_BorrowItem(ctx, kwnames, i);
        HPy expected = HPyGlobal_Borrow(ctx, name_factor);
        int fits = HPy_Is(ctx, name, expected) || HPy_RichCompareBool(ctx, name, expected, HPy_EQ) == 1;
        HPyGlobal_EndBorrow(ctx, expected);
        HPy_EndBorrow(ctx, name);
        if (!fits) {
            HPyErr_Format(ctx, ctx->h_TypeError, "%s() got an unexpected keyword argument", function);
            return -1;
        }
        if (!HPy_IsNull(*factor)) {
            HPyErr_Format(ctx, ctx->h_TypeError, "%s() got multiple values for argument 'factor'", function);
            return -1;
        }
        *factor = args[nargs + (size_t)i];
    }
    return 0;
}

/* An argument as a double, or -1 with an exception. */
static inline int as_double(HPyContext *ctx, HPy object, double *value)
{
    *value = HPyFloat_AsDouble(ctx, object);
    return *value == -1.0 && HPyErr_Occurred(ctx) ? -1 : 0;
}

/* An argument as a long, or -1 with an exception. */
static inline int as_long(HPyContext *ctx, HPy object, long *value)
{
    *value = HPyLong_AsLong(ctx, object);
    return *value == -1 && HPyErr_Occurred(ctx) ? -1 : 0;
}
