/* hpy/runtime/format.h: text from C values, as a format says. */
#pragma once

#include "hpy/types.h"

/* A new handle of a str, or HPy_NULL with an exception set. */
HPyAPI_HELPER HPy HPyUnicode_FromFormat(HPyContext *ctx, const char *fmt, ...);
HPyAPI_HELPER HPy HPyUnicode_FromFormatV(HPyContext *ctx, const char *fmt, va_list vargs);

/* Always HPy_NULL, with an exception set: `h_type` with the text, or what kept the text from being made. */
HPyAPI_HELPER HPy HPyErr_Format(HPyContext *ctx, HPy h_type, const char *fmt, ...);
