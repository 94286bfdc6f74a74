/* tests/c_extensions/values.c: values in and out: formats, tuples, integers, slices, struct sequences, capsules. */
#include "hpy.h"
#include <errno.h>

HPyDef_METH(build, "build", HPyFunc_NOARGS)
static HPy build_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPy_BuildValue(
        ctx, "([ii]{s:O,s:()}nKd{s:i,s:i})[s,s,s,s,s,s,s,s,s]", 1, -2, "none", ctx->h_None, "empty", (HPy_ssize_t)-3,
        ~0ULL, 0.5, "a", 1, "b", 2, "1", "2", "3", "4", "5", "6", "7", "8", "9");
}

HPyDef_METH(build_wrong, "build_wrong", HPyFunc_NOARGS)
static HPy build_wrong_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPy_BuildValue(ctx, "(ii", 1, 2);
}

HPyDef_METH(format, "format", HPyFunc_O)
static HPy format_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPyUnicode_FromFormat(
        ctx, "%d %5ld %lld %zd|%u %lu %llu %zu|%x %c %% %.3s %V %V %R %S", -1, 2L, -3LL, (HPy_ssize_t)4, 5U, 6UL, 7ULL,
        (size_t)8, 255, 0x20ac, "abcdef", HPy_NULL, "null", arg, "not this", arg, arg);
}

HPyDef_METH(format_error, "format_error", HPyFunc_O)
static HPy format_error_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPyErr_Format(ctx, ctx->h_ValueError, "%R is %s", arg, "wrong");
}

HPyDef_METH(pack, "pack", HPyFunc_O)
static HPy pack_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPyTuple_Pack(ctx, 3, arg, ctx->h_None, arg);
}

HPyDef_METH(reversed_list, "reversed_list", HPyFunc_VARARGS)
static HPy reversed_list_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, (HPy_ssize_t)nargs);
    size_t index;
    (void)self;
    for (index = 0; index < nargs; index++) {
        HPyListBuilder_Set(ctx, builder, (HPy_ssize_t)index, args[nargs - 1 - index]);
    }
    return HPyListBuilder_Build(ctx, builder);
}

HPyDef_METH(first_item, "first_item", HPyFunc_O)
static HPy first_item_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy item = HPy_GetItem_i(ctx, arg, 0);
    (void)self;
    if (!HPy_IsNull(item) && (HPy_SetItem_i(ctx, arg, 0, ctx->h_None) < 0 || HPy_DelItem_i(ctx, arg, 0) < 0)) {
        HPy_Close(ctx, item);
        return HPy_NULL;
    }
    return item;
}

HPyDef_METH(integers, "integers", HPyFunc_O)
static HPy integers_impl(HPyContext *ctx, HPy self, HPy arg)
{
    int32_t narrow = HPyLong_AsInt32_t(ctx, arg);
    uint32_t natural;
    (void)self;
    if (narrow == -1 && HPyErr_Occurred(ctx)) {
        return HPy_NULL;
    }
    natural = HPyLong_AsUInt32_t(ctx, arg);
    if (natural == UINT32_MAX && HPyErr_Occurred(ctx)) {
        return HPy_NULL;
    }
    return HPy_BuildValue(ctx, "iIl", (int)narrow, (unsigned int)natural, HPyLong_AsLong(ctx, arg));
}

HPyDef_METH(indices, "indices", HPyFunc_VARARGS)
static HPy indices_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPy_ssize_t start, stop, step, count;
    (void)self;
    (void)nargs;
    if (HPySlice_Unpack(ctx, args[0], &start, &stop, &step) < 0) {
        return HPy_NULL;
    }
    count = HPySlice_AdjustIndices(ctx, HPyLong_AsSsize_t(ctx, args[1]), &start, &stop, step);
    return HPy_BuildValue(ctx, "nnnn", start, stop, step, count);
}

HPyDef_METH(no_file, "no_file", HPyFunc_O)
static HPy no_file_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    errno = ENOENT;
    return HPyErr_SetFromErrnoWithFilenameObject(ctx, ctx->h_OSError, arg);
}

HPyDef_METH(call_method, "call_method", HPyFunc_VARARGS)
static HPy call_method_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    (void)self;
    return nargs == 2 ? HPy_CallMethodTupleDict_s(ctx, "append", args[0], args[1], HPy_NULL)
                      : HPy_CallMethodTupleDict(ctx, args[1], args[0], args[2], HPy_NULL);
}

