/* python/tests/mistakes.c: the module `mistakes` for HPy's universal ABI: a function for each mistake that debug mode finds. */

#include <pthread.h>

#include "hpy.h"

#define DEFINE(NAME) HPyDef_METH(NAME, #NAME, HPyFunc_O) static HPy NAME##_impl(HPyContext *ctx, HPy self, HPy arg)
#define NONE HPy_Dup(ctx, ctx->h_None)
/* What a function of HPy gave in vain is closed, and an error stays. */
#define NONE_BUT(RESULT) none_but(ctx, RESULT)

static HPy none_but(HPyContext *ctx, HPy result)
{
    HPy_Close(ctx, result);
    return HPyErr_Occurred(ctx) ? HPy_NULL : NONE;
}

static HPy closed(HPyContext *ctx, HPy h)
{
    HPy copy = HPy_Dup(ctx, h);
    HPy_Close(ctx, copy);
    return copy;
}

static HPy garbage(uintptr_t value)
{
    HPy h = HPy_NULL;
    h._i = (intptr_t)value;
    return h;
}

/* Handles. */

DEFINE(use_closed)
{
    return HPy_Add(ctx, closed(ctx, arg), arg);
}

/* Nothing else has the object. */
DEFINE(use_freed)
{
    HPy text = HPyUnicode_FromString(ctx, "nobody has this text");
    HPy_Close(ctx, text);
    return HPyUnicode_Substring(ctx, text, 0, 3);
}

DEFINE(use_long_closed)
{
    HPy old = closed(ctx, arg);
    for (int i = 0; i < 3000; i++) {
        closed(ctx, arg);
    }
    return HPy_Repr(ctx, old);
}

DEFINE(close_twice)
{
    HPy_Close(ctx, closed(ctx, arg));
    return NONE;
}

DEFINE(close_argument)
{
    HPy_Close(ctx, arg);
    return NONE;
}

DEFINE(close_self)
{
    HPy_Close(ctx, self);
    return NONE;
}

DEFINE(close_constant)
{
    HPy_Close(ctx, ctx->h_TypeError);
    return NONE;
}

DEFINE(return_argument)
{
    return arg;
}

DEFINE(return_constant)
{
    return ctx->h_None;
}

DEFINE(return_closed)
{
    return closed(ctx, arg);
}

DEFINE(return_freed)
{
    HPy text = HPyUnicode_FromString(ctx, "nobody has this text");
    HPy_Close(ctx, text);
    return text;
}

DEFINE(return_garbage)
{
    return garbage(0x1234);
}

DEFINE(garbage_handle)
{
    return HPy_Repr(ctx, garbage(0x1234));
}

DEFINE(garbage_address)
{
    return HPy_Repr(ctx, garbage((uintptr_t)&arg));
}

/* It looks as a handle does. */
DEFINE(garbage_like_a_handle)
{
    return HPy_Repr(ctx, garbage(((uintptr_t)77 << 32) | (123456 << 3) | 5));
}

static HPy kept_argument, kept_own;

DEFINE(keep)
{
    kept_argument = arg;
    kept_own = HPy_Dup(ctx, arg);
    return NONE;
}

DEFINE(use_kept_argument)
{
    return HPy_Repr(ctx, kept_argument);
}

DEFINE(use_kept)
{
    return HPy_Repr(ctx, kept_own);
}

DEFINE(return_kept)
{
    return kept_own;
}

DEFINE(close_kept)
{
    HPy_Close(ctx, kept_own);
    return NONE;
}

/* Memory of objects: a call ends the process. */

DEFINE(text_after_close)
{
    HPy copy = HPy_Dup(ctx, arg);
    const char *text = HPyUnicode_AsUTF8AndSize(ctx, copy, NULL);
    HPy_Close(ctx, copy);
    return HPyLong_FromLong(ctx, text[1]);
}

