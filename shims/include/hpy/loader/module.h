/* hpy/loader/module.h: the functions that loaders look up in an extension. */
#pragma once

#include "hpy/hpymodule.h"

/* The definition for a loader: the author's, or in `made` a copy without the slots that loaders do not know. */
HPyAPI_HELPER HPyModuleDef *_HPyModule_Get(void **made, HPyModuleDef *definition);
/* Stores the loader's context. */
HPyAPI_HELPER void _HPyContext_Enter(HPyContext *ctx);

/* HPy_MODINIT(name, definition): the extension has the module `name`, which is the last part of the full name. */
#define HPy_MODINIT(ext_name, mod_def) _HPy_MODINIT(ext_name, mod_def)
#define _HPy_MODINIT(ext_name, mod_def) \
    HPy_EXPORTED_FUNC uint32_t get_required_hpy_major_version_##ext_name(void); \
    HPy_EXPORTED_FUNC uint32_t get_required_hpy_major_version_##ext_name(void) \
    { \
        return HPY_ABI_VERSION; \
    } \
    HPy_EXPORTED_FUNC uint32_t get_required_hpy_minor_version_##ext_name(void); \
    HPy_EXPORTED_FUNC uint32_t get_required_hpy_minor_version_##ext_name(void) \
    { \
        return HPY_ABI_VERSION_MINOR; \
    } \
    HPy_EXPORTED_FUNC void HPyInitGlobalContext_##ext_name(struct _HPyContext_s *ctx); \
    HPy_EXPORTED_FUNC void HPyInitGlobalContext_##ext_name(struct _HPyContext_s *ctx) \
    { \
        _HPyContext_Enter(ctx); \
    } \
    HPy_EXPORTED_FUNC struct _HPyModuleDef_s *HPyInit_##ext_name(void); \
    HPy_EXPORTED_FUNC struct _HPyModuleDef_s *HPyInit_##ext_name(void) \
    { \
        static void *_hpy_made; \
        return _HPyModule_Get(&_hpy_made, &mod_def); \
    }

/* Of hpy-sys: for a name that is not ASCII, which loaders look up unencoded. */
#define HPy_MODINIT_U(ext_name, punycode, mod_def) HPy_MODINIT(ext_name, mod_def)

/* A module that is linked into another program is found by the functions above. */
#define HPY_MOD_EMBEDDABLE(modname)
