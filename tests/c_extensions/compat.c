/* tests/c_extensions/compat.c: an extension as it was written for HPy 0.0.3 and 0.0.4, compiled by the opt-in header. */
#define HPY_COMPAT 1
#include "hpy.h"

typedef struct {
    double *data;
    HPy_ssize_t size;
} Array;

HPyType_HELPERS(Array);

HPyDef_SLOT(Array_new, Array_new_impl, HPy_tp_new)
static HPy Array_new_impl(HPyContext *ctx, HPy cls, HPy *args, HPy_ssize_t nargs, HPy kw)
{
    static const char *keywords[] = {"size", "fill", NULL};
    long size;
    double fill = 0;
    Array *self;
    if (!HPyArg_ParseKeywords(ctx, NULL, args, nargs, kw, "l|d", keywords, &size, &fill)) {
        return HPy_NULL;
    }
    HPy result = HPy_New(ctx, cls, &self);
    if (HPy_IsNull(result)) {
        return HPy_NULL;
    }
    self->data = (double *)malloc((size_t)size * sizeof(double) + 1);
    self->size = self->data == NULL ? 0 : size;
    for (HPy_ssize_t index = 0; index < self->size; index++) {
        self->data[index] = fill;
    }
    return result;
}

HPyDef_SLOT(Array_init, Array_init_impl, HPy_tp_init)
static int Array_init_impl(HPyContext *ctx, HPy self, HPy *args, HPy_ssize_t nargs, HPy kw)
{
    (void)ctx;
    (void)self;
    (void)args;
    (void)kw;
    return nargs < 3 ? 0 : -1;
}

HPyDef_SLOT(Array_destroy, Array_destroy_impl, HPy_tp_destroy)
static void Array_destroy_impl(void *data)
{
    free(((Array *)data)->data);
}

HPyDef_SLOT(Array_length, Array_length_impl, HPy_sq_length)
static HPy_ssize_t Array_length_impl(HPyContext *ctx, HPy self)
{
    return ((Array *)HPy_AsStruct(ctx, self))->size;
}

HPyDef_SLOT(Array_item, Array_item_impl, HPy_sq_item)
static HPy Array_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index)
{
    Array *array = HPy_CAST(ctx, Array, self);
    if (index < 0 || index >= array->size) {
        HPyErr_SetString(ctx, ctx->h_IndexError, "out of range");
        return HPy_NULL;
    }
    return HPyFloat_FromDouble(ctx, array->data[index]);
}

HPyDef_GET(Array_size, "size", Array_size_get, .doc = "How many there are.")
static HPy Array_size_get(HPyContext *ctx, HPy self, void *closure)
{
    (void)closure;
    return HPyLong_FromSsize_t(ctx, Array_AsStruct(ctx, self)->size);
}

HPyDef_GETSET(Array_first, "first", Array_first_read, Array_first_write)
static HPy Array_first_read(HPyContext *ctx, HPy self, void *closure)
{
    (void)closure;
    return HPyFloat_FromDouble(ctx, Array_AsStruct(ctx, self)->data[0]);
}
static int Array_first_write(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    (void)closure;
    Array_AsStruct(ctx, self)->data[0] = HPyFloat_AsDouble(ctx, value);
    return HPyErr_Occurred(ctx) ? -1 : 0;
}

HPyDef_SET(Array_last, "last", Array_last_write)
static int Array_last_write(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    Array *array = Array_AsStruct(ctx, self);
    (void)closure;
    array->data[array->size - 1] = HPyFloat_AsDouble(ctx, value);
    return HPyErr_Occurred(ctx) ? -1 : 0;
}

/* Both forms stand beside each other. */
HPyDef_METH(Array_sum, "sum", HPyFunc_NOARGS, .doc = "All together.")
static HPy Array_sum_impl(HPyContext *ctx, HPy self)
{
    Array *array = Array_AsStruct(ctx, self);
    double sum = 0;
    for (HPy_ssize_t index = 0; index < array->size; index++) {
        sum += array->data[index];
    }
    return HPyFloat_FromDouble(ctx, sum);
}
HPyDef_SLOT(Array_repr, HPy_tp_repr)
static HPy Array_repr_impl(HPyContext *ctx, HPy self)
{
    return HPyUnicode_FromFormat(ctx, "<%zd values>", Array_AsStruct(ctx, self)->size);
}
HPyDef_GET(Array_half, "half")
static HPy Array_half_get(HPyContext *ctx, HPy self, void *closure)
{
    (void)closure;
    return HPyLong_FromSsize_t(ctx, Array_AsStruct(ctx, self)->size / 2);
}