HPyDef_METH(evaluate, "evaluate", HPyFunc_O)
static HPy evaluate_impl(HPyContext *ctx, HPy self, HPy arg)
{
    const char *source = HPyUnicode_AsUTF8AndSize(ctx, arg, NULL);
    HPy code, globals, result = HPy_NULL;
    (void)self;
    if (source == NULL) {
        return HPy_NULL;
    }
    code = HPy_Compile_s(ctx, source, "evaluated", HPy_SourceKind_Expr);
    globals = HPyDict_New(ctx);
    if (!HPy_IsNull(code) && !HPy_IsNull(globals)) {
        result = HPy_EvalCode(ctx, code, globals, globals);
    }
    HPy_Close(ctx, globals);
    HPy_Close(ctx, code);
    return result;
}

static int capsules_gone;

HPyCapsule_DESTRUCTOR(gone)
static void gone_impl(const char *name, void *pointer, void *context)
{
    if (strcmp(name, "values.number") == 0 && *(int *)pointer == 42 && context == &capsules_gone) {
        capsules_gone++;
    }
}

static int number = 42;

HPyDef_METH(capsule, "capsule", HPyFunc_NOARGS)
static HPy capsule_impl(HPyContext *ctx, HPy self)
{
    HPy h = HPyCapsule_New(ctx, &number, "values.number", &gone);
    (void)self;
    if (!HPy_IsNull(h) && HPyCapsule_SetContext(ctx, h, &capsules_gone) < 0) {
        HPy_Close(ctx, h);
        return HPy_NULL;
    }
    return h;
}

HPyDef_METH(open_capsule, "open_capsule", HPyFunc_O)
static HPy open_capsule_impl(HPyContext *ctx, HPy self, HPy arg)
{
    int *value = (int *)HPyCapsule_GetPointer(ctx, arg, "values.number");
    (void)self;
    return value == NULL ? HPy_NULL : HPy_BuildValue(ctx, "is", *value, HPyCapsule_GetName(ctx, arg));
}

HPyDef_METH(gone_capsules, "gone_capsules", HPyFunc_NOARGS)
static HPy gone_capsules_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyLong_FromLong(ctx, capsules_gone);
}

HPyDef_METH(variable, "variable", HPyFunc_O)
static HPy variable_impl(HPyContext *ctx, HPy self, HPy arg)
{
    HPy variable_, value = HPy_NULL;
    (void)self;
    variable_ = HPyContextVar_New(ctx, "variable", arg);
    if (HPy_IsNull(variable_) || HPyContextVar_Get(ctx, variable_, HPy_NULL, &value) < 0) {
        value = HPy_NULL;
    }
    HPy_Close(ctx, variable_);
    return value;
}

HPyDef_METH(wait, "wait", HPyFunc_NOARGS)
static HPy wait_impl(HPyContext *ctx, HPy self)
{
    long sum = 0, index;
    (void)self;
    HPy_BEGIN_LEAVE_PYTHON(ctx)
    for (index = 0; index < 10; index++) {
        sum += index;
    }
    HPy_END_LEAVE_PYTHON(ctx)
    return HPyLong_FromLong(ctx, sum);
}

static HPyStructSequence_Field fields[] = {
    {"name", "What it is called."},
    {HPyStructSequence_UnnamedField, NULL},
    {"size", NULL},
    {NULL, NULL},
};
static HPyStructSequence_Desc record_description = {"values.Record", "A record.", fields};

HPyDef_METH(record, "record", HPyFunc_VARARGS)
static HPy record_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPy type = HPy_GetAttr_s(ctx, self, "Record"), h;
    HPy items[8];
    size_t index;
    for (index = 0; index < nargs && index < 8; index++) {
        items[index] = args[index];
    }
    h = HPyStructSequence_New(ctx, type, (HPy_ssize_t)nargs, items);
    HPy_Close(ctx, type);
    return h;
}

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    HPy type = HPyStructSequence_NewType(ctx, &record_description);
    int status = HPy_IsNull(type) ? -1 : HPy_SetAttr_s(ctx, module, "Record", type);
    HPy_Close(ctx, type);
    return status;
}

static HPyDef *defines[] = {
    &build, &build_wrong, &format, &format_error, &pack, &reversed_list, &first_item, &integers, &indices, &no_file,
    &call_method, &evaluate, &capsule, &open_capsule, &gone_capsules, &variable, &wait, &record, &exec, NULL,
};
static HPyModuleDef definition = {.defines = defines};

HPy_MODINIT(values, definition)
