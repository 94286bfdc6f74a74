/* abi-tests/c/legacy.h: what legacy.c, the only file that uses CPython's own API, has for other families. */
#pragma once

#include "support.h"

#ifdef HPY_ABI_UNIVERSAL

/* This ABI knows nothing of CPython's API: legacy.c is not part of the library. */
#  define LEGACY_METHODS NULL
static inline void *legacy_slots(HPyContext *ctx, HPy names)
{
    assert(HPy_Length(ctx, names) == 0);
    return NULL;
}

#else

/* CPython's methods, for a module. */
#  define LEGACY_METHODS legacy_method_table
extern cpy_PyMethodDef legacy_method_table[];

/* The CPython slots with the names of a list, for a type: freed with `free`, and NULL for none. */
void *legacy_slots(HPyContext *ctx, HPy names);

#endif