DEFINE(text_written)
{
    char *text = (char *)HPyUnicode_AsUTF8AndSize(ctx, arg, NULL);
    text[2] = 'x';
    return NONE;
}

static const char *kept_text;

DEFINE(keep_text)
{
    kept_text = HPyUnicode_AsUTF8AndSize(ctx, arg, NULL);
    return NONE;
}

DEFINE(use_kept_text)
{
    return HPyUnicode_FromString(ctx, kept_text);
}

DEFINE(bytes_after_close)
{
    HPy bytes = HPyUnicode_AsUTF8String(ctx, arg);
    const char *start = HPyBytes_AsString(ctx, bytes);
    HPy_Close(ctx, bytes);
    return HPyLong_FromLong(ctx, start[0]);
}

DEFINE(bytes_written)
{
    HPy bytes = HPyUnicode_AsUTF8String(ctx, arg);
    ((char *)HPyBytes_AS_STRING(ctx, bytes))[0] = 'x';
    return bytes;
}

DEFINE(name_after_close)
{
    HPy type = HPy_Type(ctx, arg);
    const char *name = HPyType_GetName(ctx, type);
    HPy_Close(ctx, type);
    return HPyLong_FromLong(ctx, name[0]);
}

/* HPy_NULL and NULL. */

DEFINE(null_handle)
{
    return HPy_Add(ctx, arg, HPy_NULL);
}

DEFINE(null_in_array)
{
    HPy items[] = {arg, HPy_NULL};
    return HPyTuple_FromArray(ctx, items, 2);
}

DEFINE(null_array)
{
    return HPy_Call(ctx, ctx->h_LongType, NULL, 1, HPy_NULL);
}

DEFINE(negative_count)
{
    return HPyTuple_FromArray(ctx, &arg, -2);
}

DEFINE(null_text)
{
    return HPyUnicode_FromString(ctx, NULL);
}

DEFINE(null_name)
{
    return HPy_GetAttr_s(ctx, arg, NULL);
}

DEFINE(null_bytes)
{
    return HPyBytes_FromString(ctx, NULL);
}

DEFINE(null_message)
{
    return HPyErr_SetString(ctx, ctx->h_ValueError, NULL);
}

DEFINE(null_result)
{
    HPyContextVar_Get(ctx, arg, HPy_NULL, NULL);
    return NONE_BUT(HPy_NULL);
}

DEFINE(null_spec)
{
    return HPyType_FromSpec(ctx, NULL, NULL);
}

DEFINE(null_global)
{
    HPyGlobal_Store(ctx, NULL, arg);
    return NONE;
}

DEFINE(null_field)
{
    HPyField_Store(ctx, arg, NULL, arg);
    return NONE;
}

DEFINE(null_data)
{
    return ctx->ctx_New(ctx, arg, NULL);
}

/* No mistakes: these may be null. */
DEFINE(nulls_that_are_allowed)
{
    HPy_Close(ctx, HPyTuple_FromArray(ctx, NULL, 0));
    HPy_Close(ctx, HPyUnicode_DecodeASCII(ctx, NULL, 0, NULL));
    HPy_Close(ctx, HPy_Call(ctx, ctx->h_LongType, NULL, 0, HPy_NULL));
    HPy_Close(ctx, HPyCapsule_New(ctx, &kept_own, NULL, NULL));
    return HPySlice_New(ctx, HPy_NULL, HPy_NULL, HPy_NULL);
}

/* Contexts. */

static HPyContext *kept_context;

DEFINE(keep_context)
{
    kept_context = ctx;
    return NONE;
}

DEFINE(use_kept_context)
{
    return HPy_Dup(kept_context, arg);
}

/* Shapes. */

typedef struct {
    long number;
} Plain;

HPyType_HELPERS(Plain)

HPyDef_SLOT(Plain_new, HPy_tp_new)
static HPy Plain_new_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Plain *plain;
    HPy h = HPy_New(ctx, class, &plain);
    if (!HPy_IsNull(h)) {
        plain->number = 7;
    }
    return h;
}

