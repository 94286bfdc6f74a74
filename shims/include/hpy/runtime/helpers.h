/* hpy/runtime/helpers.h: types for a module, arguments for a call, and notes of exceptions. */
#pragma once

#include "hpy/hpytype.h"

/* Makes a type and sets it as the attribute `name` of `obj`: 1, or 0 with an exception set. */
HPyAPI_HELPER int HPyHelpers_AddType(
    HPyContext *ctx, HPy obj, const char *name, HPyType_Spec *hpyspec, HPyType_SpecParam *params);

/* Packs the arguments of a call with the convention HPyFunc_KEYWORDS into a tuple and a dict, each a new handle, or
   HPy_NULL for none: 1, or 0 with an exception set. */
HPyAPI_HELPER int HPyHelpers_PackArgsAndKeywords(
    HPyContext *ctx, const HPy *args, size_t nargs, HPy kwnames, HPy *out_pos_args, HPy *out_kwd);

/* Adds the text `note`, a str, to the notes of the exception `exc`, as its method add_note does, which Python has from 3.11 on:
   0, or -1 with an exception set. */
HPyAPI_HELPER int HPyException_AddNote(HPyContext *ctx, HPy exc, HPy note);

/* Adds a text to the notes of the exception that is set: 0, or -1 with another exception set. */
HPyAPI_HELPER int HPyErr_AddNote(HPyContext *ctx, const char *utf8);
