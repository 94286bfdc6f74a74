/* abi-tests/c/types.c: HPyType_FromSpec: a type of whatever definitions, flags and parameters Python asks for. */
#define FAMILY types
#include "definitions.h"
#include "legacy.h"

/* The parameters of a list of pairs, kind and object: freed with `free`, and the handles are new. */
static HPyType_SpecParam *parameters_of(HPyContext *ctx, HPy list)
{
    Items pairs = items(ctx, list);
    HPyType_SpecParam *params = (HPyType_SpecParam *)calloc(pairs.count + 1, sizeof *params);
    size_t index;
    assert(params != NULL);
    for (index = 0; index < pairs.count; index++) {
        HPy kind = HPy_GetItem_i(ctx, pairs.handles[index], 0);
        params[index].kind = (HPyType_SpecParam_Kind)number(ctx, kind);
        params[index].object = HPy_GetItem_i(ctx, pairs.handles[index], 1);
        HPy_Close(ctx, kind);
    }
    close_all(ctx, pairs);
    return params;
}

/* The definitions with the names of a list, and NULL: freed with `free`. */
static HPyDef **definitions_of(HPyContext *ctx, HPy list)
{
    Items names = items(ctx, list);
    HPyDef **all = (HPyDef **)calloc(names.count + 1, sizeof *all);
    size_t index;
    assert(all != NULL);
    for (index = 0; index < names.count; index++) {
        all[index] = definition_named(c_string(ctx, names.handles[index]));
    }
    close_all(ctx, names);
    return all;
}

/* make(name, (basicsize, itemsize, flags, shape), doc, definitions, legacy slots, parameters): what the type needs of
   its description has to be copied, so nothing of it outlives this call. */
HPyDef_METH(types_make, "make", HPyFunc_VARARGS)
static HPy types_make_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    Items numbers = items(ctx, args[1]);
    const char *name = c_string(ctx, args[0]);
    char *name_copy = (char *)malloc(strlen(name) + 1);
    HPyDef **defines = definitions_of(ctx, args[3]);
    void *slots = legacy_slots(ctx, args[4]);
    HPyType_SpecParam *params = parameters_of(ctx, args[5]), *param;
    HPyType_Spec spec = {
        .basicsize = (int)number(ctx, numbers.handles[0]),
        .itemsize = (int)number(ctx, numbers.handles[1]),
        .flags = (unsigned long)number(ctx, numbers.handles[2]),
        .builtin_shape = (HPyType_BuiltinShape)number(ctx, numbers.handles[3]),
        .legacy_slots = slots,
        .defines = defines,
        .doc = c_string(ctx, args[2]),
    };
    HPy made;
    (void)self;
    assert(nargs == 6 && name_copy != NULL);
    spec.name = strcpy(name_copy, name);
    made = HPyType_FromSpec(ctx, &spec, params);
    for (param = params; param->kind != (HPyType_SpecParam_Kind)0; param++) {
        HPy_Close(ctx, param->object);
    }
    close_all(ctx, numbers);
    free(params);
    free(slots);
    free(defines);
    free(name_copy);
    return give_handle(ctx, made);
}

static HPy empty(HPyContext *ctx, const char *name)
{
    HPyType_Spec spec = {.name = name};
    return HPyType_FromSpec(ctx, &spec, NULL);
}

/* A copy for a member, which keeps the address: the text of a handle goes with it. */
static const char *kept(const char *text)
{
    struct Kept {
        struct Kept *before;
        char text[];
    };
    static struct Kept *last;
    struct Kept *made;
    if (text == NULL) {
        return NULL;
    }
    made = (struct Kept *)malloc(sizeof(struct Kept) + strlen(text) + 1);
    assert(made != NULL);
    made->before = last;
    last = made;
    return strcpy(made->text, text);
}

static HPy new_instance(HPyContext *ctx, HPy class)
{
    static const All zeroed;
    All untouched, *data = &untouched;
    HPy h = HPy_New(ctx, class, &data);
    if (HPy_IsNull(h)) {
        /* A failure gives a null pointer. */
        assert(data == NULL);
        return HPy_NULL;
    }
    assert(data == All_AsStruct(ctx, h));
    assert(memcmp(data, &zeroed, sizeof zeroed) == 0);
    return h;
}

static HPy new_untyped_instance(HPyContext *ctx, HPy class)
{
    void *data = NULL;
    HPy h = _HPy_New(ctx, class, &data);
    assert(HPy_IsNull(h) || data == All_AsStruct(ctx, h));
    return h;
}

static HPy shape_of(HPyContext *ctx, HPy h)
{
    int shape = _HPyType_GetBuiltinShape(ctx, h);
    return shape == -2 ? HPy_NULL : HPyLong_FromInt32_t(ctx, shape);
}

HANDLE(make_empty, (ctx, name), empty(ctx, c_string(ctx, name)))
SIZE(struct_size, (ctx), sizeof(All))
HANDLE(new, (ctx, class), new_instance(ctx, class))
HANDLE(new_untyped, (ctx, class), new_untyped_instance(ctx, class))
HANDLE(shape, (ctx, h), shape_of(ctx, h))
HANDLE(
    flags, (ctx),
    HPy_BuildValue(
        ctx, "kkkkk", HPy_TPFLAGS_DEFAULT, HPy_TPFLAGS_BASETYPE, HPy_TPFLAGS_HAVE_VECTORCALL, HPy_TPFLAGS_HAVE_GC,
        HPy_TPFLAGS_IMMUTABLETYPE))
NONE(set_string, (ctx, h, text), All_AsStruct(ctx, h)->of_string = kept(c_string(ctx, text)))

MODULE(
    DEF(make), DEF(make_empty), DEF(struct_size), DEF(new), DEF(new_untyped), DEF(shape), DEF(flags), DEF(set_string))
