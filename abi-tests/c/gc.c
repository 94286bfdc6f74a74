/* abi-tests/c/gc.c: instances with references: how they are visited, cleared, finalized and destroyed. */
#define FAMILY gc
#include "support.h"

/* A node of a graph. */
typedef struct {
    HPyField left;
    HPyField right;
    long long number;
} Node;

HPyType_HELPERS(Node)

/* A node with a reference more. */
typedef struct {
    Node base;
    HPyField extra;
} Derived;

HPyType_HELPERS(Derived)

/* A node with a place for weak references behind it. */
typedef struct {
    Node node;
    HPyField list;
} Weak;

/* A node whose dictionary is a field that its own function visits, as C API types do it. */
typedef struct {
    Node node;
    HPyField dict;
    HPyField weak_references;
} WithDict;

/* `sum` is that of the numbers of all destroyed nodes: that the right struct was passed. */
static long long finalized, destroyed, sum;
/* Where a finalizer leaves its object, if it is asked to. */
static HPyGlobal resurrected;

/* The number with which the constructor fails when the instance is made. */
#define FAILING 666

HPyDef_SLOT(gc_new, HPy_tp_new)
static HPy gc_new_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Node *node;
    HPy h = HPy_New(ctx, class, &node);
    (void)kw;
    if (!HPy_IsNull(h)) {
        node->number = first_number(ctx, args, nargs);
        if (node->number == FAILING) {
            HPy_Close(ctx, h);
            return HPyErr_SetString(ctx, ctx->h_ValueError, "this number fails");
        }
    }
    return h;
}

HPyDef_SLOT(gc_traverse, HPy_tp_traverse)
static int gc_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    Node *node = (Node *)self;
    HPy_VISIT(&node->left);
    HPy_VISIT(&node->right);
    return 0;
}

/* It does not look at what the visitor returns. */
HPyDef_SLOT(gc_traverse_careless, HPy_tp_traverse)
static int gc_traverse_careless_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    Node *node = (Node *)self;
    if (!HPyField_IsNull(node->left)) {
        visit(&node->left, arg);
    }
    if (!HPyField_IsNull(node->right)) {
        visit(&node->right, arg);
    }
    return 0;
}

HPyDef_SLOT(gc_traverse_derived, HPy_tp_traverse)
static int gc_traverse_derived_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    Derived *derived = (Derived *)self;
    HPy_VISIT(&derived->base.left);
    HPy_VISIT(&derived->base.right);
    HPy_VISIT(&derived->extra);
    return 0;
}

HPyDef_SLOT(gc_destroy, HPy_tp_destroy)
static void gc_destroy_impl(void *self)
{
    destroyed++;
    sum += ((Node *)self)->number;
}

HPyDef_SLOT(gc_finalize, HPy_tp_finalize)
static void gc_finalize_impl(HPyContext *ctx, HPy self)
{
    finalized++;
    if (Node_AsStruct(ctx, self)->number < 0) {
        HPyGlobal_Store(ctx, &resurrected, self);
    }
}

