/* abi-tests/c/definitions.c: members of all kinds, methods, attributes and slots, for `types.make`. */
#include "definitions.h"

/* Each member, and its kind. */
#define MEMBERS(X) \
    X(short, SHORT) X(int, INT) X(long, LONG) X(float, FLOAT) X(double, DOUBLE) X(string, STRING) X(object, OBJECT) \
    X(character, CHAR) X(byte, BYTE) X(ubyte, UBYTE) X(ushort, USHORT) X(uint, UINT) X(ulong, ULONG) \
    X(inplace, STRING_INPLACE) X(boolean, BOOL) X(object_ex, OBJECT_EX) X(longlong, LONGLONG) \
    X(ulonglong, ULONGLONG) X(ssize, HPYSSIZET)

#define MEMBER(name, kind) \
    HPyDef_MEMBER(defined_##name, #name, HPyMember_##kind, offsetof(All, of_##name), .doc = "a member") \
    HPyDef_MEMBER(defined_readonly_##name, #name, HPyMember_##kind, offsetof(All, of_##name), .readonly = 1)

MEMBERS(MEMBER)
HPyDef_MEMBER(defined_none, "none", HPyMember_NONE, 0)
HPyDef_MEMBER(defined_vectorcalloffset, "__vectorcalloffset__", HPyMember_HPYSSIZET, 0, .readonly = 1)

static HPy list_of(HPyContext *ctx, const HPy *all, size_t count)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, (HPy_ssize_t)count);
    size_t index;
    for (index = 0; index < count; index++) {
        HPyListBuilder_Set(ctx, builder, (HPy_ssize_t)index, all[index]);
    }
    return HPyListBuilder_Build(ctx, builder);
}

HPyDef_METH(defined_noargs, "noargs", HPyFunc_NOARGS, .doc = "noargs()\n--\n\nNo arguments.")
static HPy defined_noargs_impl(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, self);
}

HPyDef_METH(defined_one, "one", HPyFunc_O)
static HPy defined_one_impl(HPyContext *ctx, HPy self, HPy arg)
{
    return HPyTuple_Pack(ctx, 2, self, arg);
}

HPyDef_METH(defined_positional, "positional", HPyFunc_VARARGS)
static HPy defined_positional_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPy list = list_of(ctx, args, nargs);
    HPy result = HPyTuple_Pack(ctx, 2, self, list);
    HPy_Close(ctx, list);
    return result;
}

HPyDef_METH(defined_keywords, "keywords", HPyFunc_KEYWORDS)
static HPy defined_keywords_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    size_t named = HPy_IsNull(kwnames) ? 0 : (size_t)HPy_Length(ctx, kwnames);
    HPy list = list_of(ctx, args, nargs + named);
    HPy result = HPyTuple_Pack(ctx, 2, list, HPy_IsNull(kwnames) ? ctx->h_None : kwnames);
    (void)self;
    HPy_Close(ctx, list);
    return result;
}

HPyDef_METH(defined_dunder, "__reduce__", HPyFunc_NOARGS)
static HPy defined_dunder_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyUnicode_FromString(ctx, "reduced");
}

/* Definitions whose name another one has too. */
#define TEXT_METHOD(define, name, text) \
    HPyDef_METH(defined_##define, name, HPyFunc_NOARGS) \
    static HPy defined_##define##_impl(HPyContext *ctx, HPy self) \
    { \
        (void)self; \
        return HPyUnicode_FromString(ctx, text); \
    }
#define TEXT_GETTER(define, name, text) \
    HPyDef_GET(defined_##define, name) \
    static HPy defined_##define##_get(HPyContext *ctx, HPy self, void *closure) \
    { \
        (void)self; \
        (void)closure; \
        return HPyUnicode_FromString(ctx, text); \
    }
TEXT_METHOD(method_repr, "__repr__", "repr of a method")
TEXT_METHOD(method_iter, "__iter__", "no iterator")
TEXT_METHOD(method_int, "int", "a method")
TEXT_METHOD(other_int, "int", "another method")
TEXT_GETTER(get_int, "int", "a getter")
TEXT_GETTER(other_get, "get", "another getter")
HPyDef_METH(defined_method_eq, "__eq__", HPyFunc_O)
static HPy defined_method_eq_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    (void)arg;
    return HPyBool_FromBool(ctx, true);
}

/* A method whose convention is none of a method's, a slot with a number that nobody has, and a kind that is none. */
static HPyDef defined_bad_signature = {.kind = HPyDef_Kind_Meth, .meth = {.name = "bad", .signature = HPyFunc_INQUIRY}};
static HPyDef defined_bad_slot = {.kind = HPyDef_Kind_Slot, .slot = {.slot = (HPySlot_Slot)900}};
static HPyDef defined_bad_kind = {.kind = (HPyDef_Kind)9};

HPyDef_GET(defined_get, "get", .doc = "a getter")
static HPy defined_get_get(HPyContext *ctx, HPy self, void *closure)
{
    (void)closure;
    return HPy_Dup(ctx, self);
}

HPyDef_GET(defined_get_fails, "get_fails")
static HPy defined_get_fails_get(HPyContext *ctx, HPy self, void *closure)
{
    (void)self;
    (void)closure;
    return HPyErr_SetString(ctx, ctx->h_KeyError, "get_fails");
}

HPyDef_SET(defined_set, "set")
static int defined_set_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    double number;
    (void)closure;
    if (HPy_IsNull(value)) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "it stays");
        return -1;
    }
    number = HPyFloat_AsDouble(ctx, value);
    if (HPyErr_Occurred(ctx)) {
        return -1;
    }
    All_AsStruct(ctx, self)->of_double = number;
    return 0;
}

