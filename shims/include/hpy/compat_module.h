/* hpy/compat_module.h: a module that a function makes, init_NAME_impl, by HPyModule_Create.

   Loaders and CPython want the description first and run code for the module later. So the function is called twice: until
   it calls HPyModule_Create, which tells the description and returns to the import; and, when there is a module, whole.
   HPyModule_Create gives that module then. */
#pragma once

#include <setjmp.h>

#include "hpy.h"
#include "hpy/compat_definitions.h"

#if defined(__GNUC__)
#  define _HPyCompat_THREAD_LOCAL __thread
#elif defined(_MSC_VER)
#  define _HPyCompat_THREAD_LOCAL __declspec(thread)
#else
#  define _HPyCompat_THREAD_LOCAL
#endif

/* As HPyModuleDef, with the fields of HPy 0.0.2 and 0.0.4, of which one set is written. */
typedef struct {
    void *head;
    const char *m_name;
    const char *m_doc;
    HPy_ssize_t m_size;
    const char *name;
    const char *doc;
    HPy_ssize_t size;
    cpy_PyMethodDef *legacy_methods;
    HPyDef **defines;
    HPyGlobal **globals;
    /* The definition for the runtime. */
    struct _HPyModuleDef_s made;
} _HPyCompat_Module;

/* For modules without state -1 was written, or 0. */
HPyAPI_FUNC struct _HPyModuleDef_s *_HPyCompat_Describe(_HPyCompat_Module *module)
{
    HPy_ssize_t size = module->m_size != 0 ? module->m_size : module->size;
    module->made.doc = module->m_doc != NULL ? module->m_doc : module->doc;
    module->made.size = size == -1 ? 0 : size;
    module->made.legacy_methods = module->legacy_methods;
    module->made.defines = module->defines;
    module->made.globals = module->globals;
    return &module->made;
}

/* The state of this thread: the function runs for its description, or for a module. */
typedef struct {
    jmp_buf back;
    _HPyCompat_Module *description;
    HPy module;
} _HPyCompat_Init;
static _HPyCompat_THREAD_LOCAL _HPyCompat_Init *_HPyCompat_current _HPy_UNUSED;

HPyAPI_FUNC HPy HPyModule_Create(struct _HPyContext_s *ctx, _HPyCompat_Module *description)
{
    _HPyCompat_Init *init = _HPyCompat_current;
    if (init == NULL) {
        HPyErr_SetString(ctx, ctx->h_SystemError, "HPyModule_Create is called outside of the function that makes the module");
        return HPy_NULL;
    }
    if (HPy_IsNull(init->module)) {
        init->description = description;
        longjmp(init->back, 1);
    }
    return HPy_Dup(ctx, init->module);
}

/* The definition that `function` passes to HPyModule_Create, or NULL. */
HPyAPI_FUNC _HPyCompat_Module *_HPyCompat_Find(
    struct _HPyContext_s *ctx, HPy (*function)(struct _HPyContext_s *))
{
    _HPyCompat_Init init;
    _HPyCompat_Init *const before = _HPyCompat_current;
    init.description = NULL;
    init.module = HPy_NULL;
    _HPyCompat_current = &init;
    if (setjmp(init.back) == 0) {
        HPy result = function(ctx);
        if (HPy_IsNull(result)) {
            /* The call for the module raises it again. */
            HPyErr_Clear(ctx);
        } else {
            HPy_Close(ctx, result);
        }
    }
    _HPyCompat_current = before;
    return init.description;
}

