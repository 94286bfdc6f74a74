/* abi-tests/c/filled.c: definitions that are filled by hand, copied and renamed, and implementations that are called. */
#define FAMILY filled
#include "support.h"

#define FILLED(which, text, convention) \
    HPyFunc_TRAMPOLINE(filled_##which##_trampoline, filled_##which##_impl, convention) \
    static HPyDef filled_##which = { \
        .kind = HPyDef_Kind_Meth, \
        .meth = { \
            .name = text, \
            .impl = (HPyCFunction)(void (*)(void))filled_##which##_impl, \
            .cpy_trampoline = (cpy_PyCFunction)(void (*)(void))filled_##which##_trampoline, \
            .signature = convention, \
        }, \
    };

/* Without a definition macro the functions are the author's own. */
static HPy filled_noargs_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyUnicode_FromString(ctx, "noargs");
}
FILLED(noargs, "noargs", HPyFunc_NOARGS)

static HPy filled_one_impl(HPyContext *ctx, HPy self, HPy arg)
{
    (void)self;
    return HPyTuple_Pack(ctx, 1, arg);
}
FILLED(one, "one", HPyFunc_O)

static HPy filled_many_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    (void)self;
    return HPyTuple_FromArray(ctx, args, (HPy_ssize_t)nargs);
}
FILLED(many, "many", HPyFunc_VARARGS)

static HPy filled_named_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)self;
    return HPy_BuildValue(ctx, "(nO)", (HPy_ssize_t)nargs, HPy_IsNull(kwnames) ? args[0] : kwnames);
}
FILLED(named, "named", HPyFunc_KEYWORDS)

/* Definitions of a macro, which are copied and get another name before the module is imported. */
HPyDef_METH(filled_first, "first", HPyFunc_NOARGS)
static HPy filled_first_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyUnicode_FromString(ctx, "first");
}
HPyDef_METH(filled_other, "other", HPyFunc_NOARGS)
static HPy filled_other_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyUnicode_FromString(ctx, "other");
}
/* Another name, and another implementation with another name. */
static HPyDef filled_renamed, filled_replaced;

__attribute__((constructor)) static void copy(void)
{
    filled_renamed = filled_first;
    filled_renamed.meth.name = "renamed";
    filled_replaced = filled_first;
    filled_replaced.meth.name = "replaced";
    filled_replaced.meth.impl = filled_other.meth.impl;
    filled_replaced.meth.cpy_trampoline = filled_other.meth.cpy_trampoline;
}

/* A type whose functions are called through the `impl` of their definitions. */
typedef struct {
    long number;
    HPyField field;
} Filled;
HPyType_HELPERS(Filled)

HPyDef_SLOT(filled_new, HPy_tp_new)
static HPy filled_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Filled *self;
    HPy made = HPy_New(ctx, cls, &self);
    (void)args;
    if (HPy_IsNull(made)) {
        return HPy_NULL;
    }
    self->number = (long)nargs + (HPy_IsNull(kw) ? 0 : 100);
    self->field = HPyField_NULL;
    return made;
}
HPyDef_SLOT(filled_init, HPy_tp_init)
static int filled_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    (void)args;
    (void)kw;
    Filled_AsStruct(ctx, self)->number += 1000 * (long)nargs;
    return 0;
}
HPyDef_SLOT(filled_repr, HPy_tp_repr)
static HPy filled_repr_impl(HPyContext *ctx, HPy self)
{
    return HPyUnicode_FromFormat(ctx, "<%ld>", Filled_AsStruct(ctx, self)->number);
}
HPyDef_SLOT(filled_compare, HPy_tp_richcompare)
static HPy filled_compare_impl(HPyContext *ctx, HPy self, HPy other, HPy_RichCmpOp op)
{
    (void)self;
    (void)other;
    return HPyLong_FromLong(ctx, op);
}
HPyDef_SLOT(filled_call, HPy_tp_call)
static HPy filled_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)args;
    (void)kwnames;
    return HPyLong_FromLong(ctx, Filled_AsStruct(ctx, self)->number + (long)nargs);
}
HPyDef_SLOT(filled_destroy, HPy_tp_destroy)
static void filled_destroy_impl(void *data)
{
    ((Filled *)data)->number = -1;
}
static int traverse(void *self, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Filled *)self)->field);
    return 0;
}
HPyFunc_TRAMPOLINE(traverse_trampoline, traverse, HPyFunc_TRAVERSEPROC)
static HPyDef filled_traverse = {
    .kind = HPyDef_Kind_Slot,
    .slot = {
        .slot = HPy_tp_traverse,
        .impl = (HPyCFunction)(void (*)(void))traverse,
        .cpy_trampoline = (cpy_PyCFunction)(void (*)(void))traverse_trampoline,
    },
};
HPyDef_GETSET(filled_field, "field")
static HPy filled_field_get(HPyContext *ctx, HPy self, void *closure)
{
    HPyField *field = &Filled_AsStruct(ctx, self)->field;
    (void)closure;
    return HPyField_IsNull(*field) ? HPy_Dup(ctx, ctx->h_None) : HPyField_Load(ctx, self, *field);
}
static int filled_field_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    (void)closure;
    HPyField_Store(ctx, self, &Filled_AsStruct(ctx, self)->field, value);
    return 0;
}

