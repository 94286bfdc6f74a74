/* abi-tests/c/type_flags.c: flags of types, instances whose size varies, and methods in the place of a slot. */
#define FAMILY type_flags
#include "support.h"

/* How many structs were destroyed intact. */
static int64_t destroyed_structs;

#define FLAGS (HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE)

typedef struct {
    int64_t number;
} Own;

HPyDef_MEMBER(type_flags_number, "number", HPyMember_LONGLONG, offsetof(Own, number))
HPyDef_SLOT(type_flags_destroy, HPy_tp_destroy)
static void type_flags_destroy_impl(void *data)
{
    destroyed_structs += ((Own *)data)->number;
}

static HPy class_below(HPyContext *ctx, HPyType_Spec *spec, HPy base)
{
    HPyType_SpecParam params[2];
    memset(params, 0, sizeof params);
    params[0].kind = HPyType_SpecParam_Base;
    params[0].object = base;
    return HPyType_FromSpec(ctx, spec, HPy_IsNull(base) ? NULL : params);
}

/* A type with these flags, without definitions or with a struct. */
static HPyDef *own_defines[] = {DEF(number), DEF(destroy), NULL};
static HPy make(HPyContext *ctx, int64_t flags, HPy base, int has_struct)
{
    HPyType_Spec spec;
    memset(&spec, 0, sizeof spec);
    spec.flags = FLAGS | (unsigned long)flags;
    if (has_struct) {
        spec.name = "hpy_abi_tests.type_flags.Own";
        spec.basicsize = sizeof(Own);
        spec.defines = own_defines;
        spec.doc = "Own(value, /, *, key=None)\n--\n\nA class with a signature.";
    }
    else {
        spec.name = "hpy_abi_tests.type_flags.Bare";
    }
    return class_below(ctx, &spec, base);
}

/* An author's own place of the dictionary contradicts the flag. */
HPyDef_MEMBER(type_flags_place, "__dictoffset__", HPyMember_HPYSSIZET, 0, .readonly = true)
TYPE(two_places, "hpy_abi_tests.type_flags.TwoPlaces", sizeof(HPyField), FLAGS | HPy_TPFLAGS_MANAGED_DICT, DEF(place))
HPyDef_SLOT(type_flags_new, HPy_tp_new)
static HPy type_flags_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    (void)args;
    (void)nargs;
    (void)kw;
    return HPy_Dup(ctx, cls);
}
TYPE(two_ways, "hpy_abi_tests.type_flags.TwoWays", 0, FLAGS | HPy_TPFLAGS_DISALLOW_INSTANTIATION, DEF(new))

/* A row of numbers behind a struct. */
typedef struct {
    int64_t first;
    HPyField other;
} Row;
HPyType_HELPERS(Row, HPyType_BuiltinShape_Opaque)

HPyDef_MEMBER(type_flags_first, "first", HPyMember_LONGLONG, offsetof(Row, first))
HPyDef_GETSET(type_flags_other, "other")
static HPy type_flags_other_get(HPyContext *ctx, HPy self, void *closure)
{
    Row *row = Row_AsStruct(ctx, self);
    (void)closure;
    return HPyField_IsNull(row->other) ? HPy_Dup(ctx, ctx->h_None) : HPyField_Load(ctx, self, row->other);
}
static int type_flags_other_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    (void)closure;
    HPyField_Store(ctx, self, &Row_AsStruct(ctx, self)->other, value);
    return 0;
}
HPyDef_SLOT(type_flags_row_traverse, HPy_tp_traverse)
static int type_flags_row_traverse_impl(void *data, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Row *)data)->other);
    return 0;
}
HPyDef_SLOT(type_flags_row_destroy, HPy_tp_destroy)
static void type_flags_row_destroy_impl(void *data)
{
    destroyed_structs += ((Row *)data)->first;
}
HPyDef_SLOT(type_flags_row_new, HPy_tp_new)
static HPy type_flags_row_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Row *row;
    int64_t *items;
    HPy_ssize_t index;
    HPy h = HPy_NewVar(ctx, cls, nargs, &row);
    (void)kw;
    if (HPy_IsNull(h)) {
        assert(row == NULL);
        return h;
    }
    assert(row->first == 0 && HPyField_IsNull(row->other));
    row->first = 1;
    items = (int64_t *)HPy_GetItemData(ctx, h);
    assert((char *)items >= (char *)(row + 1));
    for (index = 0; index < nargs; index++) {
        assert(items[index] == 0);
        items[index] = number(ctx, args[index]);
    }
    return h;
}
HPyDef_SLOT(type_flags_row_length, HPy_sq_length)
static HPy_ssize_t type_flags_row_length_impl(HPyContext *ctx, HPy self)
{
    return HPy_VarSize(ctx, self);
}
HPyDef_SLOT(type_flags_row_item, HPy_sq_item)
static HPy type_flags_row_item_impl(HPyContext *ctx, HPy self, HPy_ssize_t index)
{
    if (index < 0 || index >= HPy_VarSize(ctx, self)) {
        return HPyErr_SetString(ctx, ctx->h_IndexError, "row");
    }
    return HPyLong_FromInt64_t(ctx, ((int64_t *)HPy_GetItemData(ctx, self))[index]);
}
static HPyDef *row_defines[] = {
    DEF(first), DEF(other), DEF(row_traverse), DEF(row_destroy), DEF(row_new), DEF(row_length), DEF(row_item), NULL,
};
static HPyType_Spec row_spec = {
    .name = "hpy_abi_tests.type_flags.Row", .basicsize = sizeof(Row), .itemsize = sizeof(int64_t),
    .flags = FLAGS | HPy_TPFLAGS_HAVE_GC, .builtin_shape = HPyType_BuiltinShape_Opaque, .defines = row_defines,
};