static HPyDef *Plain_defines[] = {&Plain_new, NULL};
static HPyType_Spec Plain_spec = {
    .name = "mistakes.Plain", .basicsize = sizeof(Plain), .builtin_shape = HPyType_BuiltinShape_Object,
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = Plain_defines,
};

/* The number of an instance of Plain; what is none has another struct. */
DEFINE(read_plain)
{
    return HPyLong_FromLong(ctx, Plain_AsStruct(ctx, arg)->number);
}

DEFINE(wrong_shape)
{
    long *number = _HPy_AsStruct_Long(ctx, arg);
    *number = 9;
    return NONE;
}

/* Kinds that functions do not check. */

DEFINE(kind_typecheck)
{
    return HPyLong_FromLong(ctx, HPy_TypeCheck(ctx, arg, arg));
}

DEFINE(kind_name)
{
    HPyType_GetName(ctx, arg);
    return NONE_BUT(HPy_NULL);
}

DEFINE(kind_subtype_1)
{
    return HPyLong_FromLong(ctx, HPyType_IsSubtype(ctx, arg, ctx->h_LongType));
}

DEFINE(kind_subtype_2)
{
    return HPyLong_FromLong(ctx, HPyType_IsSubtype(ctx, ctx->h_LongType, arg));
}

DEFINE(kind_substring)
{
    return HPyUnicode_Substring(ctx, arg, 0, 1);
}

DEFINE(kind_get_size)
{
    return HPyLong_FromSsize_t(ctx, HPyBytes_GET_SIZE(ctx, arg));
}

DEFINE(kind_as_string)
{
    return HPyBytes_FromString(ctx, HPyBytes_AS_STRING(ctx, arg));
}

DEFINE(kind_kwnames)
{
    return HPy_Call(ctx, ctx->h_LongType, &arg, 1, arg);
}

DEFINE(kind_method_kwnames)
{
    HPy name = HPyUnicode_FromString(ctx, "__repr__");
    HPy result = HPy_CallMethod(ctx, name, &arg, 1, arg);
    HPy_Close(ctx, name);
    return result;
}

DEFINE(no_receiver)
{
    HPy name = HPyUnicode_FromString(ctx, "__repr__");
    HPy result = HPy_CallMethod(ctx, name, &arg, 0, HPy_NULL);
    HPy_Close(ctx, name);
    return result;
}

DEFINE(kind_code)
{
    return HPy_EvalCode(ctx, arg, arg, HPy_NULL);
}

static HPy evaluated(HPyContext *ctx, HPy globals, HPy locals)
{
    HPy code = HPy_Compile_s(ctx, "1", "file", HPy_SourceKind_Expr);
    HPy result = HPy_EvalCode(ctx, code, globals, locals);
    HPy_Close(ctx, code);
    return result;
}

DEFINE(kind_globals)
{
    return evaluated(ctx, arg, HPy_NULL);
}

DEFINE(kind_locals)
{
    HPy globals = HPyDict_New(ctx);
    HPy result = evaluated(ctx, globals, arg);
    HPy_Close(ctx, globals);
    return result;
}

DEFINE(kind_exception)
{
    return HPyErr_NewException(ctx, "mistakes.Error", HPy_NULL, arg);
}

DEFINE(kind_exception_with_doc)
{
    return HPyErr_NewExceptionWithDoc(ctx, "mistakes.Error", "doc", HPy_NULL, arg);
}

DEFINE(kind_iterator)
{
    return NONE_BUT(HPyIter_Next(ctx, arg));
}

DEFINE(kind_slice)
{
    HPy_ssize_t start, stop, step;
    HPySlice_Unpack(ctx, arg, &start, &stop, &step);
    return NONE_BUT(HPy_NULL);
}

/* Fields and globals. */

