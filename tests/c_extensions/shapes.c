/* tests/c_extensions/shapes.c: structs behind those of builtin types, and the export of memory. */
#include "hpy.h"

typedef struct {
    long double widest;
    long number;
    HPyField field;
} Payload;

/* One type for each builtin shape, with a constructor where HPy_New has to find the struct. */
#define SHAPED(NAME) \
    typedef Payload NAME; \
    HPyType_HELPERS(NAME, HPyType_BuiltinShape_##NAME) \
    HPyDef_MEMBER(NAME##_number, "number", HPyMember_LONG, offsetof(Payload, number)) \
    HPyDef_METH(NAME##_double, "double", HPyFunc_NOARGS) \
    static HPy NAME##_double_impl(HPyContext *ctx, HPy self) \
    { \
        return HPyLong_FromLong(ctx, 2 * NAME##_AsStruct(ctx, self)->number); \
    } \
    static HPyDef *NAME##_defines[] = {&NAME##_number, &NAME##_double, NULL}; \
    static HPyType_Spec NAME##_spec = { \
        .name = "shapes." #NAME, .basicsize = sizeof(NAME), .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, \
        .builtin_shape = SHAPE(NAME), .defines = NAME##_defines, \
    };

SHAPED(Object)
SHAPED(Type)
SHAPED(Long)
SHAPED(Float)
SHAPED(Unicode)
SHAPED(Tuple)
SHAPED(List)
SHAPED(Dict)

/* Makes an instance without its constructor: the struct is found from the type alone. */
HPyDef_METH(make, "make", HPyFunc_VARARGS)
static HPy make_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    Payload *payload;
    HPy h;
    (void)self;
    (void)nargs;
    h = HPy_New(ctx, args[0], &payload);
    if (!HPy_IsNull(h)) {
        payload->number = HPyLong_AsLong(ctx, args[1]);
    }
    return h;
}

static int add(HPyContext *ctx, HPy module, const char *name, HPyType_Spec *spec, HPy base)
{
    HPyType_SpecParam parameters[] = {
        {HPyType_SpecParam_Base, HPy_NULL},
        {(HPyType_SpecParam_Kind)0, HPy_NULL},
    };
    parameters[0].object = base;
    return HPyHelpers_AddType(ctx, module, name, spec, parameters);
}

/* Memory that is exported. */
typedef struct {
    int exports;
    int numbers[3];
} Buffer;

HPyType_HELPERS(Buffer)

HPyDef_SLOT_IMPL(Buffer_new, HPyType_GenericNew, HPy_tp_new)
HPyDef_MEMBER(Buffer_exports, "exports", HPyMember_INT, offsetof(Buffer, exports), .readonly = 1)

HPyDef_SLOT(Buffer_get, HPy_bf_getbuffer)
static int Buffer_get_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer, int flags)
{
    static HPy_ssize_t shape[] = {3}, strides[] = {sizeof(int)};
    static char format[] = "i";
    Buffer *owner = Buffer_AsStruct(ctx, self);
    (void)flags;
    if (owner->exports > 0) {
        buffer->obj = HPy_NULL;
        HPyErr_SetString(ctx, ctx->h_BufferError, "one view at a time");
        return -1;
    }
    owner->exports++;
    buffer->buf = owner->numbers;
    buffer->obj = HPy_Dup(ctx, self);
    buffer->len = (HPy_ssize_t)sizeof owner->numbers;
    buffer->itemsize = sizeof(int);
    buffer->readonly = 0;
    buffer->ndim = 1;
    buffer->format = format;
    buffer->shape = shape;
    buffer->strides = strides;
    buffer->suboffsets = NULL;
    buffer->internal = NULL;
    return 0;
}

HPyDef_SLOT(Buffer_release, HPy_bf_releasebuffer)
static void Buffer_release_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer)
{
    (void)buffer;
    Buffer_AsStruct(ctx, self)->exports--;
}

static HPyDef *buffer_defines[] = {&Buffer_new, &Buffer_exports, &Buffer_get, &Buffer_release, NULL};
static HPyType_Spec buffer_spec = {
    .name = "shapes.Buffer",
    .basicsize = sizeof(Buffer),
    .flags = HPy_TPFLAGS_DEFAULT,
    .builtin_shape = SHAPE(Buffer),
    .defines = buffer_defines,
};

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    int added = add(ctx, module, "Object", &Object_spec, ctx->h_BaseObjectType)
            && add(ctx, module, "Type", &Type_spec, ctx->h_TypeType)
            && add(ctx, module, "Long", &Long_spec, ctx->h_LongType)
            && add(ctx, module, "Float", &Float_spec, ctx->h_FloatType)
            && add(ctx, module, "Unicode", &Unicode_spec, ctx->h_UnicodeType)
            && add(ctx, module, "Tuple", &Tuple_spec, ctx->h_TupleType)
            && add(ctx, module, "List", &List_spec, ctx->h_ListType)
            && add(ctx, module, "Dict", &Dict_spec, ctx->h_DictType)
            && HPyHelpers_AddType(ctx, module, "Buffer", &buffer_spec, NULL);
    return added ? 0 : -1;
}

static HPyDef *defines[] = {&make, &exec, NULL};
static HPyModuleDef definition = {.defines = defines};

HPy_MODINIT(shapes, definition)
