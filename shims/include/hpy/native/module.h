/* hpy/native/module.h: the entry of a module in an extension for one CPython. */
#pragma once

#include "hpy/native/target.h"
#include "hpy/hpymodule.h"

/* What CPython gets at import: a definition that is made once and kept in `made`; or NULL with an exception set. */
HPyAPI_HELPER PyObject *_HPyModule_Init(void **made, const HPyModuleDef *definition);

/* HPy_MODINIT(name, definition): the extension has the module `name`, which is the last part of the full name. */
#define HPy_MODINIT(ext_name, mod_def) _HPy_MODINIT(ext_name, mod_def)
#define _HPy_MODINIT(ext_name, mod_def) \
    PyMODINIT_FUNC PyInit_##ext_name(void) \
    { \
        static void *_hpy_made; \
        return _HPyModule_Init(&_hpy_made, &mod_def); \
    }

/* A module that is linked into another program needs nothing more in this ABI. */
#define HPY_MOD_EMBEDDABLE(modname)