typedef struct {
    HPyField visited;
    HPyField other;
    uintptr_t no_field;
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
    Node *node = (Node *)self;
    HPy_VISIT(&node->visited);
    HPy_VISIT(&node->other);
    return 0;
}

HPyDef_SLOT(Missing_traverse, HPy_tp_traverse)
static int Missing_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((Node *)self)->visited);
    return 0;
}

/* Whether it visits a number, once: the collector would take that for an object. */
static int visits_number;

HPyDef_SLOT(Wrong_traverse, HPy_tp_traverse)
static int Wrong_traverse_impl(void *self, HPyFunc_visitproc visit, void *arg)
{
    Node *node = (Node *)self;
    HPy_VISIT(&node->visited);
    if (visits_number) {
        visits_number = 0;
        HPy_VISIT((HPyField *)&node->no_field);
    }
    return 0;
}

#define NODE(NAME, FLAGS, ...)                                                                                  \
    static HPyDef *NAME##_defines[] = {&Node_new, __VA_ARGS__ NULL};                                            \
    static HPyType_Spec NAME##_spec = {                                                                         \
        .name = "mistakes." #NAME, .basicsize = sizeof(Node), .builtin_shape = HPyType_BuiltinShape_Object,     \
        .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE | FLAGS, .defines = NAME##_defines,                 \
    };

NODE(Good, HPy_TPFLAGS_HAVE_GC, &Node_traverse, )
NODE(Missing, HPy_TPFLAGS_HAVE_GC, &Missing_traverse, )
NODE(Wrong, HPy_TPFLAGS_HAVE_GC, &Wrong_traverse, )
NODE(Without, 0, )

/* Stores the node itself; its type is to be right, or the mistake is told. */
DEFINE(store_field)
{
    Node *node = Node_AsStruct(ctx, arg);
    HPyField_Store(ctx, arg, &node->other, ctx->h_None);
    HPyField_Store(ctx, arg, &node->other, HPy_NULL);
    return NONE;
}

DEFINE(visit_no_field)
{
    Node *node = Node_AsStruct(ctx, arg);
    node->no_field = 2;
    visits_number = 1;
    HPyField_Store(ctx, arg, &node->visited, ctx->h_None);
    return NONE;
}

DEFINE(copy_field)
{
    Node *node = Node_AsStruct(ctx, arg);
    HPy other = HPyDict_New(ctx);
    HPyField_Store(ctx, arg, &node->visited, ctx->h_None);
    HPyField copy = node->visited;
    HPy loaded = HPyField_Load(ctx, other, copy);
    HPy_Close(ctx, other);
    return NONE_BUT(loaded);
}

DEFINE(copy_overwritten_field)
{
    Node *node = Node_AsStruct(ctx, arg);
    HPyField_Store(ctx, arg, &node->visited, ctx->h_None);
    HPyField copy = node->visited;
    HPyField_Store(ctx, arg, &node->visited, ctx->h_True);
    return NONE_BUT(HPyField_Load(ctx, arg, copy));
}

DEFINE(load_field)
{
    Node *node = Node_AsStruct(ctx, arg);
    HPyField_Store(ctx, arg, &node->visited, ctx->h_True);
    return HPyField_Load(ctx, arg, node->visited);
}

static HPyGlobal registered, unregistered;

DEFINE(store_unregistered)
{
    HPyGlobal_Store(ctx, &unregistered, arg);
    HPyGlobal_Store(ctx, &unregistered, HPy_NULL);
    return NONE;
}

DEFINE(store_registered)
{
    HPyGlobal_Store(ctx, &registered, arg);
    return HPyGlobal_Load(ctx, registered);
}

/* Leaving the interpreter. */

DEFINE(call_away)
{
    HPyThreadState state = HPy_LeavePythonExecution(ctx);
    HPy copy = HPy_Dup(ctx, arg);
    HPy_ReenterPythonExecution(ctx, state);
    return copy;
}

