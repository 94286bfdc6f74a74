/* abi-tests/c/support.h: what the families share: one-line functions, and values from and for Python. */
#pragma once

#include "hpy.h"
#ifdef NDEBUG
#  error "the assertions are part of the tests"
#endif
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file defines FAMILY, the name of its module, before it includes this one. Then HANDLE(add, (ctx, a, b), expression)
   is the function `add` of two arguments which gives the handle that the expression is; INT and the others are for the
   other types. MODULE(DEF(add), ...) makes the module of the functions. TYPE(point, "module.Point", size, flags,
   DEF(x), ...) is the description `point` of a type. */
#define HANDLE(name, arguments, expression) _METHOD(name, #name, arguments, return give_handle(ctx, expression);)
#define BOOL(name, arguments, expression) _METHOD(name, #name, arguments, return HPyBool_FromBool(ctx, expression);)
#define INT(name, arguments, expression) _METHOD(name, #name, arguments, return give_int32(ctx, expression);)
#define INT64(name, arguments, expression) _METHOD(name, #name, arguments, return give_int64(ctx, expression);)
#define SIZE(name, arguments, expression) _METHOD(name, #name, arguments, return give_size(ctx, expression);)
#define STRING(name, arguments, expression) _METHOD(name, #name, arguments, return give_string(ctx, expression);)
#define NONE(name, arguments, expression) _METHOD(name, #name, arguments, expression; return give_none(ctx);)

#define DEF(name) &_JOIN(FAMILY, name)
#define MODULE(...) MODULE_WITH_GLOBALS(NULL, __VA_ARGS__)
#define MODULE_WITH_GLOBALS(all, ...) \
    static HPyDef *defines[] = {__VA_ARGS__, NULL}; \
    static HPyModuleDef definition = {.defines = defines, .globals = all}; \
    _MODINIT(FAMILY, definition)

#define TYPE(symbol, type_name, size, type_flags, ...) \
    static HPyDef *symbol##_defines[] = {__VA_ARGS__, NULL}; \
    static HPyType_Spec symbol = { \
        .name = type_name, .basicsize = size, .flags = type_flags, .defines = symbol##_defines, \
    };

/* Definitions are known in the whole library: each has the name of its family before its own. */
#define _JOIN(family, name) _JOIN_EXPANDED(family, name)
#define _JOIN_EXPANDED(family, name) family##_##name
#define _MODINIT(family, definition) HPy_MODINIT(family, definition)

#define _METHOD(name, text, arguments, statements) _METHOD_OF(_JOIN(FAMILY, name), text, arguments, statements)
#define _METHOD_OF(symbol, text, arguments, statements) _METHOD_EXPANDED(symbol, text, arguments, statements)
#define _METHOD_EXPANDED(symbol, text, arguments, statements) \
    HPyDef_METH(symbol, text, HPyFunc_VARARGS) \
    static HPy symbol##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs) \
    { \
        _BIND(_COUNT arguments) arguments \
        assert(nargs == _COUNT arguments); \
        (void)self; \
        (void)args; \
        statements \
    }

/* The number of arguments after `ctx`, and a variable for each. */
#define _COUNT(...) _COUNT_OF(__VA_ARGS__, 4, 3, 2, 1, 0, )
#define _COUNT_OF(ctx, a, b, c, d, count, ...) count
#define _BIND(count) _BIND_EXPANDED(count)
#define _BIND_EXPANDED(count) _BIND_##count
#define _BIND_0(ctx)
#define _BIND_1(ctx, a) const HPy a = args[0];
#define _BIND_2(ctx, a, b) const HPy a = args[0], b = args[1];
#define _BIND_3(ctx, a, b, c) const HPy a = args[0], b = args[1], c = args[2];
#define _BIND_4(ctx, a, b, c, d) const HPy a = args[0], b = args[1], c = args[2], d = args[3];

/* The results that a function can return to Python. With an exception set, the result has to be the error value. */

static inline HPy give_handle(HPyContext *ctx, HPy h)
{
    assert((HPyErr_Occurred(ctx) != 0) == (HPy_IsNull(h) != 0));
    return h;
}

static inline HPy give_none(HPyContext *ctx)
{
    return HPyErr_Occurred(ctx) ? HPy_NULL : HPy_Dup(ctx, ctx->h_None);
}

#define _GIVE_NUMBER(name, type, make, error) \
    static inline HPy name(HPyContext *ctx, type value) \
    { \
        if (HPyErr_Occurred(ctx)) { \
            assert(value == (error)); \
            return HPy_NULL; \
        } \
        return make(ctx, value); \
    }