/* A field as an attribute, which is None if the field is empty; it is emptied when the attribute is deleted. */
#define FIELD(type, name) \
    HPyDef_GETSET(gc_##name, #name) \
    static HPy gc_##name##_get(HPyContext *ctx, HPy self, void *closure) \
    { \
        (void)closure; \
        return or_else(ctx, HPyField_Load(ctx, self, type##_AsStruct(ctx, self)->name), ctx->h_None); \
    } \
    static int gc_##name##_set(HPyContext *ctx, HPy self, HPy value, void *closure) \
    { \
        HPyField *field = &type##_AsStruct(ctx, self)->name; \
        (void)closure; \
        value = HPy_IsNull(value) ? value : or_null(ctx, value); \
        HPyField_Store(ctx, self, field, value); \
        assert(HPyField_IsNull(*field) == HPy_IsNull(value)); \
        return 0; \
    }

FIELD(Node, left)
FIELD(Node, right)
FIELD(Derived, extra)
HPyDef_MEMBER(gc_number, "number", HPyMember_LONGLONG, offsetof(Node, number))
HPyDef_MEMBER(gc_weak_list, "__weaklistoffset__", HPyMember_HPYSSIZET, offsetof(Weak, list), .readonly = 1)

HPyDef_MEMBER(gc_dict_offset, "__dictoffset__", HPyMember_HPYSSIZET, offsetof(WithDict, dict), .readonly = 1)
HPyDef_MEMBER(gc_list_offset, "__weaklistoffset__", HPyMember_HPYSSIZET, offsetof(WithDict, weak_references), .readonly = 1)
HPyDef_SLOT(gc_traverse_with_dict, HPy_tp_traverse)
static int gc_traverse_with_dict_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    WithDict *all = (WithDict *)self;
    HPy_VISIT(&all->node.left);
    HPy_VISIT(&all->dict);
    HPy_VISIT(&all->weak_references);
    HPy_VISIT(&all->node.right);
    return 0;
}

#define UNCOLLECTED (HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE)
#define COLLECTED (UNCOLLECTED | HPy_TPFLAGS_HAVE_GC)
#define FIELDS DEF(new), DEF(left), DEF(right), DEF(number)
#define NODE DEF(traverse), DEF(destroy), FIELDS

TYPE(node, "gc.Node", sizeof(Node), COLLECTED, NODE)
TYPE(finalizing, "gc.Finalizing", sizeof(Node), COLLECTED, NODE, DEF(finalize))
/* It holds references, and the garbage collector does not know its instances. */
TYPE(untracked, "gc.Untracked", sizeof(Node), UNCOLLECTED, NODE)
/* Types with one of the two functions. */
TYPE(fields, "gc.Fields", sizeof(Node), COLLECTED, DEF(traverse), FIELDS)
TYPE(careless, "gc.Careless", sizeof(Node), COLLECTED, DEF(traverse_careless), FIELDS)
TYPE(owner, "gc.Owner", sizeof(Node), UNCOLLECTED, DEF(new), DEF(destroy), DEF(number))
TYPE(weak, "gc.Weak", sizeof(Weak), COLLECTED, NODE, DEF(finalize), DEF(weak_list))
TYPE(with_dict, "gc.WithDict", sizeof(WithDict), COLLECTED, DEF(traverse_with_dict), DEF(destroy), DEF(left), DEF(right),
     DEF(number), DEF(dict_offset), DEF(list_offset))
/* Types below others: one with a struct, and one with nothing of its own. */
TYPE(derived, "gc.Derived", sizeof(Derived), COLLECTED, DEF(traverse_derived), DEF(destroy), DEF(extra))
static HPyType_Spec plain = {.name = "gc.Plain", .flags = UNCOLLECTED};

HPyDef_SLOT(gc_exec, HPy_mod_exec)
static int gc_exec_impl(HPyContext *ctx, HPy module)
{
    int added = HPyHelpers_AddType(ctx, module, "Node", &node, NULL)
            && HPyHelpers_AddType(ctx, module, "Finalizing", &finalizing, NULL)
            && HPyHelpers_AddType(ctx, module, "Untracked", &untracked, NULL)
            && HPyHelpers_AddType(ctx, module, "Fields", &fields, NULL)
            && HPyHelpers_AddType(ctx, module, "Careless", &careless, NULL)
            && HPyHelpers_AddType(ctx, module, "Owner", &owner, NULL)
            && HPyHelpers_AddType(ctx, module, "Weak", &weak, NULL)
            && HPyHelpers_AddType(ctx, module, "WithDict", &with_dict, NULL);
    return added ? 0 : -1;
}

static HPy take(HPyContext *ctx)
{
    HPy h = HPyGlobal_Load(ctx, resurrected);
    HPyGlobal_Store(ctx, &resurrected, HPy_NULL);
    return or_else(ctx, h, ctx->h_None);
}

static HPy chain_of(HPyContext *ctx, HPy class, int64_t length)
{
    HPy head = HPy_Dup(ctx, ctx->h_None);
    for (; length > 0; length--) {
        HPy next = HPy_Call(ctx, class, NULL, 0, HPy_NULL);
        assert(!HPy_IsNull(next));
        HPyField_Store(ctx, next, &Node_AsStruct(ctx, next)->left, head);
        HPy_Close(ctx, head);
        head = next;
    }
    return head;
}

HANDLE(derive, (ctx, base), below(ctx, &derived, base))
HANDLE(derive_plain, (ctx, base), below(ctx, &plain, base))
HANDLE(counts, (ctx), HPy_BuildValue(ctx, "LLL", finalized, destroyed, sum))
HANDLE(take_resurrected, (ctx), take(ctx))
HANDLE(chain, (ctx, class, length), chain_of(ctx, class, number(ctx, length)))

static HPyGlobal *globals[] = {&resurrected, NULL};
MODULE_WITH_GLOBALS(globals, DEF(exec), DEF(derive), DEF(derive_plain), DEF(counts), DEF(take_resurrected), DEF(chain))