DEFINE(leave_twice)
{
    HPyThreadState state = HPy_LeavePythonExecution(ctx);
    HPyThreadState again = HPy_LeavePythonExecution(ctx);
    HPy_ReenterPythonExecution(ctx, again);
    HPy_ReenterPythonExecution(ctx, state);
    return NONE;
}

DEFINE(reenter_twice)
{
    HPyThreadState state = HPy_LeavePythonExecution(ctx);
    HPy_ReenterPythonExecution(ctx, state);
    HPy_ReenterPythonExecution(ctx, state);
    return NONE;
}

DEFINE(reenter_with_another)
{
    HPyThreadState other = {0};
    HPy_LeavePythonExecution(ctx);
    HPy_ReenterPythonExecution(ctx, other);
    return NONE;
}

DEFINE(return_away)
{
    HPy result = HPy_Dup(ctx, arg);
    HPy_LeavePythonExecution(ctx);
    return result;
}

static void *run_foreign(void *ctx)
{
    HPyLong_FromLong((HPyContext *)ctx, 5);
    return NULL;
}

DEFINE(foreign_thread)
{
    pthread_t thread;
    HPyThreadState state = HPy_LeavePythonExecution(ctx);
    pthread_create(&thread, NULL, run_foreign, ctx);
    pthread_join(thread, NULL);
    HPy_ReenterPythonExecution(ctx, state);
    return NONE;
}

static HPyThreadState foreign_state;

static void *reenter_foreign(void *ctx)
{
    HPy_ReenterPythonExecution((HPyContext *)ctx, foreign_state);
    return NULL;
}

DEFINE(reenter_elsewhere)
{
    pthread_t thread;
    foreign_state = HPy_LeavePythonExecution(ctx);
    pthread_create(&thread, NULL, reenter_foreign, ctx);
    pthread_join(thread, NULL);
    HPy_ReenterPythonExecution(ctx, foreign_state);
    return NONE;
}

/* Results and exceptions. */

DEFINE(result_with_exception)
{
    HPyErr_SetString(ctx, ctx->h_ValueError, "set");
    return NONE;
}

DEFINE(error_without_exception)
{
    return HPy_NULL;
}

/* What the slots of Contrary do: 0 is right, 1 a result with an exception, 2 an error without one. */
static long contrary;

DEFINE(set_contrary)
{
    contrary = HPyLong_AsLong(ctx, arg);
    return NONE;
}

static int of_contrary(HPyContext *ctx)
{
    if (contrary == 1) {
        HPyErr_SetString(ctx, ctx->h_ValueError, "set");
    }
    return contrary == 2 ? -1 : 0;
}

HPyDef_SLOT(Contrary_init, HPy_tp_init)
static int Contrary_init_impl(HPyContext *ctx, HPy self, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    return of_contrary(ctx);
}

HPyDef_SLOT(Contrary_length, HPy_sq_length)
static HPy_ssize_t Contrary_length_impl(HPyContext *ctx, HPy self)
{
    return of_contrary(ctx);
}

HPyDef_SLOT(Contrary_contains, HPy_sq_contains)
static int Contrary_contains_impl(HPyContext *ctx, HPy self, HPy item)
{
    return of_contrary(ctx);
}

HPyDef_SLOT(Contrary_hash, HPy_tp_hash)
static HPy_hash_t Contrary_hash_impl(HPyContext *ctx, HPy self)
{
    return of_contrary(ctx) == 0 ? 5 : -1;
}

HPyDef_SLOT(Contrary_setitem, HPy_mp_ass_subscript)
static int Contrary_setitem_impl(HPyContext *ctx, HPy self, HPy key, HPy value)
{
    return of_contrary(ctx);
}

HPyDef_GETSET(Contrary_place, "place")
static HPy Contrary_place_get(HPyContext *ctx, HPy self, void *closure)
{
    return of_contrary(ctx) == 0 ? NONE : HPy_NULL;
}
static int Contrary_place_set(HPyContext *ctx, HPy self, HPy value, void *closure)
{
    return of_contrary(ctx);
}

