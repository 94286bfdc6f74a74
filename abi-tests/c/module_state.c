/* abi-tests/c/module_state.c: a module with state: a number, an object, and memory of its own; and classes that find it. */
#define FAMILY module_state
#include "support.h"

typedef struct {
    int64_t count;
    HPyField kept;
    void *memory;
} State;

static int destroyed_states;
static HPyModuleDef state_definition;

/* Counts one more. */
static HPy next(HPyContext *ctx, void *data)
{
    State *state = (State *)data;
    if (state == NULL) {
        return HPyErr_Occurred(ctx) ? HPy_NULL : give_none(ctx);
    }
    return HPyLong_FromInt64_t(ctx, ++state->count);
}

HPyDef_SLOT(module_state_traverse, HPy_mod_traverse)
static int module_state_traverse_impl(void *data, HPyFunc_visitproc visit, void *arg)
{
    HPy_VISIT(&((State *)data)->kept);
    return 0;
}

HPyDef_SLOT(module_state_destroy, HPy_mod_destroy)
static void module_state_destroy_impl(void *data)
{
    State *state = (State *)data;
    free(state->memory);
    destroyed_states++;
}

HPyDef_METH(module_state_next_of_function, "next", HPyFunc_NOARGS)
static HPy module_state_next_of_function_impl(HPyContext *ctx, HPy module)
{
    return next(ctx, HPyModule_GetState(ctx, module));
}

HPyDef_METH(module_state_keep, "keep", HPyFunc_O)
static HPy module_state_keep_impl(HPyContext *ctx, HPy module, HPy value)
{
    State *state = (State *)HPyModule_GetState(ctx, module);
    HPyField_Store(ctx, module, &state->kept, value);
    return give_none(ctx);
}

HPyDef_METH(module_state_kept, "kept", HPyFunc_NOARGS)
static HPy module_state_kept_impl(HPyContext *ctx, HPy module)
{
    State *state = (State *)HPyModule_GetState(ctx, module);
    return HPyField_IsNull(state->kept) ? give_none(ctx) : HPyField_Load(ctx, module, state->kept);
}

HPyDef_METH(module_state_destroyed, "destroyed", HPyFunc_NOARGS)
static HPy module_state_destroyed_impl(HPyContext *ctx, HPy module)
{
    (void)module;
    return HPyLong_FromLong(ctx, destroyed_states);
}

HPyDef_METH(module_state_state_of, "state_of", HPyFunc_O)
static HPy module_state_state_of_impl(HPyContext *ctx, HPy module, HPy other)
{
    void *data = HPyModule_GetState(ctx, other);
    (void)module;
    return data == NULL && HPyErr_Occurred(ctx) ? HPy_NULL : HPyBool_FromBool(ctx, data != NULL);
}

/* Of the classes. */
HPyDef_METH(module_state_next_of_method, "next", HPyFunc_NOARGS)
static HPy module_state_next_of_method_impl(HPyContext *ctx, HPy self)
{
    return next(ctx, HPy_GetModuleState(ctx, self, &state_definition));
}

HPyDef_SLOT(module_state_next_of_slot, HPy_nb_index)
static HPy module_state_next_of_slot_impl(HPyContext *ctx, HPy self)
{
    return next(ctx, HPy_GetModuleState(ctx, self, &state_definition));
}

HPyDef_GET(module_state_module_of_instance, "module")
static HPy module_state_module_of_instance_get(HPyContext *ctx, HPy self, void *closure)
{
    HPy class = HPy_Type(ctx, self);
    HPy module = HPyType_GetModuleByDef(ctx, class, &state_definition);
    (void)closure;
    HPy_Close(ctx, class);
    return module;
}

HPyDef_METH(module_state_module_of, "module_of", HPyFunc_O)
static HPy module_state_module_of_impl(HPyContext *ctx, HPy module, HPy class)
{
    (void)module;
    return HPyType_GetModuleByDef(ctx, class, &state_definition);
}

HPyDef_METH(module_state_own_module, "own_module", HPyFunc_O)
static HPy module_state_own_module_impl(HPyContext *ctx, HPy module, HPy class)
{
    (void)module;
    return HPyType_GetModule(ctx, class);
}

HPyDef_METH(module_state_next_of_class, "next_of_class", HPyFunc_O)
static HPy module_state_next_of_class_impl(HPyContext *ctx, HPy module, HPy class)
{
    (void)module;
    return next(ctx, HPyType_GetModuleState(ctx, class));
}

TYPE(
    class_spec, "hpy_abi_tests.module_state.Class", 0, HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, DEF(next_of_method),
    DEF(next_of_slot), DEF(module_of_instance))

