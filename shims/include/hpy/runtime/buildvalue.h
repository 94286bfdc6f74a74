/* hpy/runtime/buildvalue.h: making an object from C values, as a format says. */
#pragma once

#include "hpy/types.h"

/* A new handle, or HPy_NULL with an exception set. Handles among the values stay the caller's. */
HPyAPI_HELPER HPy HPy_BuildValue(HPyContext *ctx, const char *fmt, ...);
