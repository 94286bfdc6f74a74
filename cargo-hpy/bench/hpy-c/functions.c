/* hpy-c/functions.c: calls, arguments, containers, attributes. */
#include "sample.h"

HPyDef_METH(noargs, "noargs", HPyFunc_NOARGS)
static HPy noargs_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(one, "one", HPyFunc_O)
static HPy one_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_Dup(ctx, arg);
}

HPyDef_METH(third, "third", HPyFunc_VARARGS)
static HPy third_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    (void)self;
    return has_count(ctx, "third", nargs, 3) ? HPy_Dup(ctx, args[2]) : HPy_NULL;
}

HPyDef_METH(add, "add", HPyFunc_VARARGS)
static HPy add_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    long a, b;
    (void)self;
    if (!has_count(ctx, "add", nargs, 2) || as_long(ctx, args[0], &a) < 0 || as_long(ctx, args[1], &b) < 0) {
        return HPy_NULL;
    }
    return HPyLong_FromLong(ctx, a + b);
}

HPyDef_METH(add_parsed, "add_parsed", HPyFunc_VARARGS)
static HPy add_parsed_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    long a, b;
    (void)self;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "ll", &a, &b)) {
        return HPy_NULL;
    }
    return HPyLong_FromLong(ctx, a + b);
}

HPyDef_METH(add_objects, "add_objects", HPyFunc_VARARGS)
static HPy add_objects_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPyTracker tracker;
    HPy a, b, sum;
    (void)self;
    if (!HPyArg_Parse(ctx, &tracker, args, nargs, "OO", &a, &b)) {
        return HPy_NULL;
    }
    sum = HPy_Add(ctx, a, b);
    HPyTracker_Close(ctx, tracker);
    return sum;
}

HPyDef_METH(scale, "scale", HPyFunc_KEYWORDS)
static HPy scale_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    HPy factor_arg;
    long value, factor = 2;
    (void)self;
    if (nargs < 1 || nargs > 2) {
        return HPyErr_Format(ctx, ctx->h_TypeError, "scale() takes 1 or 2 arguments (%zu given)", nargs);
    }
    if (find_factor(ctx, "scale", args, nargs, kwnames, 1, &factor_arg) < 0 || as_long(ctx, args[0], &value) < 0
        || (!HPy_IsNull(factor_arg) && as_long(ctx, factor_arg, &factor) < 0)) {
        return HPy_NULL;
    }
    return HPyLong_FromLong(ctx, value * factor);
}

HPyDef_METH(scale_parsed, "scale_parsed", HPyFunc_KEYWORDS)
static HPy scale_parsed_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    static const char *names[] = {"", "factor", NULL};
    long value, factor = 2;
    (void)self;
    if (!HPyArg_ParseKeywords(ctx, NULL, args, nargs, kwnames, "l|l:scale_parsed", names, &value, &factor)) {
        return HPy_NULL;
    }
    return HPyLong_FromLong(ctx, value * factor);
}

HPyDef_METH(build, "build", HPyFunc_NOARGS)
static HPy build_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPy_BuildValue(ctx, "(lds)", 1L, 2.5, "three");
}

HPyDef_METH(text, "text", HPyFunc_O)
static HPy text_impl(HPyContext *ctx, HPy self, HPy arg)
{
    long number;
    (void)self;
    if (as_long(ctx, arg, &number) < 0) {
        return HPy_NULL;
    }
    return HPyUnicode_FromFormat(ctx, "number %ld of %s", number, "many");
}

HPyDef_METH(fail, "fail", HPyFunc_NOARGS)
static HPy fail_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyErr_SetString(ctx, ctx->h_ValueError, "this function fails");
}

HPyDef_METH(get_value, "get_value", HPyFunc_O)
static HPy get_value_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy name = HPyGlobal_Borrow(ctx, name_value);
    HPy value = HPy_GetAttr(ctx, arg, name);
    (void)self;
    HPyGlobal_EndBorrow(ctx, name);
    return value;
}

