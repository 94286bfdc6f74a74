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