_GIVE_NUMBER(give_int32, int32_t, HPyLong_FromInt32_t, -1)
_GIVE_NUMBER(give_uint32, uint32_t, HPyLong_FromUInt32_t, UINT32_MAX)
_GIVE_NUMBER(give_int64, int64_t, HPyLong_FromInt64_t, -1)
_GIVE_NUMBER(give_uint64, uint64_t, HPyLong_FromUInt64_t, UINT64_MAX)
_GIVE_NUMBER(give_ssize, HPy_ssize_t, HPyLong_FromSsize_t, -1)
_GIVE_NUMBER(give_size, size_t, HPyLong_FromSize_t, SIZE_MAX)

static inline HPy give_double(HPyContext *ctx, double value)
{
    if (HPyErr_Occurred(ctx)) {
        assert(value >= -1.0 && value <= -1.0);
        return HPy_NULL;
    }
    return HPyFloat_FromDouble(ctx, value);
}

/* NULL is an error if there is one, and None otherwise. */
static inline HPy give_string(HPyContext *ctx, const char *value)
{
    if (value == NULL) {
        return give_none(ctx);
    }
    assert(!HPyErr_Occurred(ctx));
    return HPyUnicode_FromString(ctx, value);
}

/* HPy_NULL for `...`, and any other object as it is. */
static inline HPy or_null(HPyContext *ctx, HPy h)
{
    return HPy_Is(ctx, h, ctx->h_Ellipsis) ? HPy_NULL : h;
}

/* A new handle of the type dict, which has no place in every universal context. */
static inline HPy dict_type(HPyContext *ctx)
{
#ifdef HPY_ABI_CPYTHON
    return HPy_Dup(ctx, ctx->h_DictType);
#else
    HPy dict = HPyDict_New(ctx), type = HPy_Type(ctx, dict);
    HPy_Close(ctx, dict);
    return type;
#endif
}

/* The C string of a str or bytes, for as long as the object lives; NULL for `...`. */
static inline const char *c_string(HPyContext *ctx, HPy h)
{
    const char *text;
    if (HPy_IsNull(or_null(ctx, h))) {
        return NULL;
    }
    text = HPyBytes_Check(ctx, h) ? HPyBytes_AsString(ctx, h) : HPyUnicode_AsUTF8AndSize(ctx, h, NULL);
    assert(text != NULL);
    return text;
}

/* The value of an int. */
static inline int64_t number(HPyContext *ctx, HPy h)
{
    int64_t value = HPyLong_AsInt64_t(ctx, h);
    assert(value != -1 || !HPyErr_Occurred(ctx));
    return value;
}

static inline HPy_ssize_t ssize(HPyContext *ctx, HPy h)
{
    return (HPy_ssize_t)number(ctx, h);
}

/* The first argument of a constructor, or 1 without arguments. */
static inline int64_t first_number(HPyContext *ctx, const HPy *args, HPy_ssize_t nargs)
{
    return nargs > 0 ? number(ctx, args[0]) : 1;
}

/* A handle as it is, or a new one of `other` for HPy_NULL. */
static inline HPy or_else(HPyContext *ctx, HPy h, HPy other)
{
    return HPy_IsNull(h) ? HPy_Dup(ctx, other) : h;
}

/* Leaves ENOENT in C's `errno`. */
static inline void no_such_file(void)
{
    FILE *file = fopen("no such folder/no such file", "r");
    assert(file == NULL);
}

/* A type of the description, below `base`. */
static inline HPy below(HPyContext *ctx, HPyType_Spec *spec, HPy base)
{
    HPyType_SpecParam params[] = {{HPyType_SpecParam_Base, base}, {(HPyType_SpecParam_Kind)0, HPy_NULL}};
    return HPyType_FromSpec(ctx, spec, params);
}

/* Handles that are closed with close_all. */
typedef struct {
    HPy *handles;
    size_t count;
} Items;

static inline Items new_items(size_t count)
{
    Items all = {(HPy *)calloc(count + 1, sizeof(HPy)), count};
    assert(all.handles != NULL);
    return all;
}

/* The items of a list or tuple. */
static inline Items items(HPyContext *ctx, HPy sequence)
{
    Items all = new_items((size_t)HPy_Length(ctx, sequence));
    size_t index;
    for (index = 0; index < all.count; index++) {
        all.handles[index] = HPy_GetItem_i(ctx, sequence, (HPy_ssize_t)index);
    }
    return all;
}

static inline void close_all(HPyContext *ctx, Items all)
{
    size_t index;
    for (index = 0; index < all.count; index++) {
        HPy_Close(ctx, all.handles[index]);
    }
    free(all.handles);
}
