/* python/tests/growing.c: the module `growing` for HPy's universal ABI: mistakes with builders of bytes and str. */

#include "hpy.h"

#define DEFINE(NAME) HPyDef_METH(NAME, #NAME, HPyFunc_O) static HPy NAME##_impl(HPyContext *ctx, HPy self, HPy arg)
#define NONE HPy_Dup(ctx, ctx->h_None)

/* After a call that failed in vain an error stays. */
static HPy none_or_error(HPyContext *ctx)
{
    return HPyErr_Occurred(ctx) ? HPy_NULL : NONE;
}

static int write_bytes(HPyContext *ctx, HPyBytesBuilder *builder)
{
    return HPyBytesBuilder_Write(ctx, builder, "text", 4);
}

static int write_str(HPyContext *ctx, HPyStrBuilder *builder)
{
    return HPyStrBuilder_WriteASCII(ctx, builder, "text", 4);
}

static int more_bytes(HPyContext *ctx, HPyBytesBuilder *builder)
{
    return HPyBytesBuilder_Reserve(ctx, builder, 100000) == NULL ? -1 : 0;
}

static int more_str(HPyContext *ctx, HPyStrBuilder *builder)
{
    return HPyStrBuilder_ReserveASCII(ctx, builder, 100000) == NULL ? -1 : 0;
}

static int fail_bytes(HPyContext *ctx, HPyBytesBuilder *builder, HPy_ssize_t more)
{
    return HPyBytesBuilder_Grow(ctx, builder, more);
}

static int fail_str(HPyContext *ctx, HPyStrBuilder *builder, HPy_ssize_t more)
{
    return HPyStrBuilder_Grow(ctx, builder, more, 0x10ffff);
}

