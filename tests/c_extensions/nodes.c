/* tests/c_extensions/nodes.c: a collected type with fields, a call, a finalizer, and memory of its own. */
#include "hpy.h"

typedef struct {
    HPyField next;
    HPyField value;
    char *text;
} Node;

HPyType_HELPERS(Node, HPyType_BuiltinShape_Object)

static HPyGlobal last_made;
static long destroyed, finalized;

/* HPyType_GenericNew may stand for more than one type. */
HPyDef_SLOT_IMPL(Node_new, HPyType_GenericNew, HPy_tp_new)

HPyDef_SLOT(Node_init, HPy_tp_init)
static int Node_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Node *node = Node_AsStruct(ctx, self);
    HPy value, next = HPy_NULL;
    HPyTracker tracker;
    static const char *names[] = {"value", "next", NULL};
    if (!HPyArg_ParseKeywordsDict(ctx, &tracker, args, nargs, kw, "O|O:Node", names, &value, &next)) {
        return -1;
    }
    HPyField_Store(ctx, self, &node->value, value);
    HPyField_Store(ctx, self, &node->next, next);
    HPyTracker_Close(ctx, tracker);
    node->text = (char *)malloc(10);
    HPyGlobal_Store(ctx, &last_made, self);
    return 0;
}

HPyDef_SLOT(Node_traverse, HPy_tp_traverse)
static int Node_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    Node *node = (Node *)self;
    HPy_VISIT(&node->next);
    HPy_VISIT(&node->value);
    return 0;
}

HPyDef_SLOT(Node_destroy, HPy_tp_destroy)
static void Node_destroy_impl(void *self)
{
    free(((Node *)self)->text);
    destroyed++;
}

HPyDef_SLOT(Node_finalize, HPy_tp_finalize)
static void Node_finalize_impl(HPyContext *ctx, HPy self)
{
    (void)ctx;
    (void)self;
    finalized++;
}

HPyDef_SLOT(Node_call, HPy_tp_call)
static HPy Node_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    long factor = 1;
    Node *node = Node_AsStruct(ctx, self);
    HPy value, by, result;
    static const char *names[] = {"factor", NULL};
    if (!HPyArg_ParseKeywords(ctx, NULL, args, nargs, kwnames, "|l:Node.__call__", names, &factor)) {
        return HPy_NULL;
    }
    value = HPyField_Load(ctx, self, node->value);
    by = HPyLong_FromLong(ctx, factor);
    result = HPy_Multiply(ctx, value, by);
    HPy_Close(ctx, by);
    HPy_Close(ctx, value);
    return result;
}

HPyDef_GETSET(Node_next, "next")
static HPy Node_next_get(HPyContext *ctx, HPy self, void *closure)
{
    Node *node = Node_AsStruct(ctx, self);
    (void)closure;
    if (HPyField_IsNull(node->next)) {
        return HPy_Dup(ctx, ctx->h_None);
    }
    return HPyField_Load(ctx, self, node->next);
}
static int Node_next_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    (void)closure;
    HPyField_Store(ctx, self, &Node_AsStruct(ctx, self)->next, value);
    return 0;
}

static HPyDef *node_defines[] = {
    &Node_new, &Node_init, &Node_traverse, &Node_destroy, &Node_finalize, &Node_call, &Node_next, NULL,
};
static HPyType_Spec node_spec = {
    .name = "nodes.Node",
    .basicsize = sizeof(Node),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_GC,
    .builtin_shape = SHAPE(Node),
    .defines = node_defines,
};

/* A second type with the same constructor, whose instances are called one way or another. */
HPyDef_SLOT_IMPL(Plain_new, HPyType_GenericNew, HPy_tp_new)

HPyDef_SLOT(Plain_call, HPy_tp_call)
static HPy Plain_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)self;
    (void)args;
    (void)kwnames;
    return HPyLong_FromSize_t(ctx, nargs);
}

HPyDef_CALL_FUNCTION(other_call)
static HPy other_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)self;
    (void)args;
    (void)nargs;
    (void)kwnames;
    return HPyUnicode_FromString(ctx, "other");
}

HPyDef_METH(Plain_change, "change", HPyFunc_NOARGS)
static HPy Plain_change_impl(HPyContext *ctx, HPy self)
{
    return HPy_SetCallFunction(ctx, self, &other_call) < 0 ? HPy_NULL : HPy_Dup(ctx, ctx->h_None);
}

static HPyDef *plain_defines[] = {&Plain_new, &Plain_call, &Plain_change, NULL};
static HPyType_Spec plain_spec = {
    .name = "nodes.Plain",
    .flags = HPy_TPFLAGS_DEFAULT,
    .defines = plain_defines,
};

HPyDef_METH(last, "last", HPyFunc_NOARGS)
static HPy last_impl(HPyContext *ctx, HPy self)
{
    HPy h = HPyGlobal_Load(ctx, last_made);
    (void)self;
    return HPy_IsNull(h) ? HPy_Dup(ctx, ctx->h_None) : h;
}

HPyDef_METH(forget, "forget", HPyFunc_NOARGS)
static HPy forget_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    HPyGlobal_Store(ctx, &last_made, HPy_NULL);
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(counts, "counts", HPyFunc_NOARGS)
static HPy counts_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPy_BuildValue(ctx, "ll", destroyed, finalized);
}

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Node", &node_spec, NULL)
            && HPyHelpers_AddType(ctx, module, "Plain", &plain_spec, NULL) ? 0 : -1;
}

HPyDef_GIL(without_lock, HPy_MOD_GIL_NOT_USED)
HPyDef_MULTIPLE_INTERPRETERS(interpreters, HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED)

static HPyDef *defines[] = {&last, &forget, &counts, &exec, &without_lock, &interpreters, NULL};
static HPyGlobal *globals[] = {&last_made, NULL};
static HPyModuleDef definition = {.defines = defines, .globals = globals};

HPy_MODINIT(nodes, definition)
