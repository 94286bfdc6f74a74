/* hpy/runtime/structseq.h: struct sequences: tuples whose items have names. */
#pragma once

#include "hpy/types.h"

typedef struct {
    const char *name;
    const char *doc;
} HPyStructSequence_Field;

/* `fields` ends with one whose name is NULL. */
typedef struct {
    const char *name;
    const char *doc;
    HPyStructSequence_Field *fields;
} HPyStructSequence_Desc;

/* The name of a field that is an item and no attribute; it is known by its address. */
#define HPyStructSequence_UnnamedField ((const char *)_HPyStructSequence_Unnamed)
#if defined(__cplusplus)
extern "C" {
#endif
extern _HPy_HIDDEN const char _HPyStructSequence_Unnamed[2];
#if defined(__cplusplus)
}
#endif

/* A new handle of a type, or HPy_NULL with an exception set. */
HPyAPI_HELPER HPy HPyStructSequence_NewType(HPyContext *ctx, HPyStructSequence_Desc *desc);

/* A new handle of an instance with `nargs` items, or HPy_NULL with an exception set. */
HPyAPI_HELPER HPy HPyStructSequence_New(HPyContext *ctx, HPy type, HPy_ssize_t nargs, HPy *args);
