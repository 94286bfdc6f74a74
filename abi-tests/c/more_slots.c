/* abi-tests/c/more_slots.c: the slots that HPy 0.9 lacks: iterators, hooks of attributes, descriptors, `await`. */
#define FAMILY more_slots
#include "support.h"

typedef struct {
    int64_t left;
} Countdown;

HPyType_HELPERS(Countdown)

HPyDef_SLOT(more_slots_new, HPy_tp_new)
static HPy more_slots_new_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Countdown *countdown;
    HPy h = HPy_New(ctx, class, &countdown);
    (void)kw;
    if (!HPy_IsNull(h)) {
        countdown->left = nargs > 0 ? number(ctx, args[0]) : 0;
    }
    return h;
}

HPyDef_SLOT(more_slots_iter, HPy_tp_iter)
static HPy more_slots_iter_impl(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, self);
}

HPyDef_SLOT(more_slots_iternext, HPy_tp_iternext)
static HPy more_slots_iternext_impl(HPyContext *ctx, HPy self)
{
    Countdown *countdown = Countdown_AsStruct(ctx, self);
    if (countdown->left == 13) {
        return HPyErr_SetString(ctx, ctx->h_LookupError, "thirteen");
    }
    return countdown->left == 0 ? HPy_NULL : HPyLong_FromInt64_t(ctx, countdown->left--);
}

HPyDef_CLASSMETH(more_slots_of, "of", HPyFunc_O, .doc = "of(left)\n")
static HPy more_slots_of_impl(HPyContext *ctx, HPy class, HPy left)
{
    return HPy_CallOneArg(ctx, class, left);
}

HPyDef_CLASSMETH(more_slots_of_all, "of_all", HPyFunc_VARARGS)
static HPy more_slots_of_all_impl(HPyContext *ctx, HPy class, const HPy *args, size_t nargs)
{
    return HPy_Call(ctx, class, args, nargs, HPy_NULL);
}

HPyDef_STATICMETH(more_slots_twice, "twice", HPyFunc_O)
static HPy more_slots_twice_impl(HPyContext *ctx, HPy self, HPy number)
{
    assert(HPy_IsNull(self));
    return HPy_Add(ctx, number, number);
}

HPyDef_STATICMETH(more_slots_nothing, "nothing", HPyFunc_NOARGS)
static HPy more_slots_nothing_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_SLOT(more_slots_getattro, HPy_tp_getattro)
static HPy more_slots_getattro_impl(HPyContext *ctx, HPy self, HPy name)
{
    if (HPyUnicode_EqualToUTF8(ctx, name, "special")) {
        return HPyLong_FromInt64_t(ctx, 7);
    }
    return HPy_GenericGetAttr(ctx, self, name);
}

HPyDef_SLOT(more_slots_setattro, HPy_tp_setattro)
static int more_slots_setattro_impl(HPyContext *ctx, HPy self, HPy name, HPy value)
{
    if (HPyUnicode_EqualToUTF8(ctx, name, "locked")) {
        HPyErr_SetString(ctx, ctx->h_LookupError, HPy_IsNull(value) ? "delete" : "set");
        return -1;
    }
    return HPy_GenericSetAttr(ctx, self, name, value);
}

HPyDef_SLOT(more_slots_descr_get, HPy_tp_descr_get)
static HPy more_slots_descr_get_impl(HPyContext *ctx, HPy self, HPy object, HPy class)
{
    (void)object;
    (void)class;
    return HPy_Dup(ctx, self);
}

HPyDef_SLOT(more_slots_descr_set, HPy_tp_descr_set)
static int more_slots_descr_set_impl(HPyContext *ctx, HPy self, HPy object, HPy value)
{
    (void)self;
    return HPy_SetAttr_s(ctx, object, "stored", HPy_IsNull(value) ? ctx->h_None : value);
}

/* An iterator without items: what is awaited has no result. */
HPyDef_SLOT(more_slots_await, HPy_am_await)
static HPy more_slots_await_impl(HPyContext *ctx, HPy self)
{
    HPy class = HPy_Type(ctx, self), left = HPyLong_FromInt64_t(ctx, 0);
    HPy result = HPy_CallOneArg(ctx, class, left);
    HPy_Close(ctx, class);
    HPy_Close(ctx, left);
    return result;
}

HPyDef_SLOT(more_slots_aiter, HPy_am_aiter)
static HPy more_slots_aiter_impl(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, self);
}

HPyDef_SLOT(more_slots_anext, HPy_am_anext)
static HPy more_slots_anext_impl(HPyContext *ctx, HPy self)
{
    Countdown *countdown = Countdown_AsStruct(ctx, self);
    if (countdown->left == 0) {
        return HPyErr_SetString(ctx, ctx->h_StopAsyncIteration, "");
    }
    countdown->left--;
    return HPy_Dup(ctx, self);
}

#define FLAGS (HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE)

TYPE(countdown_type, "more_slots.Countdown", sizeof(Countdown), FLAGS, DEF(new), DEF(iter), DEF(iternext))
TYPE(made_type, "class_methods.Countdown", sizeof(Countdown), FLAGS, DEF(new), DEF(iter), DEF(iternext), DEF(of),
     DEF(of_all), DEF(twice), DEF(nothing))
TYPE(proxy_type, "more_slots.Proxy", 0, FLAGS, DEF(getattro), DEF(setattro))
TYPE(descriptor_type, "more_slots.Descriptor", 0, FLAGS, DEF(descr_get), DEF(descr_set))
TYPE(asynchronous_type, "more_slots.Asynchronous", sizeof(Countdown), FLAGS, DEF(new), DEF(iter), DEF(iternext), DEF(await),
     DEF(aiter), DEF(anext))

HPyDef_SLOT(more_slots_exec, HPy_mod_exec)
static int more_slots_exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Countdown", &countdown_type, NULL)
        && HPyHelpers_AddType(ctx, module, "Proxy", &proxy_type, NULL)
        && HPyHelpers_AddType(ctx, module, "Descriptor", &descriptor_type, NULL)
        && HPyHelpers_AddType(ctx, module, "Asynchronous", &asynchronous_type, NULL) ? 0 : -1;
}

HPyDef_STATICMETH(with_static_function, "static_function", HPyFunc_NOARGS)
static HPy with_static_function_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPy_Dup(ctx, ctx->h_None);
}

static HPyDef *with_static_defines[] = {&with_static_function, NULL};
static HPyModuleDef with_static_definition = {.defines = with_static_defines};
HPy_MODINIT(with_static, with_static_definition)

HPyDef_SLOT(class_methods_exec, HPy_mod_exec)
static int class_methods_exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Countdown", &made_type, NULL) ? 0 : -1;
}

static HPyDef *class_methods_defines[] = {&class_methods_exec, NULL};
static HPyModuleDef class_methods_definition = {.defines = class_methods_defines};
HPy_MODINIT(class_methods, class_methods_definition)

MODULE(DEF(exec))
