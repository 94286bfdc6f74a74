/* hpy/hpymodule.h: the description of a module, and its entry in the extension. */
#pragma once

#include "hpy/cpython/runtime.h"
#include "hpy/cpython/target.h"
#include "hpy/hpydef.h"
#include "hpy/hpyexports.h"

typedef struct {
    const char *doc;
    HPy_ssize_t size;
    cpy_PyMethodDef *legacy_methods;
    HPyDef **defines;
    HPyGlobal **globals;
} HPyModuleDef;

/* What CPython gets at import: a definition that is made once and kept in `made`; or NULL with an exception set. */
HPyAPI_HELPER PyObject *_HPyModule_Init(void **made, const HPyModuleDef *definition);

/* HPy_MODINIT(name, definition): the extension has the module `name`, which is the last part of the full name. */
#define HPy_MODINIT(ext_name, mod_def) \
    PyMODINIT_FUNC PyInit_##ext_name(void) \
    { \
        static void *_hpy_made; \
        return _HPyModule_Init(&_hpy_made, &mod_def); \
    }

/* A module that is linked into another program needs nothing more in this ABI. */
#define HPY_MOD_EMBEDDABLE(modname)
