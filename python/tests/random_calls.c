/* python/tests/random_calls.c: the module `random_calls` for HPy's universal ABI: makes the calls, right and wrong, that bytes say. */

#include "hpy.h"

enum { HANDLES = 8, BUILDERS = 3 };

/* They outlive the calls: a handle of an ended call is one of the mistakes. */
static HPy handles[HANDLES];
static HPyListBuilder lists[BUILDERS];
static HPyTupleBuilder tuples[BUILDERS];
static HPyTracker trackers[BUILDERS];
/* Those that are to be ended, or else nobody could. */
static int has_list[BUILDERS], has_tuple[BUILDERS], has_tracker[BUILDERS];
static HPyContext *kept_context;
static HPyGlobal registered, unregistered;

typedef struct {
    HPyField first;
    HPyField second;
} Node;

HPyType_HELPERS(Node)

HPyDef_SLOT(Node_new, HPy_tp_new)
static HPy Node_new_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Node *node;
    return HPy_New(ctx, class, &node);
}

HPyDef_SLOT(Node_traverse, HPy_tp_traverse)
static int Node_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Node *)self)->first);
    HPy_VISIT(&((Node *)self)->second);
    return 0;
}

static HPyDef *Node_defines[] = {&Node_new, &Node_traverse, NULL};
static HPyType_Spec Node_spec = {
    .name = "random_calls.Node", .basicsize = sizeof(Node), .builtin_shape = HPyType_BuiltinShape_Object,
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_HAVE_GC | HPy_TPFLAGS_BASETYPE, .defines = Node_defines,
};

/* The bytes that are left. */
typedef struct {
    const unsigned char *next, *end;
} Bytes;

static unsigned take(Bytes *bytes, unsigned below)
{
    return bytes->next < bytes->end ? *bytes->next++ % below : 0;
}

/* A handle, one in a while HPy_NULL. */
static HPy any(Bytes *bytes)
{
    unsigned index = take(bytes, HANDLES + 1);
    return index == HANDLES ? HPy_NULL : handles[index];
}

static void put(Bytes *bytes, HPy h)
{
    handles[take(bytes, HANDLES)] = h;
}

static void leave(HPyContext *ctx, Bytes *bytes)
{
    HPyThreadState states[3];
    unsigned depth = take(bytes, 3), i;
    for (i = 0; i < depth + 1; i++) {
        states[i] = HPy_LeavePythonExecution(ctx);
    }
    if (take(bytes, 2)) {
        put(bytes, HPy_Dup(ctx, any(bytes)));
    }
    while (i-- > 0) {
        HPy_ReenterPythonExecution(ctx, states[i]);
    }
    if (take(bytes, 4) == 3) {
        HPy_ReenterPythonExecution(ctx, states[0]);
    }
}

static void use_list(HPyContext *ctx, Bytes *bytes)
{
    unsigned index = take(bytes, BUILDERS);
    switch (take(bytes, 5)) {
    case 0:
        if (!has_list[index]) {
            lists[index] = HPyListBuilder_New(ctx, (HPy_ssize_t)take(bytes, 4));
            has_list[index] = 1;
        }
        break;
    case 1:
    case 2:
        HPyListBuilder_Set(ctx, lists[index], (HPy_ssize_t)take(bytes, 5) - 1, any(bytes));
        break;
    case 3:
        put(bytes, HPyListBuilder_Build(ctx, lists[index]));
        has_list[index] = 0;
        break;
    default:
        HPyListBuilder_Cancel(ctx, lists[index]);
        has_list[index] = 0;
    }
}

static void use_tuple(HPyContext *ctx, Bytes *bytes)
{
    unsigned index = take(bytes, BUILDERS);
    switch (take(bytes, 5)) {
    case 0:
        if (!has_tuple[index]) {
            tuples[index] = HPyTupleBuilder_New(ctx, (HPy_ssize_t)take(bytes, 4));
            has_tuple[index] = 1;
        }
        break;
    case 1:
    case 2:
        HPyTupleBuilder_Set(ctx, tuples[index], (HPy_ssize_t)take(bytes, 5) - 1, any(bytes));
        break;
    case 3:
        put(bytes, HPyTupleBuilder_Build(ctx, tuples[index]));
        has_tuple[index] = 0;
        break;
    default:
        HPyTupleBuilder_Cancel(ctx, tuples[index]);
        has_tuple[index] = 0;
    }
}