HPyDef_METH(get_value_s, "get_value_s", HPyFunc_O)
static HPy get_value_s_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_GetAttr_s(ctx, arg, "value");
}

HPyDef_METH(set_value, "set_value", HPyFunc_VARARGS)
static HPy set_value_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPy name;
    int status;
    (void)self;
    if (!has_count(ctx, "set_value", nargs, 2)) {
        return HPy_NULL;
    }
    name = HPyGlobal_Borrow(ctx, name_value);
    status = HPy_SetAttr(ctx, args[0], name, args[1]);
    HPyGlobal_EndBorrow(ctx, name);
    return status < 0 ? HPy_NULL : HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(first, "first", HPyFunc_O)
static HPy first_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPy_GetItem_i(ctx, arg, 0);
}

HPyDef_METH(item, "item", HPyFunc_VARARGS)
static HPy item_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    (void)self;
    return has_count(ctx, "item", nargs, 2) ? HPy_GetItem(ctx, args[0], args[1]) : HPy_NULL;
}

HPyDef_METH(set_first, "set_first", HPyFunc_VARARGS)
static HPy set_first_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    (void)self;
    if (!has_count(ctx, "set_first", nargs, 2) || HPy_SetItem_i(ctx, args[0], 0, args[1]) < 0) {
        return HPy_NULL;
    }
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(call, "call", HPyFunc_VARARGS)
static HPy call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    (void)self;
    return has_count(ctx, "call", nargs, 2) ? HPy_CallOneArg(ctx, args[0], args[1]) : HPy_NULL;
}

HPyDef_METH(make_list, "make_list", HPyFunc_O)
static HPy make_list_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPyListBuilder_i64 builder;
    long i, size;
    (void)self;
    if (as_long(ctx, arg, &size) < 0) {
        return HPy_NULL;
    }
    builder = HPyListBuilder_i64_New(ctx, size);
    for (i = 0; i < size; i++) {
        if (HPyListBuilder_i64_Set(ctx, builder, i, i) < 0) {
            HPyListBuilder_i64_Cancel(ctx, builder);
            return HPy_NULL;
        }
    }
    return HPyListBuilder_i64_Build(ctx, builder);
}

HPyDef_METH(make_tuple, "make_tuple", HPyFunc_O)
static HPy make_tuple_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPyTuple_Pack(ctx, 3, arg, arg, arg);
}

HPyDef_METH(sum_list, "sum_list", HPyFunc_O)
static HPy sum_list_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_ssize_t i, size = HPy_Length(ctx, arg);
    long sum = 0;
    (void)self;
    if (size < 0) {
        return HPy_NULL;
    }
    for (i = 0; i < size; i++) {
        HPy number = HPy_GetItem_i(ctx, arg, i);
        long value;
        int status;
        if (HPy_IsNull(number)) {
            return HPy_NULL;
        }
        status = as_long(ctx, number, &value);
        HPy_Close(ctx, number);
        if (status < 0) {
            return HPy_NULL;
        }
        sum += value;
    }
    return HPyLong_FromLong(ctx, sum);
}

/* The sum of what a function gives for the numbers below a size. */
HPyDef_METH(sum_of, "sum_of", HPyFunc_VARARGS)
static HPy sum_of_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    long i, size, sum = 0;
    (void)self;
    if (!has_count(ctx, "sum_of", nargs, 2) || as_long(ctx, args[1], &size) < 0) {
        return HPy_NULL;
    }
    for (i = 0; i < size; i++) {
        HPy number = HPyLong_FromLong(ctx, i), result;
        long value;
        int failed;
        if (HPy_IsNull(number)) {
            return HPy_NULL;
        }
        result = HPy_CallOneArg(ctx, args[0], number);
        HPy_Close(ctx, number);
        if (HPy_IsNull(result)) {
            return HPy_NULL;
        }
        failed = as_long(ctx, result, &value);
        HPy_Close(ctx, result);
        if (failed < 0) {
            return HPy_NULL;
        }
        sum += value;
    }
    return HPyLong_FromLong(ctx, sum);
}
