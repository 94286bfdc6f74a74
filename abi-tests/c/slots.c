/* abi-tests/c/slots.c: every slot of a type: each answers with its own name and what it was called with. */
#define FAMILY slots
#include "support.h"

/* The names of the slots whose result says nothing, in the order of their calls. How many there are before somebody takes
   them is the collector's choice: PyPy's calls the slots of instances that other tests have left. */
static char *called_names;
static size_t called_size;

static void called(const char *name)
{
    size_t length = called_names == NULL ? 0 : strlen(called_names), needed = length + strlen(name) + 2;
    if (needed > called_size) {
        called_size = 2 * needed;
        called_names = (char *)realloc(called_names, called_size);
        assert(called_names != NULL);
    }
    if (length > 0) {
        called_names[length++] = ' ';
    }
    strcpy(called_names + length, name);
}

/* ("name", operand, ...) */
static HPy answer(HPyContext *ctx, const char *name, const HPy *operands, size_t count)
{
    HPyTupleBuilder builder = HPyTupleBuilder_New(ctx, (HPy_ssize_t)count + 1);
    HPy first = HPyUnicode_FromString(ctx, name);
    size_t index;
    HPyTupleBuilder_Set(ctx, builder, 0, first);
    HPy_Close(ctx, first);
    for (index = 0; index < count; index++) {
        HPy operand = HPy_IsNull(operands[index]) ? ctx->h_Ellipsis : operands[index];
        HPyTupleBuilder_Set(ctx, builder, (HPy_ssize_t)index + 1, operand);
    }
    return HPyTupleBuilder_Build(ctx, builder);
}