static void use_tracker(HPyContext *ctx, Bytes *bytes)
{
    unsigned index = take(bytes, BUILDERS);
    switch (take(bytes, 5)) {
    case 0:
        if (!has_tracker[index]) {
            trackers[index] = HPyTracker_New(ctx, (HPy_ssize_t)take(bytes, 3));
            has_tracker[index] = 1;
        }
        break;
    case 1:
    case 2:
        HPyTracker_Add(ctx, trackers[index], any(bytes));
        break;
    case 3:
        HPyTracker_ForgetAll(ctx, trackers[index]);
        break;
    default:
        HPyTracker_Close(ctx, trackers[index]);
        has_tracker[index] = 0;
    }
}

static void use_fields(HPyContext *ctx, HPy self, Bytes *bytes)
{
    HPy owner = any(bytes), type = HPy_GetAttr_s(ctx, self, "Node");
    Node *node = Node_AsStruct(ctx, owner);
    /* What is no node has no fields: its struct was the mistake. */
    if (HPy_TypeCheck(ctx, owner, type)) {
        HPyField *field = take(bytes, 2) ? &node->first : &node->second;
        HPyField copy = *field;
        HPyField_Store(ctx, owner, field, any(bytes));
        put(bytes, HPyField_Load(ctx, owner, *field));
        put(bytes, HPyField_Load(ctx, take(bytes, 2) ? owner : any(bytes), copy));
    }
    HPy_Close(ctx, type);
}

static void use_kinds(HPyContext *ctx, Bytes *bytes)
{
    HPy_ssize_t start, stop, step;
    HPy h = any(bytes);
    switch (take(bytes, 10)) {
    case 0: HPy_TypeCheck(ctx, h, any(bytes)); break;
    case 1: HPyType_GetName(ctx, h); break;
    case 2: HPyType_IsSubtype(ctx, h, any(bytes)); break;
    case 3: put(bytes, HPyUnicode_Substring(ctx, h, 0, (HPy_ssize_t)take(bytes, 3))); break;
    case 4: HPyBytes_GET_SIZE(ctx, h); break;
    case 5: put(bytes, HPyBytes_FromString(ctx, HPyBytes_AS_STRING(ctx, h))); break;
    case 6: put(bytes, HPyIter_Next(ctx, h)); break;
    case 7: HPySlice_Unpack(ctx, h, &start, take(bytes, 2) ? &stop : NULL, &step); break;
    case 8: put(bytes, HPy_EvalCode(ctx, h, any(bytes), any(bytes))); break;
    default: HPyUnicode_AsUTF8AndSize(ctx, h, NULL);
    }
}

static void use_text(HPyContext *ctx, Bytes *bytes)
{
    const char *text = take(bytes, 4) ? "text" : NULL;
    switch (take(bytes, 6)) {
    case 0: put(bytes, HPyUnicode_FromString(ctx, text)); break;
    case 1: put(bytes, HPyBytes_FromString(ctx, text)); break;
    case 2: put(bytes, HPy_GetAttr_s(ctx, any(bytes), text)); break;
    case 3: HPy_SetAttr_s(ctx, any(bytes), text, any(bytes)); break;
    case 4: put(bytes, HPyErr_SetString(ctx, any(bytes), text)); break;
    default: put(bytes, HPyUnicode_DecodeASCII(ctx, text, (HPy_ssize_t)take(bytes, 3), NULL));
    }
}

/* Right handles, so that more than the first check of a function runs. */
static void refill(HPyContext *ctx, HPy self, Bytes *bytes)
{
    HPy h = HPy_NULL;
    switch (take(bytes, 9)) {
    case 0: h = HPyLong_FromLong(ctx, (long)take(bytes, 4)); break;
    case 1: h = HPyUnicode_FromString(ctx, take(bytes, 2) ? "__repr__" : "text"); break;
    case 2: h = HPyBytes_FromString(ctx, "bytes"); break;
    case 3: h = HPyDict_New(ctx); break;
    case 4: h = HPyTuple_FromArray(ctx, NULL, 0); break;
    case 5: h = HPySlice_New(ctx, HPy_NULL, HPy_NULL, HPy_NULL); break;
    case 6: h = HPy_Dup(ctx, ctx->h_LongType); break;
    case 7: h = HPy_Compile_s(ctx, "1", "file", HPy_SourceKind_Expr); break;
    default: {
        HPy type = HPy_GetAttr_s(ctx, self, "Node");
        h = HPy_Call(ctx, type, NULL, 0, HPy_NULL);
        HPy_Close(ctx, type);
    }
    }
    put(bytes, h);
}

