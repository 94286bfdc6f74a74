/* hpy/runtime/variadic.h: what the functions with variable arguments ask of the library; extensions do not. */
#pragma once

#include "hpy/types.h"

/* A value that was a variable argument; the unit of the format tells which member it is. */
typedef union {
    int64_t i;
    uint64_t u;
    double d;
    const char *s;
    const void *p;
    HPy o;
} _HPy_Value;

/* Writes the value of `h` to `output` for a unit of _HPY_ARG_UNITS (hpy/runtime/units.h): 1, or 0 with an exception set. */
HPyAPI_HELPER int _HPyArg_ConvertUnit(HPyContext *ctx, const char *fmt, char unit, HPy h, void *output);
/* The parsers of arguments, with the variable arguments in an array. */
HPyAPI_HELPER int _HPyArg_Parse(
    HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, const char *fmt, void *const *outputs);
HPyAPI_HELPER int _HPyArg_ParseKeywords(
    HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, HPy kwnames, const char *fmt,
    const char *const *keywords, void *const *outputs);
HPyAPI_HELPER int _HPyArg_ParseKeywordsDict(
    HPyContext *ctx, HPyTracker *ht, const HPy *args, size_t nargs, HPy kw, const char *fmt,
    const char *const *keywords, void *const *outputs);

/* HPy_BuildValue and HPyUnicode_FromFormat, with a function that reads the next of the variable arguments, of the type that
   a letter of _HPY_VALUE_TYPES (hpy/runtime/units.h) stands for. */
HPyAPI_HELPER HPy _HPy_BuildValue(
    HPyContext *ctx, const char *fmt, _HPy_Value (*next)(void *arguments, char type), void *arguments);
HPyAPI_HELPER HPy _HPyUnicode_FromFormat(
    HPyContext *ctx, const char *fmt, _HPy_Value (*next)(void *arguments, char type), void *arguments);
