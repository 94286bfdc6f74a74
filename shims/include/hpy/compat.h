/* hpy/compat.h: the older forms of sources for HPy 0.0.2 to 0.0.4. hpy.h includes it where HPY_COMPAT is defined: as 2 for
   sources whose functions take `HPyContext ctx`, as HPy 0.0.2 had it. docs/porting.md has a table of the forms. */
#pragma once

#include "hpy.h"

#include "hpy/compat_definitions.h"
#include "hpy/compat_module.h"
#include "hpy/compat_types.h"

/* The count of arguments is signed. */
#define HPyArg_Parse(ctx, ht, args, nargs, ...) (HPyArg_Parse)(ctx, ht, args, (size_t)(nargs), __VA_ARGS__)
/* The keyword arguments of a call are a dict, also for the convention HPyFunc_KEYWORDS; functions in the form of HPy 0.9
   get a tuple of their names. */
#define HPyArg_ParseKeywords(ctx, ht, args, nargs, kw, ...) \
    (_HPyCompat_IsNames(ctx, kw) \
         ? (HPyArg_ParseKeywords)(ctx, ht, args, (size_t)(nargs), kw, __VA_ARGS__) \
         : HPyArg_ParseKeywordsDict(ctx, ht, args, (HPy_ssize_t)(nargs), kw, __VA_ARGS__))

HPyAPI_FUNC int _HPyCompat_IsNames(struct _HPyContext_s *ctx, HPy kw)
{
    return !HPy_IsNull(kw) && HPyTuple_Check(ctx, kw);
}

/* Names that no header can give their old meaning: the compiler shows what to write. */
#define HPy_tp_dealloc HPy_tp_dealloc_is_HPy_tp_destroy_whose_function_takes_the_struct

/* From here on the name is a pointer, or one that says what to write where it is taken for one. */
#if HPY_COMPAT + 0 == 2
typedef struct _HPyContext_s *_HPyCompat_Context;
#  define HPyContext _HPyCompat_Context
#else
typedef struct _HPyContext_s _HPyContext_by_value_needs_HPY_COMPAT_2;
#  define HPyContext _HPyContext_by_value_needs_HPY_COMPAT_2
#endif