static char closure_of_both[1000];

HPyDef_GETSET(defined_both, "both", .doc = "both ways", .closure = closure_of_both)
static HPy defined_both_get(HPyContext *ctx, HPy self, void *closure)
{
    assert(closure == closure_of_both);
    return HPyFloat_FromDouble(ctx, All_AsStruct(ctx, self)->of_double + sizeof closure_of_both);
}
static int defined_both_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    assert(closure == closure_of_both);
    return defined_set_set(ctx, self, value, NULL);
}

HPyDef_SLOT_IMPL(defined_new, HPyType_GenericNew, HPy_tp_new)

#define REPR(name, text) \
    HPyDef_SLOT(defined_##name, HPy_tp_repr) \
    static HPy defined_##name##_impl(HPyContext *ctx, HPy self) \
    { \
        (void)self; \
        return HPyUnicode_FromString(ctx, text); \
    }
REPR(repr, "hpy repr")
REPR(other_repr, "other repr")

HPyDef_SLOT(defined_init, HPy_tp_init)
static int defined_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    (void)ctx;
    (void)self;
    (void)args;
    (void)nargs;
    (void)kw;
    return 0;
}

HPyDef_SLOT(defined_call, HPy_tp_call)
static HPy defined_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)kwnames;
    return defined_positional_impl(ctx, self, args, nargs);
}

HPyDef_SLOT(defined_traverse, HPy_tp_traverse)
static int defined_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((All *)self)->of_object);
    HPy_VISIT(&((All *)self)->of_object_ex);
    return 0;
}

HPyDef_SLOT(defined_traverse_nothing, HPy_tp_traverse)
static int defined_traverse_nothing_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    (void)self;
    (void)visit;
    (void)arg;
    return 0;
}

HPyDef_SLOT(defined_destroy, HPy_tp_destroy)
static void defined_destroy_impl(void *self)
{
    (void)self;
}

HPyDef_SLOT(defined_exec, HPy_mod_exec)
static int defined_exec_impl(HPyContext *ctx, HPy module)
{
    (void)ctx;
    (void)module;
    return 0;
}

HPyDef *definition_named(const char *name)
{
#define NAMED(define) {#define, &defined_##define},
#define NAMED_MEMBER(member, kind) NAMED(member) NAMED(readonly_##member)
    static const struct {
        const char *name;
        HPyDef *define;
    } all[] = {
        MEMBERS(NAMED_MEMBER) NAMED(none) NAMED(vectorcalloffset)
        NAMED(method_repr) NAMED(method_eq) NAMED(method_iter) NAMED(method_int) NAMED(other_int) NAMED(get_int)
        NAMED(other_get) NAMED(noargs) NAMED(one) NAMED(positional) NAMED(keywords) NAMED(dunder)
        NAMED(bad_signature) NAMED(bad_slot) NAMED(bad_kind)
        NAMED(get) NAMED(get_fails) NAMED(set) NAMED(both)
        NAMED(new) NAMED(repr) NAMED(other_repr) NAMED(init) NAMED(call) NAMED(traverse) NAMED(traverse_nothing)
        NAMED(destroy) NAMED(exec)
    };
    size_t index = 0;
    while (strcmp(all[index].name, name) != 0) {
        index++;
        assert(index < sizeof all / sizeof all[0]);
    }
    return all[index].define;
}
