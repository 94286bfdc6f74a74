/* hpy-c/array.c: an array of C doubles: items, arithmetic that makes new arrays, and a list of its values. */
#include <stdlib.h>

#include "sample.h"

#ifdef HAS_EXTRAS
typedef struct {
    HPy_ssize_t size;
    double *values;
} Array;

HPyType_HELPERS(Array)

/* An array whose values are not set, and its handle. No class is below the type. */
static HPy make(HPyContext *ctx, HPy type, HPy_ssize_t size, Array **array)
{
    HPy h = HPy_New(ctx, type, array);
    if (HPy_IsNull(h)) {
        return h;
    }
    (*array)->values = malloc((size_t)size * sizeof(double));
    if ((*array)->values == NULL && size != 0) {
        HPy_Close(ctx, h);
        return HPyErr_NoMemory(ctx);
    }
    (*array)->size = size;
    return h;
}

HPyDef_SLOT(Array_new, HPy_tp_new)
static HPy Array_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Array *array;
    HPy_ssize_t size;
    HPy h;
    (void)kw;
    if (!has_count(ctx, "Array", (size_t)nargs, 1) || (size = HPy_Length(ctx, args[0])) < 0) {
        return HPy_NULL;
    }
    h = make(ctx, type, size, &array);
    if (!HPy_IsNull(h) && HPySequence_AsDoubleArray(ctx, args[0], array->values, size) < 0) {
        HPy_Close(ctx, h);
        return HPy_NULL;
    }
    return h;
}

HPyDef_SLOT(Array_destroy, HPy_tp_destroy)
static void Array_destroy_impl(void *self)
{
    free(((Array *)self)->values);
}

HPyDef_SLOT(Array_length, HPy_sq_length)
static HPy_ssize_t Array_length_impl(HPyContext *ctx, HPy self)
{
    return Array_AsStruct(ctx, self)->size;
}

HPyDef_SLOT(Array_item, HPy_sq_item)
static HPy Array_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index)
{
    Array *array = Array_AsStruct(ctx, self);
    if (index < 0 || index >= array->size) {
        return HPyErr_SetString(ctx, ctx->h_IndexError, "array index out of range");
    }
    return HPyFloat_FromDouble(ctx, array->values[index]);
}

HPyDef_SLOT(Array_ass_item, HPy_sq_ass_item)
static int Array_ass_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index, HPy value)
{
    Array *array = Array_AsStruct(ctx, self);
    double number;
    if (HPy_IsNull(value)) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "items of an array cannot be deleted");
        return -1;
    }
    if (index < 0 || index >= array->size) {
        HPyErr_SetString(ctx, ctx->h_IndexError, "array index out of range");
        return -1;
    }
    if (as_double(ctx, value, &number) < 0) {
        return -1;
    }
    array->values[index] = number;
    return 0;
}

static HPy added(HPyContext *ctx, HPy type, const Array *a, const Array *b)
{
    Array *sum;
    HPy_ssize_t i;
    HPy h;
    if (a->size != b->size) {
        return HPyErr_SetString(ctx, ctx->h_ValueError, "the arrays have different lengths");
    }
    h = make(ctx, type, a->size, &sum);
    if (!HPy_IsNull(h)) {
        for (i = 0; i < a->size; i++) {
            sum->values[i] = a->values[i] + b->values[i];
        }
    }
    return h;
}

/* One of the two is an array, so both are if they have one type. */
HPyDef_SLOT(Array_add, HPy_nb_add)
static HPy Array_add_impl(HPyContext *ctx, HPy left, HPy right)
{
    HPy type = HPy_BorrowType(ctx, left);
    HPy result = HPy_TypeIs(ctx, right, type)
        ? added(ctx, type, Array_AsStruct(ctx, left), Array_AsStruct(ctx, right))
        : HPy_Dup(ctx, ctx->h_NotImplemented);
    HPy_EndBorrow(ctx, type);
    return result;
}

/* One of the two is an array: that which is no float, if the other is one. */
HPyDef_SLOT(Array_multiply, HPy_nb_multiply)
static HPy Array_multiply_impl(HPyContext *ctx, HPy left, HPy right)
{
    HPy self = left, number = right, type, h;
    Array *array, *product;
    double factor;
    HPy_ssize_t i;
    if (HPyFloat_Check(ctx, left)) {
        self = right;
        number = left;
    }
    if (!HPyFloat_Check(ctx, number)) {
        return HPy_Dup(ctx, ctx->h_NotImplemented);
    }
    factor = HPyFloat_AsDouble(ctx, number);
    array = Array_AsStruct(ctx, self);
    type = HPy_BorrowType(ctx, self);
    h = make(ctx, type, array->size, &product);
    HPy_EndBorrow(ctx, type);
    if (!HPy_IsNull(h)) {
        for (i = 0; i < array->size; i++) {
            product->values[i] = array->values[i] * factor;
        }
    }
    return h;
}

HPyDef_METH(Array_tolist, "tolist", HPyFunc_NOARGS)
static HPy Array_tolist_impl(HPyContext *ctx, HPy self)
{
    Array *array = Array_AsStruct(ctx, self);
    return HPyList_FromDoubleArray(ctx, array->values, array->size);
}

static HPyDef *defines[] = {
    &Array_new, &Array_destroy, &Array_length, &Array_item, &Array_ass_item, &Array_add, &Array_multiply, &Array_tolist, NULL,
};
HPyType_Spec array_spec = {
    .name = "sample.Array",
    .basicsize = sizeof(Array),
    .flags = HPy_TPFLAGS_DEFAULT,
    .builtin_shape = SHAPE(Array),
    .defines = defines,
};
#endif
