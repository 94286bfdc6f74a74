/* Generated for CPython 3.15 from the table in shims/api by generator/src/emit/c/native/context.rs. Do not edit: change the table. */
#pragma once

#include "hpy/types.h"

struct _HPyContext_s {
    const char *name;
    int abi_version;
    HPy h_None;
    HPy h_ValueError;
    HPy h_LongType;
    HPy (*_h_Builtins)(void);
};

#define h_Builtins _h_Builtins()

/* The one context of the extension, which its module initialisation fills. */
#if defined(__cplusplus)
extern "C"
#else
extern
#endif
_HPy_HIDDEN HPyContext _HPy_context;

#define _HPY_CONTEXT_MEMBER(member, index) \
    _HPy_STATIC_ASSERT( \
        offsetof(HPyContext, member) == ((index) + 2) * sizeof(void *), "the library has " #member " elsewhere")
_HPY_CONTEXT_MEMBER(h_None, 0);
_HPY_CONTEXT_MEMBER(h_ValueError, 1);
_HPY_CONTEXT_MEMBER(h_LongType, 2);
_HPY_CONTEXT_MEMBER(_h_Builtins, 3);
