/* hpy/hpymodule.h: the description of a module, and its entry in the extension. */
#pragma once

#include "hpy/hpydef.h"
#include "hpy/hpyexports.h"

struct _HPyModuleDef_s {
    const char *doc;
    HPy_ssize_t size;
    cpy_PyMethodDef *legacy_methods;
    HPyDef **defines;
    HPyGlobal **globals;
};

#ifdef HPY_ABI_CPYTHON
#  include "hpy/native/module.h"
#else
#  include "hpy/loader/module.h"
#endif
