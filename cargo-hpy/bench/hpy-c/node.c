/* hpy-c/node.c: a type whose instances refer to others, can be collected, and are called. */
#include "sample.h"

typedef struct {
    HPyField next;
} Node;

HPyType_HELPERS(Node)

HPyDef_SLOT(Node_new, HPy_tp_new)
static HPy Node_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Node *node;
    HPy h, next = HPy_NULL;
    HPyTracker tracker;
    int parsed = !HPy_IsNull(kw) || nargs != 1;
    if (!parsed) {
        next = args[0];
    }
    else {
        static const char *names[] = {"next", NULL};
        if (!HPyArg_ParseKeywordsDict(ctx, &tracker, args, nargs, kw, "|O:Node", names, &next)) {
            return HPy_NULL;
        }
    }
    h = HPy_New(ctx, type, &node);
    if (!HPy_IsNull(h)) {
        HPyField_Store(ctx, h, &node->next, next);
    }
    if (parsed) {
        HPyTracker_Close(ctx, tracker);
    }
    return h;
}

HPyDef_SLOT(Node_traverse, HPy_tp_traverse)
static int Node_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Node *)self)->next);
    return 0;
}

HPyDef_SLOT(Node_call, HPy_tp_call)
static HPy Node_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)self;
    if (!HPy_IsNull(kwnames) || nargs != 1) {
        return HPyErr_SetString(ctx, ctx->h_TypeError, "a node takes one argument");
    }
    return HPy_Dup(ctx, args[0]);
}

HPyDef_GETSET(Node_next, "next")
static HPy Node_next_get(HPyContext *ctx, HPy self, void *closure)
{
    Node *node = Node_AsStruct(ctx, self);
    (void)closure;
    return HPyField_IsNull(node->next) ? HPy_Dup(ctx, ctx->h_None) : HPyField_Load(ctx, self, node->next);
}
static int Node_next_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    (void)closure;
    HPyField_Store(ctx, self, &Node_AsStruct(ctx, self)->next, value);
    return 0;
}

static HPyDef *defines[] = {&Node_new, &Node_traverse, &Node_call, &Node_next, NULL};
HPyType_Spec node_spec = {
    .name = "sample.Node",
    .basicsize = sizeof(Node),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | HPy_TPFLAGS_HAVE_GC,
    .builtin_shape = SHAPE(Node),
    .defines = defines,
};
