/* hpy/borrowed_type.h: the type of an object for a short use, without a count. */
#pragma once

#include "hpy/extras.h"

/* Of hpy-sys: HPy_BorrowType(ctx, obj) is HPy_Type for a short use, which the native ABI does not count: for a type test, a
   new instance. HPy_EndBorrowType(ctx, type) ends it, in place of HPy_Close. Until then the object lives, and nothing
   assigns its `__class__`: no Python code runs that could. */
#if defined(HPY_ABI_CPYTHON) && !defined(HPY_CPYTHON_FREE_THREADED)
HPyAPI_INLINE_HELPER HPy HPy_BorrowType(HPyContext *ctx, HPy obj)
{
    (void)ctx;
    return _py2h((PyObject *)Py_TYPE(_h2py(obj)));
}

HPyAPI_INLINE_HELPER void HPy_EndBorrowType(HPyContext *ctx, HPy type)
{
    (void)ctx;
    (void)type;
}
#else
/* Without a global lock, another thread may assign `__class__`. */
HPyAPI_INLINE_HELPER HPy HPy_BorrowType(HPyContext *ctx, HPy obj)
{
    return HPy_Type(ctx, obj);
}

HPyAPI_INLINE_HELPER void HPy_EndBorrowType(HPyContext *ctx, HPy type)
{
    HPy_Close(ctx, type);
}
#endif
