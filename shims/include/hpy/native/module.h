/* hpy/native/module.h: the entry of a module in an extension for one CPython. */
#pragma once

#include "hpy/native/target.h"
#include "hpy/hpymodule.h"

/* What CPython gets at import: a definition that is made once and kept in `made`; or NULL with an exception set. */
HPyAPI_HELPER PyObject *_HPyModule_Init(void **made, const HPyModuleDef *definition);

/* HPy_MODINIT(name, definition): the extension has the module `name`, which is the last part of the full name. A name
   that is not ASCII has more bytes than characters. */
#define HPy_MODINIT(ext_name, mod_def) _HPy_MODINIT(ext_name, mod_def)
#define _HPy_MODINIT(ext_name, mod_def) \
    _HPy_STATIC_ASSERT_OF( \
        ext_name, sizeof(#ext_name) == sizeof(L"" #ext_name) / sizeof(wchar_t), \
        "The name of the module is not ASCII: write HPy_MODINIT_U(name, punycode, definition)"); \
    _HPy_MODINIT_OF(PyInit_##ext_name, mod_def)

/* Of hpy-sys: HPy_MODINIT_U(name, punycode, definition) is for a name that is not ASCII. CPython looks for its Punycode,
   with `_` for `-` (PEP 489); in Python it is name.encode("punycode").replace(b"-", b"_"). */
#define HPy_MODINIT_U(ext_name, punycode, mod_def) _HPy_MODINIT_OF(PyInitU_##punycode, mod_def)

#define _HPy_MODINIT_OF(function, mod_def) \
    PyMODINIT_FUNC function(void) \
    { \
        static void *_hpy_made; \
        return _HPyModule_Init(&_hpy_made, &mod_def); \
    }

/* A module that is linked into another program needs nothing more in this ABI. */
#define HPY_MOD_EMBEDDABLE(modname)
