/* hpy/native/globals.h: references from statics. */
#pragma once

#include "hpy/native/handles.h"
#include "hpy/native/runtime.h"
#include "hpy/native/target.h"

/* The lowest bit of a global's word: several interpreters have a value for it. */
#define _HPY_GLOBAL_IS_ENTRY 1

#ifdef HPY_CPYTHON_FREE_THREADED
/* The word is that of an entry, which stays: a copy is as good as the global. */
HPyAPI_FUNC HPy HPyGlobal_Load(HPyContext *ctx, HPyGlobal global)
{
    (void)ctx;
    return global._i == 0 ? HPy_NULL : _HPyGlobal_LoadEntry(global._i);
}
#else
HPyAPI_FUNC HPy HPyGlobal_Load(HPyContext *ctx, HPyGlobal global)
{
    if (_HPy_UNLIKELY((global._i & _HPY_GLOBAL_IS_ENTRY) != 0)) {
        return _HPyGlobal_LoadEntry(global._i);
    }
    return HPy_Dup(ctx, _HPy_WORD(HPy, global._i));
}
#endif

/* Of hpy-sys: HPyGlobal_Borrow(ctx, global) is HPyGlobal_Load for a short use, without a count: for a type test, a lookup by a name,
   a new instance. HPyGlobal_EndBorrow(ctx, h) ends it, in place of HPy_Close. Until then, nothing stores another value. */
#ifdef HPY_CPYTHON_FREE_THREADED
#  define HPyGlobal_Borrow HPyGlobal_Load
#  define HPyGlobal_EndBorrow HPy_Close
#else
HPyAPI_FUNC HPy HPyGlobal_Borrow(HPyContext *_HPy_UNUSED_ARG(ctx), HPyGlobal global)
{
    if (_HPy_UNLIKELY((global._i & _HPY_GLOBAL_IS_ENTRY) != 0)) {
        return _HPyGlobal_BorrowEntry(global._i);
    }
    return _HPy_WORD(HPy, global._i);
}

HPyAPI_FUNC void HPyGlobal_EndBorrow(HPyContext *_HPy_UNUSED_ARG(ctx), HPy _HPy_UNUSED_ARG(h))
{
}
#endif
