/* Generated from the table in shims/api by generator/src/emit/c/loader/host.rs. Do not edit: change the table. */
#pragma once

#include "hpy/types.h"

typedef struct {
    size_t size;
    void *(*struct_of)(HPyContext *ctx, HPy h);
    HPy (*builtins)(void);
} _HPyHostTable;