/* A row with numbers more before the items. */
typedef struct {
    Row row;
    int64_t more[2];
    int64_t last;
} Longer;
HPyDef_MEMBER(type_flags_last, "last", HPyMember_LONGLONG, offsetof(Longer, last))
HPyDef_SLOT(type_flags_longer_traverse, HPy_tp_traverse)
static int type_flags_longer_traverse_impl(void *data, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Longer *)data)->row.other);
    return 0;
}
static HPyDef *longer_defines[] = {DEF(last), DEF(longer_traverse), NULL};
static HPyType_Spec longer_spec = {
    .name = "hpy_abi_tests.type_flags.Longer", .basicsize = sizeof(Longer), .flags = FLAGS | HPy_TPFLAGS_HAVE_GC,
    .builtin_shape = HPyType_BuiltinShape_Opaque, .defines = longer_defines,
};

/* A struct behind a metaclass of any size. */
HPyDef_MEMBER(type_flags_meta_number, "number", HPyMember_LONGLONG, offsetof(Own, number))
static HPyDef *meta_defines[] = {DEF(meta_number), NULL};
static HPyType_Spec meta_spec = {
    .name = "hpy_abi_tests.type_flags.Meta", .basicsize = sizeof(Own), .flags = FLAGS,
    .builtin_shape = HPyType_BuiltinShape_Opaque, .defines = meta_defines,
};

/* Slots of one name, with a method beside. */
HPyDef_SLOT(type_flags_contains, HPy_sq_contains)
static int type_flags_contains_impl(HPyContext *ctx, HPy self, HPy item)
{
    (void)ctx;
    (void)self;
    (void)item;
    return 1;
}
HPyDef_COEXISTMETH(
    type_flags_contains_by_name, "__contains__", HPyFunc_O,
    .doc = "__contains__($self, item, /)\n--\n\nThe item.")
static HPy type_flags_contains_by_name_impl(HPyContext *ctx, HPy self, HPy item)
{
    (void)self;
    return HPy_Dup(ctx, item);
}
TYPE(beside, "hpy_abi_tests.type_flags.Beside", 0, FLAGS, DEF(contains_by_name), DEF(contains))
TYPE(alone, "hpy_abi_tests.type_flags.Alone", 0, FLAGS, DEF(contains_by_name))

static HPy instance(HPyContext *ctx, HPy class)
{
    Own *data;
    return HPy_New(ctx, class, &data);
}

static HPy new_var(HPyContext *ctx, HPy class, int64_t count)
{
    Row *data;
    return HPy_NewVar(ctx, class, (HPy_ssize_t)count, &data);
}

static int64_t take_destroyed(void)
{
    int64_t count = destroyed_structs;
    destroyed_structs = 0;
    return count;
}

HANDLE(with_flags, (ctx, flags, base), make(ctx, number(ctx, flags), or_null(ctx, base), 0))
HANDLE(own_with_flags, (ctx, flags, base), make(ctx, number(ctx, flags), or_null(ctx, base), 1))
HANDLE(flag_values, (ctx), HPy_BuildValue(ctx, "(kkk)", HPy_TPFLAGS_MANAGED_DICT, HPy_TPFLAGS_MANAGED_WEAKREF,
                                     HPy_TPFLAGS_DISALLOW_INSTANTIATION))
HANDLE(two_places, (ctx), class_below(ctx, &two_places, HPy_NULL))
HANDLE(two_ways, (ctx), class_below(ctx, &two_ways, HPy_NULL))
HANDLE(row_class, (ctx, base), class_below(ctx, &row_spec, or_null(ctx, base)))
HANDLE(longer, (ctx, base), class_below(ctx, &longer_spec, base))
HANDLE(meta, (ctx, base), class_below(ctx, &meta_spec, base))
HANDLE(beside, (ctx), class_below(ctx, &beside, HPy_NULL))
HANDLE(alone, (ctx), class_below(ctx, &alone, HPy_NULL))
HANDLE(instance, (ctx, class), instance(ctx, class))
HANDLE(new_var, (ctx, class, count), new_var(ctx, class, number(ctx, count)))
HANDLE(item_data, (ctx, h), HPy_GetItemData(ctx, h) == NULL ? HPy_NULL : HPy_Dup(ctx, ctx->h_True))
INT64(var_size, (ctx, h), HPy_VarSize(ctx, h))
INT64(destroyed, (ctx), take_destroyed())

MODULE(
    DEF(with_flags), DEF(own_with_flags), DEF(flag_values), DEF(two_places), DEF(two_ways), DEF(row_class), DEF(longer), DEF(meta),
    DEF(beside), DEF(alone), DEF(instance), DEF(new_var), DEF(item_data), DEF(var_size), DEF(destroyed))
