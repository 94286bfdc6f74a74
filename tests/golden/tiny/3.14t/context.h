/* Generated for CPython 3.14t from the table in shims/api by build/emit_c.rs. Do not edit: change the table. */
#pragma once

#include "hpy/types.h"

struct _HPyContext_s {
    const char *name;
    int abi_version;
    HPy h_None;
    HPy h_ValueError;
    HPy h_LongType;
};
