/* abi-tests/c/call_function.c: callable instances: HPy_tp_call, a function per object, a place of their own. */
#define FAMILY call_function
#include "support.h"

typedef struct {
    long long number;
} Caller;

HPyType_HELPERS(Caller)

/* It has the place for its function itself. */
typedef struct {
    long long number;
    HPyCallFunction function;
} Placed;

HPyType_HELPERS(Placed)

/* (name, number of self, positional arguments, names and values of the others) */
static HPy answer(HPyContext *ctx, const char *name, long long value, const HPy *args, size_t nargs, HPy names)
{
    HPy_ssize_t named = HPy_IsNull(names) ? 0 : HPy_Length(ctx, names);
    HPy positional = HPyTuple_FromArray(ctx, args, (HPy_ssize_t)nargs);
    HPy values = HPyTuple_FromArray(ctx, named > 0 ? args + nargs : NULL, named);
    HPy others = HPy_IsNull(names) ? ctx->h_None : names;
    HPy result = HPy_BuildValue(ctx, "sLOOO", name, value, positional, others, values);
    HPy_Close(ctx, positional);
    HPy_Close(ctx, values);
    return result;
}

#define ANSWER(symbol, name, value) \
    static HPy symbol##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames) \
    { \
        (void)self; \
        return answer(ctx, name, value, args, nargs, kwnames); \
    }

HPyDef_SLOT(call_function_call, HPy_tp_call)
ANSWER(call_function_call, "call", Caller_AsStruct(ctx, self)->number)
HPyDef_SLOT(call_function_call_of_derived, HPy_tp_call)
ANSWER(call_function_call_of_derived, "derived", Caller_AsStruct(ctx, self)->number)
HPyDef_SLOT(call_function_call_of_empty, HPy_tp_call)
ANSWER(call_function_call_of_empty, "empty", 0)
HPyDef_CALL_FUNCTION(special)
ANSWER(special, "special", Caller_AsStruct(ctx, self)->number)
HPyDef_CALL_FUNCTION(special_of_empty)
ANSWER(special_of_empty, "special", 0)
HPyDef_CALL_FUNCTION(of_place)
ANSWER(of_place, "place", Placed_AsStruct(ctx, self)->number)

HPyDef_SLOT(call_function_call_fails, HPy_tp_call)
static HPy call_function_call_fails_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)self;
    (void)args;
    (void)nargs;
    (void)kwnames;
    return HPyErr_SetString(ctx, ctx->h_KeyError, "call");
}

HPyDef_SLOT(call_function_new, HPy_tp_new)
static HPy call_function_new_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Caller *caller;
    HPy h = HPy_New(ctx, class, &caller);
    (void)kw;
    if (!HPy_IsNull(h)) {
        caller->number = first_number(ctx, args, nargs);
    }
    return h;
}

HPyDef_SLOT(call_function_new_placed, HPy_tp_new)
static HPy call_function_new_placed_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Placed *placed;
    HPy h = HPy_New(ctx, class, &placed);
    (void)args;
    (void)nargs;
    (void)kw;
    if (!HPy_IsNull(h)) {
        placed->number = 5;
    }
    return h;
}

HPyDef_MEMBER(call_function_number, "number", HPyMember_LONGLONG, offsetof(Caller, number))
HPyDef_MEMBER(
    call_function_place, "__vectorcalloffset__", HPyMember_HPYSSIZET, offsetof(Placed, function), .readonly = 1)

#define FLAGS (HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE)

TYPE(caller, "call_function.Caller", sizeof(Caller), FLAGS, DEF(new), DEF(call), DEF(number))
TYPE(without_new, "call_function.WithoutNew", sizeof(Caller), FLAGS, DEF(call), DEF(number))
TYPE(without_struct, "call_function.WithoutStruct", 0, FLAGS, DEF(call_of_empty))
TYPE(fails, "call_function.Fails", 0, FLAGS, DEF(call_fails))
TYPE(not_callable, "call_function.NotCallable", sizeof(Caller), FLAGS, DEF(new))
TYPE(placed, "call_function.Placed", sizeof(Placed), FLAGS | HPy_TPFLAGS_HAVE_VECTORCALL, DEF(new_placed), DEF(place))
/* Types below `caller`: with a function of its own, and without one. */
TYPE(derived, "call_function.Derived", 0, FLAGS, DEF(call_of_derived))
static HPyType_Spec heir = {.name = "call_function.Heir", .flags = FLAGS};

HPyDef_SLOT(call_function_exec, HPy_mod_exec)
static int call_function_exec_impl(HPyContext *ctx, HPy module)
{
    int added = HPyHelpers_AddType(ctx, module, "Caller", &caller, NULL)
            && HPyHelpers_AddType(ctx, module, "WithoutNew", &without_new, NULL)
            && HPyHelpers_AddType(ctx, module, "WithoutStruct", &without_struct, NULL)
            && HPyHelpers_AddType(ctx, module, "Fails", &fails, NULL)
            && HPyHelpers_AddType(ctx, module, "NotCallable", &not_callable, NULL)
            && HPyHelpers_AddType(ctx, module, "Placed", &placed, NULL);
    return added ? 0 : -1;
}

INT(set_special, (ctx, h), HPy_SetCallFunction(ctx, h, &special))
INT(set_special_of_empty, (ctx, h), HPy_SetCallFunction(ctx, h, &special_of_empty))
INT(set_of_place, (ctx, h), HPy_SetCallFunction(ctx, h, &of_place))
HANDLE(derive, (ctx, base), below(ctx, &derived, base))
HANDLE(derive_empty, (ctx, base), below(ctx, &without_struct, base))
HANDLE(inherit, (ctx, base), below(ctx, &heir, base))

MODULE(
    DEF(exec), DEF(set_special), DEF(set_special_of_empty), DEF(set_of_place), DEF(derive), DEF(derive_empty),
    DEF(inherit))
