/* abi-tests/c/error.c: exceptions that are raised, compared and cleared within one call, and the end of the process. */
#define FAMILY error
#include "support.h"

static HPy filename(HPyContext *ctx, HPy class, const char *name)
{
    no_such_file();
    return HPyErr_SetFromErrnoWithFilename(ctx, class, name);
}

static HPy filenames(HPyContext *ctx, HPy class, HPy one, HPy other)
{
    no_such_file();
    return HPyErr_SetFromErrnoWithFilenameObjects(ctx, class, one, other);
}

static HPy set_and_clear(HPyContext *ctx, HPy class)
{
    int before = HPyErr_Occurred(ctx);
    HPy none = HPyErr_SetObject(ctx, class, ctx->h_None);
    int between = HPyErr_Occurred(ctx);
    HPyErr_Clear(ctx);
    HPyErr_Clear(ctx);
    return HPy_BuildValue(ctx, "iiii", before, HPy_IsNull(none), between, HPyErr_Occurred(ctx));
}

static int raised_matches(HPyContext *ctx, HPy raised, HPy classes)
{
    int result;
    HPyErr_SetObject(ctx, raised, ctx->h_None);
    result = HPyErr_ExceptionMatches(ctx, classes);
    HPyErr_Clear(ctx);
    return result;
}

static HPy call_matches(HPyContext *ctx, HPy callable, HPy classes)
{
    HPy result = HPy_CallTupleDict(ctx, callable, HPy_NULL, HPy_NULL);
    int matched;
    if (!HPy_IsNull(result)) {
        return result;
    }
    matched = HPyErr_ExceptionMatches(ctx, classes);
    if (!matched) {
        return HPy_NULL;
    }
    HPyErr_Clear(ctx);
    return HPyLong_FromInt32_t(ctx, matched);
}

static int unraisable(HPyContext *ctx, HPy class, const char *text, HPy object)
{
    HPyErr_SetString(ctx, class, text);
    HPyErr_WriteUnraisable(ctx, object);
    return HPyErr_Occurred(ctx);
}

/* It never returns, which the condition hides from the compiler. */
static void end(HPyContext *ctx, const char *text)
{
    if (text != NULL) {
        HPy_FatalError(ctx, text);
    }
}

HANDLE(errno_with_filename, (ctx, class, name), filename(ctx, class, c_string(ctx, name)))
HANDLE(
    errno_with_objects, (ctx, class, one, other), filenames(ctx, class, or_null(ctx, one), or_null(ctx, other)))
HANDLE(occurred_and_clear, (ctx, class), set_and_clear(ctx, class))
INT(matches, (ctx, raised, classes), raised_matches(ctx, raised, classes))
HANDLE(call_and_match, (ctx, callable, classes), call_matches(ctx, callable, classes))
INT(write_unraisable, (ctx, class, text, object),
    unraisable(ctx, class, c_string(ctx, text), or_null(ctx, object)))
NONE(fatal, (ctx, text), end(ctx, c_string(ctx, text)))

MODULE(
    DEF(errno_with_filename), DEF(errno_with_objects), DEF(occurred_and_clear), DEF(matches), DEF(call_and_match),
    DEF(write_unraisable), DEF(fatal))