HPyDef_SLOT(Contrary_add, HPy_nb_add)
static HPy Contrary_add_impl(HPyContext *ctx, HPy self, HPy other)
{
    return of_contrary(ctx) == 0 ? NONE : HPy_NULL;
}

/* Its finalizer makes a mistake. */
HPyDef_SLOT(Contrary_finalize, HPy_tp_finalize)
static void Contrary_finalize_impl(HPyContext *ctx, HPy self)
{
    if (contrary == 3) {
        HPy_Close(ctx, closed(ctx, self));
    } else if (contrary == 4) {
        HPyErr_SetString(ctx, ctx->h_ValueError, "set");
    }
}

static HPyDef *Contrary_defines[] = {
    &Contrary_init, &Contrary_length, &Contrary_contains, &Contrary_hash, &Contrary_setitem, &Contrary_place,
    &Contrary_add, &Contrary_finalize, NULL,
};
static HPyType_Spec Contrary_spec = {.name = "mistakes.Contrary", .defines = Contrary_defines};

/* Its destructor calls HPy, with a context that it keeps. */
typedef struct {
    HPyContext *kept;
} Destroyed;

HPyType_HELPERS(Destroyed)

HPyDef_SLOT(Destroyed_new, HPy_tp_new)
static HPy Destroyed_new_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Destroyed *destroyed;
    HPy h = HPy_New(ctx, class, &destroyed);
    if (!HPy_IsNull(h)) {
        destroyed->kept = ctx;
    }
    return h;
}

HPyDef_SLOT(Destroyed_destroy, HPy_tp_destroy)
static void Destroyed_destroy_impl(void *self)
{
    HPyContext *ctx = ((Destroyed *)self)->kept;
    closed(ctx, ctx->h_None);
}

static HPyDef *Destroyed_defines[] = {&Destroyed_new, &Destroyed_destroy, NULL};
static HPyType_Spec Destroyed_spec = {
    .name = "mistakes.Destroyed", .basicsize = sizeof(Destroyed), .defines = Destroyed_defines,
};

/* Builders and trackers. */

DEFINE(leave_builder)
{
    HPyListBuilder_New(ctx, 1);
    return NONE;
}

DEFINE(leave_tuple_builder)
{
    HPyTupleBuilder_New(ctx, 1);
    return NONE;
}

DEFINE(leave_tracker)
{
    HPyTracker_New(ctx, 1);
    return NONE;
}

static HPyListBuilder built(HPyContext *ctx)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, 1);
    HPyListBuilder_Set(ctx, builder, 0, ctx->h_None);
    HPy_Close(ctx, HPyListBuilder_Build(ctx, builder));
    return builder;
}

DEFINE(set_after_build)
{
    HPyListBuilder_Set(ctx, built(ctx), 0, arg);
    return NONE;
}

DEFINE(build_twice)
{
    return HPyListBuilder_Build(ctx, built(ctx));
}

DEFINE(cancel_after_build)
{
    HPyListBuilder_Cancel(ctx, built(ctx));
    return NONE;
}

DEFINE(garbage_builder)
{
    HPyTupleBuilder builder = {0};
    builder._tup = 0x5678;
    return HPyTupleBuilder_Build(ctx, builder);
}

DEFINE(object_as_builder)
{
    HPyListBuilder builder = {0};
    HPy copy = HPy_Dup(ctx, arg);
    builder._lst = copy._i;
    HPy result = HPyListBuilder_Build(ctx, builder);
    HPy_Close(ctx, copy);
    return result;
}

DEFINE(builder_as_object)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, 0);
    HPy result = HPy_Repr(ctx, garbage((uintptr_t)builder._lst));
    HPyListBuilder_Cancel(ctx, builder);
    return result;
}


DEFINE(index_beyond)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, 1);
    HPyListBuilder_Set(ctx, builder, 1, arg);
    HPyListBuilder_Cancel(ctx, builder);
    return NONE;
}

