/* abi-tests/c/shapes.c: types that extend a builtin type: a struct of their own behind that of each shape. */
#define FAMILY shapes
#include "support.h"

typedef struct {
    long long number;
    HPyField field;
} Payload;

/* How many instances of all the types were destroyed with an intact struct. */
static long long destroyed_count;

HPyDef_MEMBER(shapes_number, "number", HPyMember_LONGLONG, offsetof(Payload, number))

HPyDef_SLOT(shapes_traverse, HPy_tp_traverse)
static int shapes_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Payload *)self)->field);
    return 0;
}

HPyDef_SLOT(shapes_destroy, HPy_tp_destroy)
static void shapes_destroy_impl(void *self)
{
    destroyed_count += ((Payload *)self)->number == 42;
}

#define FLAGS (HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE)

/* The types of one shape: with a struct and nothing to visit, with a struct that refers to an object, and without. */
#define SHAPED(NAME) \
    typedef Payload NAME; \
    HPyType_HELPERS(NAME, HPyType_BuiltinShape_##NAME) \
    HPyDef_GETSET(shapes_##NAME##_field, "field") \
    static HPy shapes_##NAME##_field_get(HPyContext *ctx, HPy self, void *closure) \
    { \
        (void)closure; \
        return or_else(ctx, HPyField_Load(ctx, self, NAME##_AsStruct(ctx, self)->field), ctx->h_None); \
    } \
    static int shapes_##NAME##_field_set(HPyContext *ctx, HPy self, HPy value, void *closure) \
    { \
        (void)closure; \
        HPyField_Store(ctx, self, &NAME##_AsStruct(ctx, self)->field, value); \
        return 0; \
    } \
    HPyDef_METH(shapes_##NAME##_double, "double", HPyFunc_NOARGS) \
    static HPy shapes_##NAME##_double_impl(HPyContext *ctx, HPy self) \
    { \
        return HPyLong_FromLongLong(ctx, 2 * NAME##_AsStruct(ctx, self)->number); \
    } \
    static HPyDef *NAME##_plain_defines[] = {DEF(number), &shapes_##NAME##_double, NULL}; \
    static HPyDef *NAME##_full_defines[] = { \
        DEF(number), DEF(traverse), DEF(destroy), &shapes_##NAME##_field, &shapes_##NAME##_double, NULL, \
    }; \
    static HPyType_Spec NAME##_specs[] = { \
        {.name = "shapes." #NAME, .basicsize = sizeof(NAME), .flags = FLAGS, .builtin_shape = SHAPE(NAME), \
         .defines = NAME##_plain_defines}, \
        {.name = "shapes." #NAME, .basicsize = sizeof(NAME), .flags = FLAGS | HPy_TPFLAGS_HAVE_GC, \
         .builtin_shape = SHAPE(NAME), .defines = NAME##_full_defines}, \
        {.name = "shapes." #NAME, .flags = FLAGS, .builtin_shape = SHAPE(NAME)}, \
    };

SHAPED(Object)
SHAPED(Type)
SHAPED(Long)
SHAPED(Float)
SHAPED(Unicode)
SHAPED(Tuple)
SHAPED(List)
SHAPED(Dict)
SHAPED(Opaque)

/* `kind` is "plain", "full" or "empty"; `base` is HPy_NULL for the builtin type. */
static HPy made(HPyContext *ctx, const char *kind, const char *name, HPy base)
{
    HPy dict = dict_type(ctx), type;
    const struct {
        HPyType_Spec *specs;
        HPy base;
    } all[] = {
        {Object_specs, ctx->h_BaseObjectType}, {Type_specs, ctx->h_TypeType},
        {Long_specs, ctx->h_LongType},         {Float_specs, ctx->h_FloatType},
        {Unicode_specs, ctx->h_UnicodeType},   {Tuple_specs, ctx->h_TupleType},
        {List_specs, ctx->h_ListType},         {Dict_specs, dict},
        {Opaque_specs, ctx->h_ValueError},
    };
    size_t index = 0, which = strcmp(kind, "plain") == 0 ? 0 : strcmp(kind, "full") == 0 ? 1 : 2;
    while (strcmp(all[index].specs->name, name) != 0) {
        index++;
        assert(index < sizeof all / sizeof all[0]);
    }
    type = below(ctx, &all[index].specs[which], HPy_IsNull(base) ? all[index].base : base);
    HPy_Close(ctx, dict);
    return type;
}

HANDLE(make, (ctx, kind, name, base), made(ctx, c_string(ctx, kind), c_string(ctx, name), or_null(ctx, base)))
INT64(destroyed, (ctx), destroyed_count)

MODULE(DEF(make), DEF(destroyed))