#define FOR_EACH_KIND(TYPE, KIND) \
    static TYPE KIND##_kept; \
    \
    static TYPE written_##KIND(HPyContext *ctx) \
    { \
        TYPE builder = TYPE##_New(ctx, 0); \
        write_##KIND(ctx, &builder); \
        return builder; \
    } \
    /* A copy of a builder that has been built. */ \
    static TYPE built_##KIND(HPyContext *ctx) \
    { \
        TYPE builder = written_##KIND(ctx); \
        TYPE copy = builder; \
        HPy_Close(ctx, TYPE##_Build(ctx, &builder)); \
        return copy; \
    } \
    DEFINE(leave_##KIND) \
    { \
        written_##KIND(ctx); \
        return NONE; \
    } \
    DEFINE(overwrite_##KIND) \
    { \
        TYPE builder = written_##KIND(ctx); \
        builder = TYPE##_New(ctx, 8); \
        write_##KIND(ctx, &builder); \
        return TYPE##_Build(ctx, &builder); \
    } \
    DEFINE(build_##KIND##_twice) \
    { \
        TYPE copy = built_##KIND(ctx); \
        HPy result = TYPE##_Build(ctx, &copy); \
        /* It is empty now, and that is none. */ \
        TYPE##_Cancel(ctx, &copy); \
        return result; \
    } \
    DEFINE(cancel_##KIND##_twice) \
    { \
        TYPE builder = written_##KIND(ctx); \
        TYPE copy = builder; \
        TYPE##_Cancel(ctx, &builder); \
        TYPE##_Cancel(ctx, &copy); \
        return NONE; \
    } \
    DEFINE(cancel_built_##KIND) \
    { \
        TYPE copy = built_##KIND(ctx); \
        TYPE##_Cancel(ctx, &copy); \
        return NONE; \
    } \
    DEFINE(grow_built_##KIND) \
    { \
        TYPE copy = built_##KIND(ctx); \
        more_##KIND(ctx, &copy); \
        return none_or_error(ctx); \
    } \
    DEFINE(copy_grown_##KIND) \
    { \
        TYPE builder = written_##KIND(ctx); \
        TYPE copy = builder; \
        more_##KIND(ctx, &builder); \
        TYPE##_Cancel(ctx, &copy); \
        TYPE##_Cancel(ctx, &builder); \
        return NONE; \
    } \
    DEFINE(garbage_##KIND) \
    { \
        TYPE builder; \
        memset(&builder, 0x51, sizeof builder); \
        return TYPE##_Build(ctx, &builder); \
    } \
    DEFINE(null_##KIND) \
    { \
        return TYPE##_Build(ctx, NULL); \
    } \
    DEFINE(keep_##KIND) \
    { \
        KIND##_kept = built_##KIND(ctx); \
        return NONE; \
    } \
    DEFINE(use_kept_##KIND) \
    { \
        return TYPE##_Build(ctx, &KIND##_kept); \
    } \
    /* Nothing here is a mistake. */ \
    DEFINE(right_##KIND) \
    { \
        TYPE none, builder = TYPE##_New(ctx, -1), kept = written_##KIND(ctx); \
        HPy result; \
        int i; \
        memset(&none, 0, sizeof none); \
        TYPE##_Cancel(ctx, &none); \
        TYPE##_Cancel(ctx, &builder); \
        HPy_Close(ctx, TYPE##_Build(ctx, &builder)); \
        for (i = 0; i < 2000; i++) { \
            write_##KIND(ctx, &builder); \
            if (i % 3 == 0) { \
                more_##KIND(ctx, &builder); \
            } \
            result = TYPE##_Build(ctx, &builder); \
            if (HPy_IsNull(result)) { \
                return HPy_NULL; \
            } \
            HPy_Close(ctx, result); \
            TYPE##_Cancel(ctx, &builder); \
        } \
        /* What failed is still to be built, or has no memory. */ \
        write_##KIND(ctx, &builder); \
        TYPE##_Cancel(ctx, &none); \
        if (fail_##KIND(ctx, &builder, -1) != -1) { \
            return HPy_NULL; \
        } \
        HPyErr_Clear(ctx); \
        if (fail_##KIND(ctx, &builder, HPY_SSIZE_T_MAX / 2) != -1) { \
            return HPy_NULL; \
        } \
        HPyErr_Clear(ctx); \
        TYPE##_Cancel(ctx, &builder); \
        /* The structs go where they like. */ \
        builder = kept; \
        more_##KIND(ctx, &builder); \
        return TYPE##_Build(ctx, &builder); \
    }

FOR_EACH_KIND(HPyBytesBuilder, bytes)
FOR_EACH_KIND(HPyStrBuilder, str)

DEFINE(write_object_to_built_str)
{
    HPyStrBuilder copy = built_str(ctx);
    HPyStrBuilder_WriteStr(ctx, &copy, arg);
    return none_or_error(ctx);
}

DEFINE(write_closed_to_str)
{
    HPyStrBuilder builder = written_str(ctx);
    HPy closed = HPy_Dup(ctx, arg);
    HPy_Close(ctx, closed);
    HPyStrBuilder_WriteStr(ctx, &builder, closed);
    HPyStrBuilder_Cancel(ctx, &builder);
    return none_or_error(ctx);
}

DEFINE(leave_object_in_str)
{
    HPyStrBuilder builder = HPyStrBuilder_New(ctx, 0);
    HPyStrBuilder_WriteStr(ctx, &builder, arg);
    return NONE;
}

DEFINE(widen)
{
    HPyStrBuilder builder = written_str(ctx);
    HPyStrBuilder_WriteChar(ctx, &builder, 0x1f40d);
    HPyStrBuilder_WriteStr(ctx, &builder, arg);
    HPyStrBuilder_Truncate(ctx, &builder, 7);
    return HPyStrBuilder_Build(ctx, &builder);
}

#define OF_KIND(KIND) \
    &leave_##KIND, &overwrite_##KIND, &build_##KIND##_twice, &cancel_##KIND##_twice, &cancel_built_##KIND, \
    &grow_built_##KIND, &copy_grown_##KIND, &garbage_##KIND, &null_##KIND, &keep_##KIND, &use_kept_##KIND, &right_##KIND

static HPyDef *defines[] = {
    OF_KIND(bytes), OF_KIND(str), &write_object_to_built_str, &write_closed_to_str, &leave_object_in_str, &widen, NULL,
};
static HPyModuleDef growing_def = {.doc = "Mistakes with builders that grow.", .defines = defines};
HPy_MODINIT(growing, growing_def)