DEFINE(index_negative)
{
    HPyTupleBuilder builder = HPyTupleBuilder_New(ctx, 1);
    HPyTupleBuilder_Set(ctx, builder, -1, arg);
    HPyTupleBuilder_Cancel(ctx, builder);
    return NONE;
}

DEFINE(set_twice)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, 1);
    HPyListBuilder_Set(ctx, builder, 0, arg);
    HPyListBuilder_Set(ctx, builder, 0, arg);
    return HPyListBuilder_Build(ctx, builder);
}

DEFINE(item_missing)
{
    HPyTupleBuilder builder = HPyTupleBuilder_New(ctx, 2);
    HPyTupleBuilder_Set(ctx, builder, 0, arg);
    return HPyTupleBuilder_Build(ctx, builder);
}

DEFINE(add_after_close)
{
    HPyTracker tracker = HPyTracker_New(ctx, 0);
    HPyTracker_Close(ctx, tracker);
    HPyTracker_Add(ctx, tracker, arg);
    return NONE_BUT(HPy_NULL);
}

DEFINE(close_tracker_twice)
{
    HPyTracker tracker = HPyTracker_New(ctx, 0);
    HPyTracker_Close(ctx, tracker);
    HPyTracker_Close(ctx, tracker);
    return NONE;
}

DEFINE(track_closed)
{
    HPyTracker tracker = HPyTracker_New(ctx, 0);
    HPyTracker_Add(ctx, tracker, closed(ctx, arg));
    HPyTracker_ForgetAll(ctx, tracker);
    HPyTracker_Close(ctx, tracker);
    return NONE_BUT(HPy_NULL);
}

DEFINE(track_argument)
{
    HPyTracker tracker = HPyTracker_New(ctx, 0);
    HPyTracker_Add(ctx, tracker, arg);
    HPyTracker_Close(ctx, tracker);
    return NONE;
}

/* Buffers: what the next view is given as its owner. */
static long owner;

DEFINE(set_owner)
{
    owner = HPyLong_AsLong(ctx, arg);
    return NONE;
}

HPyDef_SLOT(Exporter_getbuffer, HPy_bf_getbuffer)
static int Exporter_getbuffer_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer, int flags)
{
    static char bytes[4] = "abc";
    static HPy_ssize_t shape = 4, stride = 1;
    buffer->buf = bytes;
    buffer->len = 4;
    buffer->itemsize = 1;
    buffer->readonly = 1;
    buffer->ndim = 1;
    buffer->format = NULL;
    buffer->shape = &shape;
    buffer->strides = &stride;
    buffer->suboffsets = NULL;
    buffer->internal = NULL;
    if (owner == 1) {
        buffer->obj = self;
    } else if (owner == 2) {
        buffer->obj = closed(ctx, self);
    } else if (owner == 3) {
        buffer->obj = garbage(0x1234);
    } else if (owner != 4) {
        buffer->obj = HPy_Dup(ctx, self);
    }
    if (owner == 5) {
        HPyErr_SetString(ctx, ctx->h_BufferError, "it fails");
        return -1;
    }
    if (owner == 6) {
        HPyErr_SetString(ctx, ctx->h_BufferError, "it does not say that it fails");
    }
    return 0;
}

HPyDef_SLOT(Exporter_releasebuffer, HPy_bf_releasebuffer)
static void Exporter_releasebuffer_impl(HPyContext *ctx, HPy self, HPy_buffer *buffer)
{
    if (owner == 7) {
        HPy_Close(ctx, buffer->obj);
    }
}

static HPyDef *Exporter_defines[] = {&Exporter_getbuffer, &Exporter_releasebuffer, NULL};
static HPyType_Spec Exporter_spec = {.name = "mistakes.Exporter", .defines = Exporter_defines};

/* Capsules. */