/* Has `function` fill the module: 0, or -1 with an exception set. */
HPyAPI_FUNC int _HPyCompat_Fill(struct _HPyContext_s *ctx, HPy module, HPy (*function)(struct _HPyContext_s *))
{
    _HPyCompat_Init init;
    _HPyCompat_Init *const before = _HPyCompat_current;
    init.description = NULL;
    init.module = module;
    _HPyCompat_current = &init;
    HPy result = function(ctx);
    _HPyCompat_current = before;
    if (HPy_IsNull(result)) {
        if (!HPyErr_Occurred(ctx)) {
            HPyErr_SetString(ctx, ctx->h_SystemError, "the function that makes the module failed without an exception");
        }
        return -1;
    }
    int same = HPy_Is(ctx, result, module);
    HPy_Close(ctx, result);
    if (!same) {
        HPyErr_SetString(
            ctx, ctx->h_SystemError, "the function that makes the module returns another object than HPyModule_Create");
        return -1;
    }
    return 0;
}

/* The description of a module that `exec` fills, with what `described` has. It is made once, and kept. */
HPyAPI_FUNC struct _HPyModuleDef_s *_HPyCompat_WithExec(
    struct _HPyModuleDef_s *made, _HPyCompat_Module *described, HPyDef *exec)
{
    size_t count = 0;
    if (described != NULL) {
        *made = *_HPyCompat_Describe(described);
        while (described->defines != NULL && described->defines[count] != NULL) {
            count++;
        }
    }
    HPyDef **defines = (HPyDef **)malloc((count + 2) * sizeof(HPyDef *));
    if (defines == NULL) {
        abort();
    }
    if (count > 0) {
        memcpy(defines, described->defines, count * sizeof(HPyDef *));
    }
    defines[count] = exec;
    defines[count + 1] = NULL;
    made->defines = defines;
    return made;
}

/* The context before there is a module. */
#ifdef HPY_ABI_CPYTHON
#  define _HPyCompat_Ready(name) \
    static void *name##_compat_none; \
    static struct _HPyModuleDef_s name##_compat_empty; \
    HPyAPI_FUNC struct _HPyContext_s *name##_compat_ready(void) \
    { \
        return _HPyModule_Init(&name##_compat_none, &name##_compat_empty) == NULL ? NULL : &_HPy_context; \
    }
#else
#  define _HPyCompat_Ready(name) \
    HPyAPI_FUNC struct _HPyContext_s *name##_compat_ready(void) \
    { \
        return _HPy_context_of_trampolines; \
    }
#endif

/* HPy_MODINIT(name): init_name_impl makes the module. HPy_MODINIT(name, definition) is HPy 0.9's form. */
#undef HPy_MODINIT
#define HPy_MODINIT(...) _HPyCompat_COUNTED(_HPyCompat_MODINIT_OLD, _HPyCompat_MODINIT_NEW, __VA_ARGS__)(__VA_ARGS__)
#define _HPyCompat_MODINIT_NEW(ext_name, mod_def) _HPy_MODINIT(ext_name, *_HPyCompat_Describe(&mod_def))
#define _HPyCompat_MODINIT_OLD(ext_name) \
    static HPy init_##ext_name##_impl(struct _HPyContext_s *ctx); \
    static int ext_name##_compat_exec_impl(struct _HPyContext_s *ctx, HPy module) \
    { \
        return _HPyCompat_Fill(ctx, module, init_##ext_name##_impl); \
    } \
    HPyDef_SLOT_IMPL(ext_name##_compat_exec, ext_name##_compat_exec_impl, HPy_mod_exec) \
    _HPyCompat_Ready(ext_name) \
    static struct _HPyModuleDef_s *ext_name##_compat_definition(void) \
    { \
        static struct _HPyModuleDef_s made; \
        if (made.defines == NULL) { \
            struct _HPyContext_s *ctx = ext_name##_compat_ready(); \
            _HPyCompat_Module *found = ctx == NULL ? NULL : _HPyCompat_Find(ctx, init_##ext_name##_impl); \
            _HPyCompat_WithExec(&made, found, &ext_name##_compat_exec); \
        } \
        return &made; \
    } \
    _HPy_MODINIT(ext_name, *ext_name##_compat_definition())

#define HPyModuleDef _HPyCompat_Module
#define HPyModuleDef_HEAD_INIT NULL