TYPE(
    filled_spec, "hpy_abi_tests.filled.Filled", sizeof(Filled), HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_HAVE_GC, DEF(new),
    DEF(init), DEF(repr), DEF(compare), DEF(call), DEF(destroy), DEF(traverse), DEF(field))

/* A constructor that calls another definition's, and an initialiser in the same way; filled by hand. */
static HPy outer_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    HPyFunc_newfunc inner = (HPyFunc_newfunc)(void (*)(void))filled_new.slot.impl;
    return inner(ctx, cls, args, nargs, kw);
}
HPyFunc_TRAMPOLINE(outer_new_trampoline, outer_new_impl, HPyFunc_NEWFUNC)
static HPyDef outer_new = {
    .kind = HPyDef_Kind_Slot,
    .slot = {
        .slot = HPy_tp_new,
        .impl = (HPyCFunction)(void (*)(void))outer_new_impl,
        .cpy_trampoline = (cpy_PyCFunction)(void (*)(void))outer_new_trampoline,
    },
};
static int outer_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    HPyFunc_initproc inner = (HPyFunc_initproc)(void (*)(void))filled_init.slot.impl;
    return inner(ctx, self, args, nargs, kw);
}
HPyFunc_TRAMPOLINE(outer_init_trampoline, outer_init_impl, HPyFunc_INITPROC)
static HPyDef outer_init = {
    .kind = HPyDef_Kind_Slot,
    .slot = {
        .slot = HPy_tp_init,
        .impl = (HPyCFunction)(void (*)(void))outer_init_impl,
        .cpy_trampoline = (cpy_PyCFunction)(void (*)(void))outer_init_trampoline,
    },
};

TYPE(
    outer_spec, "hpy_abi_tests.filled.Outer", sizeof(Filled), HPy_TPFLAGS_DEFAULT, &outer_new, &outer_init, DEF(repr))

/* Calls the `impl` of each definition with the signature of HPy's headers, and returns the results. */
HPyDef_METH(filled_called, "called", HPyFunc_O)
static HPy filled_called_impl(HPyContext *ctx, HPy self, HPy arg)
{
#define IMPL(type, definition) ((type)(void (*)(void))(definition).impl)
    HPy noargs = IMPL(HPyFunc_noargs, filled_first.meth)(ctx, self);
    HPy repr = IMPL(HPyFunc_reprfunc, filled_repr.slot)(ctx, arg);
    HPy compared = IMPL(HPyFunc_richcmpfunc, filled_compare.slot)(ctx, arg, arg, HPy_GE);
    HPy called = IMPL(HPyFunc_keywords, filled_call.slot)(ctx, arg, &arg, 1, HPy_NULL);
    HPy got = ((HPyFunc_getter)(void (*)(void))filled_field.getset.getter_impl)(ctx, arg, NULL);
    HPy result = HPyTuple_Pack(ctx, 5, noargs, repr, compared, called, got);
    HPy_Close(ctx, noargs);
    HPy_Close(ctx, repr);
    HPy_Close(ctx, compared);
    HPy_Close(ctx, called);
    HPy_Close(ctx, got);
    return result;
}

HPyDef_SLOT(filled_exec, HPy_mod_exec)
static int filled_exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Filled", &filled_spec, NULL)
            && HPyHelpers_AddType(ctx, module, "Outer", &outer_spec, NULL)
        ? 0
        : -1;
}

MODULE(
    DEF(noargs), DEF(one), DEF(many), DEF(named), DEF(first), DEF(renamed), DEF(other), DEF(replaced), DEF(called),
    DEF(exec))