HPyCapsule_DESTRUCTOR(call_hpy)
static void call_hpy_impl(const char *name, void *pointer, void *context)
{
    HPy_Dup((HPyContext *)pointer, ((HPyContext *)pointer)->h_None);
}

DEFINE(make_capsule)
{
    return HPyCapsule_New(ctx, ctx, "mistakes.capsule", &call_hpy);
}

/* Calls. */

/* Calls `arg` twice, whatever comes of it. */
DEFINE(call)
{
    HPy first = HPy_Call(ctx, arg, NULL, 0, HPy_NULL);
    if (HPy_IsNull(first)) {
        return HPy_NULL;
    }
    HPy second = HPy_Call(ctx, arg, NULL, 0, HPy_NULL);
    if (HPy_IsNull(second)) {
        HPy_Close(ctx, first);
        return HPy_NULL;
    }
    HPy both = HPyTuple_Pack(ctx, 2, first, second);
    HPy_Close(ctx, first);
    HPy_Close(ctx, second);
    return both;
}

/* Makes a mistake, and goes on as if nothing had been. */
DEFINE(go_on)
{
    HPy_Close(ctx, closed(ctx, arg));
    return HPy_Repr(ctx, arg);
}

HPyDef_SLOT(execute, HPy_mod_exec)
static int execute_impl(HPyContext *ctx, HPy module)
{
    HPyType_Spec *const specs[] = {
        &Plain_spec, &Good_spec, &Missing_spec, &Wrong_spec, &Without_spec, &Contrary_spec, &Destroyed_spec, &Exporter_spec,
    };
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        const char *name = specs[i]->name + sizeof "mistakes." - 1;
        if (!HPyHelpers_AddType(ctx, module, name, specs[i], NULL)) {
            return -1;
        }
    }
    return 0;
}

static HPyDef *defines[] = {
    &use_closed, &use_freed, &use_long_closed, &close_twice, &close_argument, &close_self, &close_constant,
    &return_argument, &return_constant, &return_closed, &return_freed, &return_garbage, &garbage_handle,
    &garbage_address, &garbage_like_a_handle, &keep, &use_kept_argument, &use_kept, &return_kept, &close_kept,
    &text_after_close, &text_written, &keep_text, &use_kept_text, &bytes_after_close, &bytes_written, &name_after_close,
    &null_handle, &null_in_array, &null_array, &negative_count, &null_text, &null_name, &null_bytes, &null_message,
    &null_result, &null_spec, &null_global, &null_field, &null_data, &nulls_that_are_allowed, &keep_context,
    &use_kept_context, &read_plain, &wrong_shape, &kind_typecheck, &kind_name, &kind_subtype_1, &kind_subtype_2,
    &kind_substring, &kind_get_size, &kind_as_string, &kind_kwnames, &kind_method_kwnames, &no_receiver, &kind_code,
    &kind_globals, &kind_locals, &kind_exception, &kind_exception_with_doc, &kind_iterator, &kind_slice, &store_field,
    &visit_no_field, &copy_field, &copy_overwritten_field, &load_field, &store_unregistered, &store_registered,
    &call_away, &leave_twice, &reenter_twice, &reenter_with_another, &return_away, &foreign_thread, &reenter_elsewhere,
    &result_with_exception, &error_without_exception, &set_contrary, &leave_builder, &leave_tuple_builder,
    &leave_tracker, &set_after_build, &build_twice, &cancel_after_build, &garbage_builder, &object_as_builder,
    &builder_as_object, &index_beyond, &index_negative, &set_twice, &item_missing, &add_after_close,
    &close_tracker_twice, &track_closed, &track_argument, &set_owner, &make_capsule, &call, &go_on, &execute, NULL,
};
static HPyGlobal *globals[] = {&registered, NULL};
static HPyModuleDef mistakes_def = {.doc = "Mistakes.", .defines = defines, .globals = globals};
HPy_MODINIT(mistakes, mistakes_def)