static void step(HPyContext *ctx, HPy self, HPy again, Bytes *bytes)
{
    /* CPython's debug builds end where code runs with an exception set: only that of the last step stays. */
    HPyErr_Clear(ctx);
    for (unsigned times = take(bytes, 4); times > 0; times--) {
        refill(ctx, self, bytes);
    }
    HPy array[3] = {any(bytes), any(bytes), any(bytes)};
    HPy h = array[0];
    const HPy *items = take(bytes, 8) ? array : NULL;
    HPy_ssize_t count = (HPy_ssize_t)take(bytes, 5) - 1;
    switch (take(bytes, 24)) {
    case 0: put(bytes, HPy_Dup(ctx, h)); break;
    case 1: HPy_Close(ctx, h); break;
    case 2: h._i = (intptr_t)take(bytes, 256) << take(bytes, 64) | take(bytes, 256); put(bytes, h); break;
    case 3: h._i ^= (intptr_t)1 << take(bytes, 64); put(bytes, h); break;
    case 4: put(bytes, take(bytes, 2) ? ctx->h_None : ctx->h_LongType); break;
    case 5: put(bytes, take(bytes, 2) ? self : again); break;
    case 6: put(bytes, HPy_Add(ctx, h, array[1])); break;
    case 7: put(bytes, HPy_Repr(ctx, h)); break;
    case 8: put(bytes, HPyLong_FromLong(ctx, (long)take(bytes, 256))); break;
    case 9: put(bytes, HPyTuple_FromArray(ctx, items, count < 3 ? count : 3)); break;
    case 10: put(bytes, HPy_Call(ctx, h, items, count < 0 ? 0 : (size_t)count % 4, array[2])); break;
    case 11: put(bytes, HPy_CallMethod(ctx, h, items, count < 0 ? 0 : (size_t)count % 4, array[2])); break;
    case 12: put(bytes, HPyDict_New(ctx)); break;
    case 13: HPy_SetItem(ctx, h, array[1], array[2]); break;
    case 14: use_list(ctx, bytes); break;
    case 15: use_tuple(ctx, bytes); break;
    case 16: use_tracker(ctx, bytes); break;
    case 17: use_fields(ctx, self, bytes); break;
    case 18: HPyGlobal_Store(ctx, take(bytes, 4) ? &registered : take(bytes, 2) ? &unregistered : NULL, h); break;
    case 19: put(bytes, HPyGlobal_Load(ctx, registered)); break;
    case 20: leave(ctx, bytes); break;
    case 21: use_kinds(ctx, bytes); break;
    case 22: use_text(ctx, bytes); break;
    default:
        if (kept_context != NULL && take(bytes, 3) == 0) {
            put(bytes, HPy_Dup(kept_context, h));
        } else {
            put(bytes, HPy_GetAttr_s(ctx, self, "Node"));
            put(bytes, HPy_Call(ctx, handles[take(bytes, HANDLES)], NULL, 0, HPy_NULL));
        }
        kept_context = ctx;
    }
}

/* run(bytes, again): `again()` may call it. */
HPyDef_METH(run, "run", HPyFunc_VARARGS)
static HPy run_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    unsigned char copy[512];
    HPy_ssize_t size = HPyBytes_Size(ctx, args[0]);
    if (size < 0 || size > (HPy_ssize_t)sizeof copy) {
        return HPyErr_SetString(ctx, ctx->h_ValueError, "give at most 512 bytes");
    }
    const char *start = HPyBytes_AsString(ctx, args[0]);
    for (HPy_ssize_t i = 0; i < size; i++) {
        copy[i] = (unsigned char)start[i];
    }
    Bytes bytes = {copy, copy + size};
    while (bytes.next < bytes.end) {
        step(ctx, self, args[1], &bytes);
    }
    return take(&bytes, 2) || size % 3 ? any(&bytes) : HPy_Dup(ctx, ctx->h_None);
}

/* Ends what Python code cannot. */
HPyDef_METH(finish, "finish", HPyFunc_NOARGS)
static HPy finish_impl(HPyContext *ctx, HPy self)
{
    for (int i = 0; i < BUILDERS; i++) {
        if (has_list[i]) {
            HPyListBuilder_Cancel(ctx, lists[i]);
        }
        if (has_tuple[i]) {
            HPyTupleBuilder_Cancel(ctx, tuples[i]);
        }
        if (has_tracker[i]) {
            HPyTracker_ForgetAll(ctx, trackers[i]);
            HPyTracker_Close(ctx, trackers[i]);
        }
        has_list[i] = has_tuple[i] = has_tracker[i] = 0;
    }
    HPyGlobal_Store(ctx, &registered, HPy_NULL);
    HPyGlobal_Store(ctx, &unregistered, HPy_NULL);
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_SLOT(execute, HPy_mod_exec)
static int execute_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Node", &Node_spec, NULL) ? 0 : -1;
}

static HPyDef *defines[] = {&run, &finish, &execute, NULL};
static HPyGlobal *globals[] = {&registered, NULL};
static HPyModuleDef random_calls_def = {.defines = defines, .globals = globals};
HPy_MODINIT(random_calls, random_calls_def)
