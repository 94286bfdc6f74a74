/* hpy/loader/state.h: the extension's state of its loader. */
#pragma once

#include "hpy/types.h"

#if defined(__cplusplus)
extern "C" {
#endif
/* The context for trampolines, which CPython passes none. */
extern _HPy_HIDDEN HPyContext *_HPy_context_of_trampolines;
/* The number of places by which the members from HPyCapsule_New on are later in this loader's context. */
extern _HPy_HIDDEN size_t _HPy_context_shift;
#if defined(__cplusplus)
}
#endif

/* A member that is one place later in some contexts. */
#define _HPY_MOVED(ctx, member) (*(&(ctx)->member + _HPy_context_shift))

/* Has the loader call the implementation, with the arguments in the struct at `packed`, where it writes the result. */
#define _HPY_CALL_REAL(SIG, IMPL, packed) \
    _HPy_context_of_trampolines->ctx_CallRealFunctionFromTrampoline( \
        _HPy_context_of_trampolines, SIG, _HPy_FUNCTION(HPyCFunction, IMPL), packed)

#define _HPY_CONTEXT_MEMBER(member, words) \
    _HPy_STATIC_ASSERT(offsetof(HPyContext, member) == (words) * sizeof(void *), #member " is elsewhere in the context")
