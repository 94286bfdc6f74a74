/* hpy/native/handles.h: handles of constants, which need no null check, and where CPython has them immortal no count. */
#pragma once

#include "hpy/native/functions.h"

/* HPy_Dup(ctx, ctx->h_None) and its like: the text of the arguments tells the compiler which object it is, so that there is
   no null check, and where the constants are immortal no count. */
#define _HPY_IS_CONSTANT(ctx_text, h_text, name) (__builtin_strcmp(h_text, ctx_text "->" #name) == 0)
#ifdef HPY_CPYTHON_IMMORTAL_CONSTANTS
#  define _HPY_DUP_CONSTANT(object) _py2h(object)
#else
#  define _HPY_DUP_CONSTANT(object) _HPy_DupKnown(object)
HPyAPI_FUNC HPy _HPy_DupKnown(PyObject *object)
{
    Py_INCREF(object);
    return _py2h(object);
}
#endif
#if defined(__GNUC__)
#  define HPy_Dup(ctx, h) \
    (_HPY_IS_CONSTANT(#ctx, #h, h_None) ? _HPY_DUP_CONSTANT(Py_None) \
     : _HPY_IS_CONSTANT(#ctx, #h, h_True) ? _HPY_DUP_CONSTANT(Py_True) \
     : _HPY_IS_CONSTANT(#ctx, #h, h_False) ? _HPY_DUP_CONSTANT(Py_False) \
     : _HPY_IS_CONSTANT(#ctx, #h, h_NotImplemented) ? _HPY_DUP_CONSTANT(Py_NotImplemented) \
     : _HPY_IS_CONSTANT(#ctx, #h, h_Ellipsis) ? _HPY_DUP_CONSTANT(Py_Ellipsis) \
                                              : HPy_Dup((ctx), (h)))
#endif