#define UNARY(name) \
    HPyDef_SLOT(slots_##name, HPy_##name) \
    static HPy slots_##name##_impl(HPyContext *ctx, HPy a) \
    { \
        return answer(ctx, #name, &a, 1); \
    }
#define BINARY(name) \
    HPyDef_SLOT(slots_##name, HPy_##name) \
    static HPy slots_##name##_impl(HPyContext *ctx, HPy a, HPy b) \
    { \
        const HPy operands[] = {a, b}; \
        return answer(ctx, #name, operands, 2); \
    }
#define TERNARY(name) \
    HPyDef_SLOT(slots_##name, HPy_##name) \
    static HPy slots_##name##_impl(HPyContext *ctx, HPy a, HPy b, HPy c) \
    { \
        const HPy operands[] = {a, b, c}; \
        return answer(ctx, #name, operands, 3); \
    }

#define EACH_UNARY(X) X(nb_absolute) X(nb_invert) X(nb_negative) X(nb_positive)
#define EACH_BINARY(X) \
    X(nb_add) X(nb_and) X(nb_divmod) X(nb_floor_divide) X(nb_lshift) X(nb_multiply) X(nb_or) X(nb_remainder) \
    X(nb_rshift) X(nb_subtract) X(nb_true_divide) X(nb_xor) X(nb_matrix_multiply) X(nb_inplace_add) \
    X(nb_inplace_and) X(nb_inplace_floor_divide) X(nb_inplace_lshift) X(nb_inplace_multiply) X(nb_inplace_or) \
    X(nb_inplace_remainder) X(nb_inplace_rshift) X(nb_inplace_subtract) X(nb_inplace_true_divide) \
    X(nb_inplace_xor) X(nb_inplace_matrix_multiply)
#define EACH_TERNARY(X) X(nb_power) X(nb_inplace_power)

EACH_UNARY(UNARY)
EACH_BINARY(BINARY)
EACH_TERNARY(TERNARY)
BINARY(sq_concat)
BINARY(sq_inplace_concat)
BINARY(mp_subscript)
TERNARY(tp_descr_get)

HPyDef_SLOT(slots_nb_int, HPy_nb_int)
static HPy slots_nb_int_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyLong_FromLong(ctx, 11);
}

HPyDef_SLOT(slots_nb_index, HPy_nb_index)
static HPy slots_nb_index_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyLong_FromLong(ctx, 12);
}

HPyDef_SLOT(slots_nb_float, HPy_nb_float)
static HPy slots_nb_float_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyFloat_FromDouble(ctx, 13.5);
}

HPyDef_SLOT(slots_nb_bool, HPy_nb_bool)
static int slots_nb_bool_impl(HPyContext *ctx, HPy self)
{
    (void)ctx;
    (void)self;
    called("nb_bool");
    return 0;
}

/* An index at which the slots that get one fail. */
enum { BAD = 66 };

static HPy bad_index(HPyContext *ctx)
{
    return HPyErr_SetString(ctx, ctx->h_IndexError, "66");
}

#define INDEXED(name) \
    HPyDef_SLOT(slots_##name, HPy_##name) \
    static HPy slots_##name##_impl(HPyContext *ctx, HPy self, HPy_ssize_t index) \
    { \
        return index == BAD ? bad_index(ctx) : HPy_BuildValue(ctx, "sOn", #name, self, index); \
    }
INDEXED(sq_item)
INDEXED(sq_repeat)
INDEXED(sq_inplace_repeat)

HPyDef_SLOT(slots_sq_length, HPy_sq_length)
static HPy_ssize_t slots_sq_length_impl(HPyContext *ctx, HPy self)
{
    (void)ctx;
    (void)self;
    called("sq_length");
    return 100;
}

/* Whether the value is a positive int; no int is an error. */
HPyDef_SLOT(slots_sq_contains, HPy_sq_contains)
static int slots_sq_contains_impl(HPyContext *ctx, HPy self, HPy value)
{
    long found;
    (void)self;
    called("sq_contains");
    found = HPyLong_AsLong(ctx, value);
    return HPyErr_Occurred(ctx) ? -1 : found > 0;
}

HPyDef_SLOT(slots_sq_ass_item, HPy_sq_ass_item)
static int slots_sq_ass_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index, HPy value)
{
    (void)self;
    called(HPy_IsNull(value) ? "delete sq_ass_item" : "sq_ass_item");
    if (index == BAD) {
        bad_index(ctx);
        return -1;
    }
    return 0;
}

HPyDef_SLOT(slots_mp_length, HPy_mp_length)
static HPy_ssize_t slots_mp_length_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    called("mp_length");
    HPyErr_SetString(ctx, ctx->h_ValueError, "no length");
    return -1;
}

HPyDef_SLOT(slots_mp_ass_subscript, HPy_mp_ass_subscript)
static int slots_mp_ass_subscript_impl(HPyContext *ctx, HPy self, HPy key, HPy value)
{
    (void)self;
    called(HPy_IsNull(value) ? "delete mp_ass_subscript" : "mp_ass_subscript");
    if (!HPy_IsTrue(ctx, key)) {
        HPyErr_SetObject(ctx, ctx->h_KeyError, key);
        return -1;
    }
    return 0;
}

HPyDef_SLOT(slots_tp_call, HPy_tp_call)
static HPy slots_tp_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    HPy first = nargs > 0 ? args[0] : ctx->h_None, names = HPy_IsNull(kwnames) ? ctx->h_None : kwnames;
    return HPy_BuildValue(ctx, "sOnOO", "tp_call", self, (HPy_ssize_t)nargs, first, names);
}

HPyDef_SLOT(slots_tp_hash, HPy_tp_hash)
static HPy_hash_t slots_tp_hash_impl(HPyContext *ctx, HPy self)
{
    (void)ctx;
    (void)self;
    return 77;
}

#define TEXT(name) \
    HPyDef_SLOT(slots_##name, HPy_##name) \
    static HPy slots_##name##_impl(HPyContext *ctx, HPy self) \
    { \
        (void)self; \
        return HPyUnicode_FromString(ctx, #name); \
    }
TEXT(tp_repr)
TEXT(tp_str)

HPyDef_SLOT(slots_tp_richcompare, HPy_tp_richcompare)
static HPy slots_tp_richcompare_impl(HPyContext *ctx, HPy a, HPy b, HPy_RichCmpOp op)
{
    if (op == HPy_NE) {
        return HPy_Dup(ctx, ctx->h_NotImplemented);
    }
    return HPy_BuildValue(ctx, "sOOi", "tp_richcompare", a, b, (int)op);
}

HPyDef_SLOT(slots_tp_new, HPy_tp_new)
static HPy slots_tp_new_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    called(HPy_IsNull(kw) ? "tp_new" : "tp_new with keywords");
    return HPyType_GenericNew(ctx, class, args, nargs, kw);
}

HPyDef_SLOT(slots_tp_init, HPy_tp_init)
static int slots_tp_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    (void)self;
    called(HPy_IsNull(kw) ? "tp_init" : "tp_init with keywords");
    if (nargs > 0 && !HPy_IsTrue(ctx, args[0])) {
        HPyErr_SetString(ctx, ctx->h_ValueError, "tp_init wants something true");
        return -1;
    }
    return 0;
}

HPyDef_SLOT(slots_tp_finalize, HPy_tp_finalize)
static void slots_tp_finalize_impl(HPyContext *ctx, HPy self)
{
    (void)ctx;
    (void)self;
    called("tp_finalize");
}

HPyDef_SLOT(slots_tp_destroy, HPy_tp_destroy)
static void slots_tp_destroy_impl(void *self)
{
    (void)self;
    called("tp_destroy");
}

HPyDef_SLOT(slots_tp_traverse, HPy_tp_traverse)
static int slots_tp_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    (void)self;
    (void)visit;
    (void)arg;
    called("tp_traverse");
    return 0;
}

#define FLAGS (HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE)
#define LISTED(name) DEF(name),

TYPE(number_type, "slots.Number", 0, FLAGS,
     EACH_UNARY(LISTED) EACH_BINARY(LISTED) EACH_TERNARY(LISTED) DEF(nb_bool), DEF(nb_float), DEF(nb_index),
     DEF(nb_int))
TYPE(sequence_type, "slots.Sequence", 0, FLAGS,
     DEF(sq_ass_item), DEF(sq_concat), DEF(sq_contains), DEF(sq_inplace_concat), DEF(sq_inplace_repeat),
     DEF(sq_item), DEF(sq_length), DEF(sq_repeat))
TYPE(mapping_type, "slots.Mapping", 0, HPy_TPFLAGS_DEFAULT, DEF(mp_ass_subscript), DEF(mp_length), DEF(mp_subscript))
TYPE(object_type, "slots.Object", 8, FLAGS | HPy_TPFLAGS_HAVE_GC,
     DEF(tp_call), DEF(tp_descr_get), DEF(tp_hash), DEF(tp_init), DEF(tp_new), DEF(tp_repr), DEF(tp_richcompare),
     DEF(tp_str), DEF(tp_traverse), DEF(tp_finalize), DEF(tp_destroy))

HPyDef_SLOT(slots_exec, HPy_mod_exec)
static int slots_exec_impl(HPyContext *ctx, HPy module)
{
    int added = HPyHelpers_AddType(ctx, module, "Number", &number_type, NULL)
            && HPyHelpers_AddType(ctx, module, "Sequence", &sequence_type, NULL)
            && HPyHelpers_AddType(ctx, module, "Mapping", &mapping_type, NULL)
            && HPyHelpers_AddType(ctx, module, "Object", &object_type, NULL);
    return added ? 0 : -1;
}

HPyDef_METH(slots_take_called, "take_called", HPyFunc_NOARGS)
static HPy slots_take_called_impl(HPyContext *ctx, HPy self)
{
    HPy names = HPyUnicode_FromString(ctx, called_names == NULL ? "" : called_names);
    (void)self;
    free(called_names);
    called_names = NULL;
    called_size = 0;
    return names;
}

MODULE(DEF(take_called), DEF(exec))
