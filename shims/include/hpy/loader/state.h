/* hpy/loader/state.h: the extension's state of its loader. */
#pragma once

#include "hpy/loader/host.h"

#if defined(__cplusplus)
extern "C" {
#endif
/* The context for trampolines, which CPython passes none. */
extern _HPy_HIDDEN HPyContext *_HPy_context_of_trampolines;
/* The number of places by which the members from HPyCapsule_New on are later in this loader's context. */
extern _HPy_HIDDEN size_t _HPy_context_shift;
/* The context for trampolines that call their implementation, where handles are the objects themselves; else NULL. */
extern _HPy_HIDDEN HPyContext *_HPy_context_of_short_calls;
/* The table of this project's loader; NULL for others. */
extern _HPy_HIDDEN const _HPyHostTable *_HPy_host_table;
/* The distance between an object and its struct, where the type has HPyType_BuiltinShape_Object; 0 where the loader tells. */
extern _HPy_HIDDEN size_t _HPy_struct_offset;
#if defined(__cplusplus)
}
#endif

/* A member that is one place later in some contexts. */
#define _HPY_MOVED(ctx, member) (*(&(ctx)->member + _HPy_context_shift))

/* Has the loader call the implementation, with the arguments in the struct at `packed`, where it writes the result. */
#define _HPY_CALL_REAL(SIG, IMPL, packed) \
    _HPy_context_of_trampolines->ctx_CallRealFunctionFromTrampoline( \
        _HPy_context_of_trampolines, SIG, _HPy_FUNCTION(HPyCFunction, IMPL), packed)

/* Whether a trampoline calls its implementation, and how it passes on what CPython passes. The number of arguments may carry a
   flag of the vectorcall protocol, its highest bit. */
#define _HPY_IS_SHORT (_HPy_context_of_short_calls != NULL)
#define _HPY_HANDLE(object) _HPy_WORD(HPy, (intptr_t)(object))
#define _HPY_HANDLES(objects) ((const HPy *)(const void *)(objects))
#define _HPY_OBJECT(h) ((cpy_PyObject *)(h)._i)
#define _HPY_COUNT(nargsf) ((nargsf) & (SIZE_MAX >> 1))

#define _HPY_CONTEXT_MEMBER(member, words) \
    _HPy_STATIC_ASSERT(offsetof(HPyContext, member) == (words) * sizeof(void *), #member " is elsewhere in the context")
