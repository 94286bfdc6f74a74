/* abi-tests/c/call.c: calling callables and methods. */
#define FAMILY call
#include "support.h"

/* Tells HPy_Call that the place before the first argument may be written, as CPython's flag of this name does. */
#define ARGUMENTS_OFFSET ((size_t)1 << (8 * sizeof(size_t) - 1))

static size_t positional(HPyContext *ctx, Items all, HPy names)
{
    return HPy_IsNull(names) ? all.count : all.count - (size_t)HPy_Length(ctx, names);
}

static HPy call_items(HPyContext *ctx, HPy callable, HPy args, HPy names)
{
    Items all = items(ctx, args);
    HPy result = HPy_Call(ctx, callable, all.handles, positional(ctx, all, names), names);
    close_all(ctx, all);
    return result;
}

static HPy call_after_place(HPyContext *ctx, HPy callable, HPy args)
{
    Items found = items(ctx, args), all = new_items(found.count + 1);
    HPy result;
    memcpy(all.handles + 1, found.handles, found.count * sizeof(HPy));
    free(found.handles);
    result = HPy_Call(ctx, callable, all.handles + 1, found.count | ARGUMENTS_OFFSET, HPy_NULL);
    close_all(ctx, all);
    return result;
}

static HPy call_method_items(HPyContext *ctx, HPy name, HPy args, HPy names)
{
    Items all = items(ctx, args);
    HPy result = HPy_CallMethod(ctx, name, all.handles, positional(ctx, all, names), names);
    close_all(ctx, all);
    return result;
}

static HPy call_numbers(HPyContext *ctx, HPy callable, int64_t count)
{
    Items all = new_items((size_t)count);
    HPy result;
    size_t index;
    for (index = 0; index < all.count; index++) {
        all.handles[index] = HPyLong_FromSize_t(ctx, index);
    }
    result = HPy_Call(ctx, callable, all.handles, all.count, HPy_NULL);
    close_all(ctx, all);
    return result;
}

INT(check, (ctx, h), HPyCallable_Check(ctx, h))
HANDLE(tuple_dict, (ctx, callable, args_, kw), HPy_CallTupleDict(ctx, callable, or_null(ctx, args_), or_null(ctx, kw)))
HANDLE(call, (ctx, callable, args_, names), call_items(ctx, callable, args_, or_null(ctx, names)))
HANDLE(call_with_offset, (ctx, callable, args_), call_after_place(ctx, callable, args_))
HANDLE(method, (ctx, name, args_, names), call_method_items(ctx, name, args_, or_null(ctx, names)))
HANDLE(without_arguments, (ctx, callable), HPy_Call(ctx, callable, NULL, 0, HPy_NULL))
HANDLE(many, (ctx, callable, count), call_numbers(ctx, callable, number(ctx, count)))

MODULE(DEF(check), DEF(tuple_dict), DEF(call), DEF(call_with_offset), DEF(method), DEF(without_arguments), DEF(many))
