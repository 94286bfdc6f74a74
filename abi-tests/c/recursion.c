/* abi-tests/c/recursion.c: constructors and call functions that call themselves for what they are given. */
#define FAMILY recursion
#include "support.h"

typedef struct {
    long long number;
} Item;

HPyType_HELPERS(Item)

/* Calls `callable` with the first item of a list that has one. */
static int call_for_item(HPyContext *ctx, HPy callable, const HPy *args, size_t nargs)
{
    HPy item, result;
    if (nargs == 0 || !HPyList_Check(ctx, args[0]) || HPy_Length(ctx, args[0]) <= 0) {
        return 0;
    }
    item = HPy_GetItem_i(ctx, args[0], 0);
    result = HPy_Call(ctx, callable, &item, 1, HPy_NULL);
    HPy_Close(ctx, item);
    if (HPy_IsNull(result)) {
        return -1;
    }
    HPy_Close(ctx, result);
    return 0;
}

HPyDef_SLOT(recursion_new, HPy_tp_new)
static HPy recursion_new_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Item *item;
    (void)kw;
    return call_for_item(ctx, class, args, (size_t)nargs) < 0 ? HPy_NULL : HPy_New(ctx, class, &item);
}

HPyDef_SLOT(recursion_new_alone, HPy_tp_new)
static HPy recursion_new_alone_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Item *item;
    (void)args;
    (void)nargs;
    (void)kw;
    return HPy_New(ctx, class, &item);
}

HPyDef_SLOT(recursion_init, HPy_tp_init)
static int recursion_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    HPy class = HPy_Type(ctx, self);
    int result = call_for_item(ctx, class, args, (size_t)nargs);
    (void)kw;
    HPy_Close(ctx, class);
    return result;
}

/* Calls its first argument with itself, unless that is `None`. */
static HPy call_argument(HPyContext *ctx, const HPy *args, size_t nargs)
{
    if (nargs == 0 || HPy_Is(ctx, args[0], ctx->h_None)) {
        return HPy_Dup(ctx, ctx->h_None);
    }
    return HPy_Call(ctx, args[0], args, 1, HPy_NULL);
}

HPyDef_SLOT(recursion_call, HPy_tp_call)
static HPy recursion_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)self;
    (void)kwnames;
    return call_argument(ctx, args, nargs);
}

HPyDef_CALL_FUNCTION(function)
static HPy function_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)self;
    (void)kwnames;
    return call_argument(ctx, args, nargs);
}

#define FLAGS (HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE)

TYPE(new_type, "recursion.New", sizeof(Item), FLAGS, DEF(new))
TYPE(new_and_init_type, "recursion.NewAndInit", sizeof(Item), FLAGS, DEF(new_alone), DEF(init))
TYPE(called_type, "recursion.Called", sizeof(Item), FLAGS, DEF(call))
TYPE(called_without_struct_type, "recursion.CalledWithoutStruct", 0, FLAGS, DEF(call))

HPyDef_SLOT(recursion_exec, HPy_mod_exec)
static int recursion_exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "New", &new_type, NULL)
        && HPyHelpers_AddType(ctx, module, "NewAndInit", &new_and_init_type, NULL)
        && HPyHelpers_AddType(ctx, module, "Called", &called_type, NULL)
        && HPyHelpers_AddType(ctx, module, "CalledWithoutStruct", &called_without_struct_type, NULL) ? 0 : -1;
}

INT(set_function, (ctx, h), HPy_SetCallFunction(ctx, h, &function))

MODULE(DEF(exec), DEF(set_function))