/* A class with up to two parameters. */
static HPy class_of(HPyContext *ctx, HPyType_SpecParam first, HPyType_SpecParam second)
{
    HPyType_SpecParam params[3];
    memset(params, 0, sizeof params);
    params[0] = first;
    params[1] = second;
    return HPyType_FromSpec(ctx, &class_spec, params);
}

static HPyType_SpecParam param(int kind, HPy object)
{
    HPyType_SpecParam made;
    made.kind = (HPyType_SpecParam_Kind)kind;
    made.object = object;
    return made;
}

HPyDef_METH(module_state_class_of, "class_of", HPyFunc_VARARGS)
static HPy module_state_class_of_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)
{
    HPy module = nargs == 0 ? self : or_null(ctx, args[0]);
    return class_of(ctx, param(HPyType_SpecParam_Module, module), param(0, HPy_NULL));
}

HPyDef_METH(module_state_class_with_metaclass, "class_with_metaclass", HPyFunc_O)
static HPy module_state_class_with_metaclass_impl(HPyContext *ctx, HPy module, HPy metaclass)
{
    return class_of(ctx, param(HPyType_SpecParam_Module, module), param(HPyType_SpecParam_Metaclass, metaclass));
}

HPyDef_METH(module_state_class_twice, "class_twice", HPyFunc_NOARGS)
static HPy module_state_class_twice_impl(HPyContext *ctx, HPy module)
{
    return class_of(ctx, param(HPyType_SpecParam_Module, module), param(HPyType_SpecParam_Module, module));
}

HPyDef_METH(module_state_class_without, "class_without", HPyFunc_NOARGS)
static HPy module_state_class_without_impl(HPyContext *ctx, HPy module)
{
    (void)module;
    return class_of(ctx, param(0, HPy_NULL), param(0, HPy_NULL));
}

static State *fill(HPyContext *ctx, HPy module)
{
    State *state = (State *)HPyModule_GetState(ctx, module);
    assert(state != NULL && state->count == 0 && HPyField_IsNull(state->kept) && state->memory == NULL);
    state->memory = malloc(100);
    return state;
}

HPyDef_SLOT(module_state_exec, HPy_mod_exec)
static int module_state_exec_impl(HPyContext *ctx, HPy module)
{
    HPy class;
    int result;
    fill(ctx, module);
    class = class_of(ctx, param(HPyType_SpecParam_Module, module), param(0, HPy_NULL));
    result = HPyModule_AddObjectRef(ctx, module, "Class", class);
    HPy_Close(ctx, class);
    return result;
}

static HPyDef *state_defines[] = {
    DEF(traverse), DEF(destroy), DEF(exec), DEF(next_of_function), DEF(keep), DEF(kept), DEF(destroyed), DEF(state_of),
    DEF(module_of), DEF(own_module), DEF(next_of_class), DEF(class_of), DEF(class_with_metaclass), DEF(class_twice),
    DEF(class_without), NULL,
};
static HPyModuleDef state_definition = {.size = sizeof(State), .defines = state_defines};
HPy_MODINIT(module_state, state_definition)

/* HPy_MODINIT for a definition of this size with these definitions. */
#define MODULE_OF(name, state_size, ...) \
    static HPyDef *name##_defines[] = {__VA_ARGS__, NULL}; \
    static HPyModuleDef name##_definition = {.size = state_size, .defines = name##_defines}; \
    HPy_MODINIT(name, name##_definition)

/* The execution fails when the state is filled. */
HPyDef_SLOT(module_state_exec_fails, HPy_mod_exec)
static int module_state_exec_fails_impl(HPyContext *ctx, HPy module)
{
    State *state = fill(ctx, module);
    HPyField_Store(ctx, module, &state->kept, module);
    HPyErr_SetString(ctx, ctx->h_KeyError, "no exec");
    return -1;
}
MODULE_OF(module_state_fails, sizeof(State), DEF(traverse), DEF(destroy), DEF(exec_fails))
MODULE_OF(module_state_other, 1, NULL)

/* What is refused. */
MODULE_OF(module_state_no_size, 0, DEF(destroy))
MODULE_OF(module_state_two_traverses, 24, DEF(traverse), DEF(traverse))
MODULE_OF(module_state_two_destroys, 24, DEF(destroy), DEF(destroy))
HPyDef_SLOT(module_state_create, HPy_mod_create)
static HPy module_state_create_impl(HPyContext *ctx, HPy spec)
{
    return HPy_Dup(ctx, spec);
}
MODULE_OF(module_state_create, 24, DEF(create))