static HPyDef *Array_defines[] = {
    &Array_new, &Array_init, &Array_destroy, &Array_length, &Array_item, &Array_size, &Array_first, &Array_last, &Array_sum,
    &Array_repr, &Array_half, NULL,
};

static HPyType_Spec Array_spec = {
    .name = "compat.Array",
    .basicsize = sizeof(Array),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    .legacy = Array_IS_LEGACY,
    .defines = Array_defines,
};

/* A type whose struct begins as CPython's do. */
#ifdef Py_PYTHON_H
typedef struct {
    PyObject_HEAD
    long value;
} Legacy;

HPyType_LEGACY_HELPERS(Legacy)

HPyDef_METH(Legacy_next, "next", Legacy_next_impl, HPyFunc_NOARGS)
static HPy Legacy_next_impl(HPyContext *ctx, HPy self)
{
    Legacy *legacy = (Legacy *)HPy_AsStructLegacy(ctx, self);
    legacy->value++;
    return HPyLong_FromLong(ctx, Legacy_AsStruct(ctx, self)->value);
}

static HPyDef *Legacy_defines[] = {&Legacy_next, NULL};
static HPyType_Spec Legacy_spec = {
    .name = "compat.Legacy",
    .basicsize = sizeof(Legacy),
    .legacy = true,
    .defines = Legacy_defines,
};
#endif

HPyDef_METH(add, "add", add_impl, HPyFunc_VARARGS, .doc = "Adds two numbers.")
static HPy add_impl(HPyContext *ctx, HPy self, HPy *args, HPy_ssize_t nargs)
{
    long left, right;
    (void)self;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "ll", &left, &right)) {
        return HPy_NULL;
    }
    return HPyLong_FromLong(ctx, left + right);
}

HPyDef_METH(power, "power", power_impl, HPyFunc_KEYWORDS)
static HPy power_impl(HPyContext *ctx, HPy self, HPy *args, HPy_ssize_t nargs, HPy kw)
{
    static const char *keywords[] = {"base", "exponent", NULL};
    long base, exponent, result = 1;
    (void)self;
    if (!HPyArg_ParseKeywords(ctx, NULL, args, nargs, kw, "ll", keywords, &base, &exponent)) {
        return HPy_NULL;
    }
    for (; exponent > 0; exponent--) {
        result *= base;
    }
    return HPyLong_FromLong(ctx, result);
}

/* The form of HPy 0.9 for the same: the names of the keywords are a tuple. */
HPyDef_METH(minus, "minus", HPyFunc_KEYWORDS)
static HPy minus_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    static const char *keywords[] = {"left", "right", NULL};
    long left, right;
    (void)self;
    if (!HPyArg_ParseKeywords(ctx, NULL, args, nargs, kwnames, "ll", keywords, &left, &right)) {
        return HPy_NULL;
    }
    return HPyLong_FromLong(ctx, left - right);
}

HPyDef_METH(name_of, "name_of", name_of_impl, HPyFunc_NOARGS)
static HPy name_of_impl(HPyContext *ctx, HPy self)
{
    return HPy_GetAttr_s(ctx, self, "__name__");
}

static HPyDef *module_defines[] = {&add, &power, &minus, &name_of, NULL};

static HPyModuleDef moduledef = {
    .name = "compat",
    .doc = "In the form of HPy 0.0.4.",
    .size = -1,
    .defines = module_defines,
};

static int calls;

HPy_MODINIT(compat)
static HPy init_compat_impl(HPyContext *ctx)
{
    calls++;
    HPy module = HPyModule_Create(ctx, &moduledef);
    if (HPy_IsNull(module)) {
        return HPy_NULL;
    }
    HPy type = HPyType_FromSpec(ctx, &Array_spec, NULL);
    if (HPy_IsNull(type)) {
        HPy_Close(ctx, module);
        return HPy_NULL;
    }
    HPy count = HPyLong_FromLong(ctx, calls);
    int failed = HPy_SetAttr_s(ctx, module, "Array", type) < 0 || HPy_SetAttr_s(ctx, module, "calls", count) < 0 ||
                 !HPyHelpers_AddType(ctx, module, "Other", &Array_spec, NULL);
#ifdef Py_PYTHON_H
    failed |= !HPyHelpers_AddType(ctx, module, "Legacy", &Legacy_spec, NULL);
#endif
    HPy_Close(ctx, count);
    HPy_Close(ctx, type);
    if (failed) {
        HPy_Close(ctx, module);
        return HPy_NULL;
    }
    return module;
}
