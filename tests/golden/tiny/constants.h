/* Generated from the table in shims/api by generator/src/emit/c/constants.rs. Do not edit: change the table. */
#pragma once

typedef enum {
    HPy_SourceKind_Expr = 0
} HPy_SourceKind;

typedef enum {
    HPy_sq_item = 44
} HPySlot_Slot;

typedef enum {
    HPyFunc_O = 4,
    HPyFunc_SSIZEARGFUNC = 13
} HPyFunc_Signature;

#define HPy_TPFLAGS_BASETYPE 1024UL
