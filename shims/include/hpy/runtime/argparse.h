/* hpy/runtime/argparse.h: parsing the arguments of a call into C variables, as a format says. */
#pragma once

#include "hpy/types.h"

/* What the unit `O&` converts by: it gets the argument and the address that follows it among the arguments of the call, and
   returns 1, or 0 with an exception set. */
typedef int (*HPyArg_Converter)(HPyContext *ctx, HPy h, void *address);

/* Each returns 1, or 0 with an exception set. `ht` is NULL, or becomes a tracker that the caller closes on success. */

HPyAPI_HELPER int HPyArg_Parse(HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, const char *fmt, ...);

/* For the convention HPyFunc_KEYWORDS; `keywords` ends with NULL. */
HPyAPI_HELPER int HPyArg_ParseKeywords(
    HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, HPy kwnames, const char *fmt,
    const char *keywords[], ...);

/* For the conventions HPyFunc_NEWFUNC and HPyFunc_INITPROC; `keywords` ends with NULL. */
HPyAPI_HELPER int HPyArg_ParseKeywordsDict(
    HPyContext *ctx, HPyTracker *ht, const HPy *args, HPy_ssize_t nargs, HPy kw, const char *fmt,
    const char *keywords[], ...);
