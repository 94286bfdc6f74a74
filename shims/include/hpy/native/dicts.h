/* hpy/native/dicts.h: the keys of a dictionary. */
#pragma once

#include "hpy/native/convert.h"
#include "hpy/native/target.h"

HPyAPI_FUNC HPy HPyDict_Keys(HPyContext *ctx, HPy h)
{
    (void)ctx;
#ifdef HPY_CPYTHON_FREE_THREADED
    /* CPython locks the dictionary before it looks for one. */
    if (_HPy_UNLIKELY(HPy_IsNull(h))) {
        PyErr_BadInternalCall();
        return HPy_NULL;
    }
#endif
    return _py2h(PyDict_Keys(_h2py(h)));
}
