/* abi-tests/c/arg_owner.c: who owns what the argument parsers give: a tracker keeps it when the arguments are gone. */
#define FAMILY arg_owner
#include "support.h"

static HPy new_list(HPyContext *ctx, int value)
{
    return HPy_BuildValue(ctx, "[i]", value);
}

/* The lists [1] and [2], parsed by "OO" from a positional and a keyword argument that are closed before they are used. */
static HPy use_when_closed(HPyContext *ctx, int from_dict)
{
    static const char *names[] = {"a", "b", NULL};
    HPy args[2], a = HPy_NULL, b = HPy_NULL, result;
    HPy kwnames = HPy_BuildValue(ctx, "(s)", "b"), kw = HPyDict_New(ctx);
    HPyTracker tracker;
    int parsed;
    args[0] = new_list(ctx, 1);
    args[1] = new_list(ctx, 2);
    HPy_SetItem_s(ctx, kw, "b", args[1]);
    parsed = from_dict ? HPyArg_ParseKeywordsDict(ctx, &tracker, args, 1, kw, "OO", names, &a, &b)
                       : HPyArg_ParseKeywords(ctx, &tracker, args, 1, kwnames, "OO", names, &a, &b);
    assert(parsed);
    HPy_Close(ctx, kw);
    HPy_Close(ctx, kwnames);
    HPy_Close(ctx, args[0]);
    HPy_Close(ctx, args[1]);
    /* They take the place of what was freed. */
    HPy_Close(ctx, new_list(ctx, 3));
    HPy_Close(ctx, new_list(ctx, 4));
    result = HPy_BuildValue(ctx, "OO", a, b);
    HPyTracker_Close(ctx, tracker);
    return result;
}

HANDLE(closed_names, (ctx), use_when_closed(ctx, 0))
HANDLE(closed_dict, (ctx), use_when_closed(ctx, 1))

MODULE(DEF(closed_names), DEF(closed_dict))
