/* hpy-c/containers.c: functions that read many items of an object, with what HPy 0.9 lacks. */
#include "sample.h"

#ifdef HAS_EXTRAS

/* The value of a key, or None. */
HPyDef_METH(find, "find", HPyFunc_VARARGS)
static HPy find_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPy value;
    (void)self;
    if (!has_count(ctx, "find", nargs, 2) || HPyDict_GetItemRef(ctx, args[0], args[1], &value) < 0) {
        return HPy_NULL;
    }
    return HPy_IsNull(value) ? HPy_Dup(ctx, ctx->h_None) : value;
}

HPyDef_METH(sum_values, "sum_values", HPyFunc_O)
static HPy sum_values_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_ssize_t position = 0;
    HPy key, item;
    long sum = 0;
    (void)self;
    if (!HPyDict_Check(ctx, arg)) {
        return HPyErr_SetString(ctx, ctx->h_TypeError, "a dict is needed");
    }
    while (HPyDict_BorrowNext(ctx, arg, &position, &key, &item)) {
        long value;
        int status = as_long(ctx, item, &value);
        HPy_EndBorrow(ctx, key);
        HPy_EndBorrow(ctx, item);
        if (status < 0) {
            return HPy_NULL;
        }
        sum += value;
    }
    return HPyLong_FromLong(ctx, sum);
}

HPyDef_METH(sum_int64, "sum_int64", HPyFunc_O)
static HPy sum_int64_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_ssize_t i, size = HPy_Length(ctx, arg);
    int64_t *values, sum = 0;
    (void)self;
    if (size < 0) {
        return HPy_NULL;
    }
    values = (int64_t *)HPyMem_Malloc(ctx, (size_t)size * sizeof(int64_t));
    if (values == NULL) {
        return HPyErr_NoMemory(ctx);
    }
    size = HPySequence_AsInt64Array(ctx, arg, values, size);
    for (i = 0; i < size; i++) {
        sum += values[i];
    }
    HPyMem_Free(ctx, values);
    return size < 0 ? HPy_NULL : HPyLong_FromInt64_t(ctx, sum);
}

HPyDef_METH(sum_double, "sum_double", HPyFunc_O)
static HPy sum_double_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_ssize_t i, size = HPy_Length(ctx, arg);
    double *values, sum = 0;
    (void)self;
    if (size < 0) {
        return HPy_NULL;
    }
    values = (double *)HPyMem_Malloc(ctx, (size_t)size * sizeof(double));
    if (values == NULL) {
        return HPyErr_NoMemory(ctx);
    }
    size = HPySequence_AsDoubleArray(ctx, arg, values, size);
    for (i = 0; i < size; i++) {
        sum += values[i];
    }
    HPyMem_Free(ctx, values);
    return size < 0 ? HPy_NULL : HPyFloat_FromDouble(ctx, sum);
}

HPyDef_METH(last_byte, "last_byte", HPyFunc_O)
static HPy last_byte_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy_buffer view;
    int byte;
    (void)self;
    if (HPy_GetBuffer(ctx, arg, &view, HPyBUF_SIMPLE) < 0) {
        return HPy_NULL;
    }
    byte = view.len == 0 ? -1 : ((unsigned char *)view.buf)[view.len - 1];
    HPyBuffer_Release(ctx, &view);
    return HPyLong_FromLong(ctx, byte);
}

#endif
