/* hpy-c/sample.h: what the files of the module share. */
#pragma once

#include "hpy.h"

extern HPyType_Spec point_spec;
extern HPyType_Spec node_spec;
extern HPyDef noargs, one, third, add, add_parsed, scale, scale_parsed, build, text, fail, get_value, get_value_s;
extern HPyDef set_value, first, item, set_first, call, make_list, make_tuple, sum_list;

/* A name that is looked up more than once. */
extern HPyGlobal name_value;

/* Raises TypeError unless the count of arguments is right. */
static inline int has_count(HPyContext *ctx, const char *function, size_t found, size_t expected)
{
    if (found == expected) {
        return 1;
    }
    HPyErr_Format(ctx, ctx->h_TypeError, "%s() takes %zu arguments (%zu given)", function, expected, found);
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
