/* abi-tests/c/modules.c: definitions of modules: good ones, and each one that is refused. */
#define FAMILY modules
#include "legacy.h"

/* HPy_MODINIT for a definition with these fields. */
#define MODULE_OF(name, ...) \
    static HPyModuleDef name##_definition = {__VA_ARGS__}; \
    HPy_MODINIT(name, name##_definition)
#define DEFINES(name, ...) static HPyDef *name[] = {__VA_ARGS__, NULL};

static int note(HPyContext *ctx, HPy module, const char *text)
{
    HPy before = HPy_HasAttr_s(ctx, module, "notes") ? HPy_GetAttr_s(ctx, module, "notes")
                                                     : HPyUnicode_FromString(ctx, "");
    HPy more = HPyUnicode_FromString(ctx, text);
    HPy all = HPy_Add(ctx, before, more);
    int result = HPy_SetAttr_s(ctx, module, "notes", all);
    HPy_Close(ctx, before);
    HPy_Close(ctx, more);
    HPy_Close(ctx, all);
    return result;
}

/* An instance of a class of the module `types`, made with one argument or with none. */
static HPy made(HPyContext *ctx, const char *class_name, const char *argument)
{
    HPy types = HPyImport_ImportModule(ctx, "types");
    HPy class = HPy_GetAttr_s(ctx, types, class_name);
    HPy arguments = argument == NULL ? HPyTuple_Pack(ctx, 0) : HPy_BuildValue(ctx, "(s)", argument);
    HPy result = HPy_CallTupleDict(ctx, class, arguments, HPy_NULL);
    HPy_Close(ctx, arguments);
    HPy_Close(ctx, class);
    HPy_Close(ctx, types);
    return result;
}

HPyDef_METH(
    modules_function, "function", HPyFunc_O,
    .doc = "function($module, arg, /)\n--\n\nGives what it is called with.")
static HPy modules_function_impl(HPyContext *ctx, HPy module, HPy arg)
{
    return HPyTuple_Pack(ctx, 2, module, arg);
}

#define EXEC(name, statements) \
    HPyDef_SLOT(modules_##name, HPy_mod_exec) \
    static int modules_##name##_impl(HPyContext *ctx, HPy module) \
    { \
        (void)ctx; \
        (void)module; \
        statements \
    }

EXEC(exec_first, return note(ctx, module, "first ");)
EXEC(exec_second, return note(ctx, module, "second ");)
EXEC(exec_third, return note(ctx, module, "third");)
DEFINES(full, DEF(exec_first), DEF(function), DEF(exec_second), DEF(exec_third))
MODULE_OF(module_full, .doc = "A module with everything.", .legacy_methods = LEGACY_METHODS, .defines = full)

MODULE_OF(module_empty, .doc = NULL)
/* Names that are no plain identifiers of ASCII, or keywords elsewhere. */
static HPyModuleDef of_other_names;
HPy_MODINIT_U(größe, gre_6ka8i, of_other_names)
HPy_MODINIT(async, of_other_names)
HPy_MODINIT(match, of_other_names)

/* A module ignores these definitions. */
HPyDef_MEMBER(modules_member, "member", HPyMember_INT, 0)
HPyDef_GET(modules_getter, "getter")
static HPy modules_getter_get(HPyContext *ctx, HPy self, void *closure)
{
    (void)closure;
    return HPy_Dup(ctx, self);
}
DEFINES(ignored, DEF(member), DEF(getter), DEF(function))
MODULE_OF(module_ignored, .defines = ignored)

HPyDef_SLOT(modules_create, HPy_mod_create)
static HPy modules_create_impl(HPyContext *ctx, HPy spec)
{
    HPy module = made(ctx, "SimpleNamespace", NULL);
    HPy name = HPy_GetAttr_s(ctx, spec, "name");
    HPy_SetAttr_s(ctx, module, "created_for", name);
    HPy_Close(ctx, name);
    return module;
}
DEFINES(created, DEF(create))
MODULE_OF(module_created, .defines = created)

HPyDef_SLOT(modules_create_module, HPy_mod_create)
static HPy modules_create_module_impl(HPyContext *ctx, HPy spec)
{
    (void)spec;
    return made(ctx, "ModuleType", "inner");
}
DEFINES(creates_module, DEF(create_module))
MODULE_OF(module_creates_module, .defines = creates_module)

HPyDef_SLOT(modules_create_fails, HPy_mod_create)
static HPy modules_create_fails_impl(HPyContext *ctx, HPy spec)
{
    (void)spec;
    return HPyErr_SetString(ctx, ctx->h_KeyError, "no create");
}
DEFINES(create_fails, DEF(create_fails))
MODULE_OF(module_create_fails, .defines = create_fails)

MODULE_OF(module_negative_size, .size = -1)

HPyDef_SLOT(modules_repr, HPy_tp_repr)
static HPy modules_repr_impl(HPyContext *ctx, HPy self)
{
    (void)self;
    return HPyUnicode_FromString(ctx, "");
}
DEFINES(type_slot, DEF(function), DEF(repr))
MODULE_OF(module_type_slot, .defines = type_slot)

DEFINES(two_creates, DEF(create), DEF(create_fails))
MODULE_OF(module_two_creates, .defines = two_creates)
DEFINES(create_and_exec, DEF(create), DEF(exec_first))
MODULE_OF(module_create_and_exec, .defines = create_and_exec)
DEFINES(create_and_method, DEF(function), DEF(create))
MODULE_OF(module_create_and_method, .defines = create_and_method)
MODULE_OF(module_create_and_doc, .doc = "doc", .defines = created)
MODULE_OF(module_create_and_legacy, .legacy_methods = LEGACY_METHODS, .defines = created)
static HPyGlobal some;
static HPyGlobal *globals[] = {&some, NULL};
MODULE_OF(module_create_and_globals, .defines = created, .globals = globals)

static HPyDef modules_bad = {.kind = HPyDef_Kind_Meth, .meth = {.name = "bad", .signature = HPyFunc_INQUIRY}};
DEFINES(bad_signature, DEF(function), DEF(bad))
MODULE_OF(module_bad_signature, .defines = bad_signature)

EXEC(exec_fails, HPyErr_SetString(ctx, ctx->h_KeyError, "no exec"); return -1;)
/* A slot after one that fails is not run. */
EXEC(exec_never, abort();)
DEFINES(exec_fails, DEF(exec_first), DEF(exec_fails), DEF(exec_never))
MODULE_OF(module_exec_fails, .defines = exec_fails)

EXEC(exec_says_nothing, return -1;)
DEFINES(exec_says_nothing, DEF(exec_says_nothing))
MODULE_OF(module_exec_says_nothing, .defines = exec_says_nothing)

EXEC(exec_leaves_error, HPyErr_SetString(ctx, ctx->h_KeyError, "left"); return 0;)
DEFINES(exec_leaves_error, DEF(exec_leaves_error))
MODULE_OF(module_exec_leaves_error, .defines = exec_leaves_error)
