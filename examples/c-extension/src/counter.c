/* src/counter.c: a counter, as any HPy extension in C would have it. */
#include "hpy.h"

typedef struct {
    long count;
    HPyField on_change;
} Counter;

HPyType_HELPERS(Counter)

HPyDef_SLOT_IMPL(Counter_new, HPyType_GenericNew, HPy_tp_new)

HPyDef_SLOT(Counter_init, HPy_tp_init)
static int Counter_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    static const char *names[] = {"start", "on_change", NULL};
    HPyTracker tracker;
    HPy on_change = HPy_NULL;
    Counter *counter = Counter_AsStruct(ctx, self);
    if (!HPyArg_ParseKeywordsDict(ctx, &tracker, args, nargs, kw, "|lO:Counter", names, &counter->count, &on_change)) {
        return -1;
    }
    HPyField_Store(ctx, self, &counter->on_change, on_change);
    HPyTracker_Close(ctx, tracker);
    return 0;
}

HPyDef_SLOT(Counter_traverse, HPy_tp_traverse)
static int Counter_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    Counter *counter = (Counter *)self;
    HPy_VISIT(&counter->on_change);
    return 0;
}

HPyDef_METH(Counter_add, "add", HPyFunc_VARARGS, .doc = "Adds to the count, and calls `on_change` with it.")
static HPy Counter_add_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    long by = 1;
    Counter *counter = Counter_AsStruct(ctx, self);
    HPy count;
    if (!HPyArg_Parse(ctx, NULL, args, nargs, "|l:add", &by)) {
        return HPy_NULL;
    }
    counter->count += by;
    count = HPyLong_FromLong(ctx, counter->count);
    if (!HPy_IsNull(count) && !HPyField_IsNull(counter->on_change)) {
        HPy on_change = HPyField_Load(ctx, self, counter->on_change);
        HPy result = HPy_Call(ctx, on_change, &count, 1, HPy_NULL);
        int failed = HPy_IsNull(result);
        HPy_Close(ctx, result);
        HPy_Close(ctx, on_change);
        if (failed) {
            HPy_Close(ctx, count);
            return HPy_NULL;
        }
    }
    return count;
}

HPyDef_MEMBER(Counter_count, "count", HPyMember_LONG, offsetof(Counter, count), .doc = "How far it has come.")

static HPyDef *counter_defines[] = {
    &Counter_new, &Counter_init, &Counter_traverse, &Counter_add, &Counter_count, NULL,
};
static HPyType_Spec counter_spec = {
    .name = "c_extension.Counter",
    .basicsize = sizeof(Counter),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_GC,
    .builtin_shape = SHAPE(Counter),
    .defines = counter_defines,
    .doc = "Counts.",
};

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Counter", &counter_spec, NULL) ? 0 : -1;
}

static HPyDef *defines[] = {&exec, NULL};
static HPyModuleDef definition = {.doc = "An extension in C.", .defines = defines};

HPy_MODINIT(c_extension, definition)
