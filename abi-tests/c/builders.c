/* abi-tests/c/builders.c: builders that grow, of which a test says the steps, each a letter and its arguments; wide integers, notes. */
#define FAMILY builders
#include "support.h"

/* Runs a step: 0, or -1 with an exception set. */
typedef int (*Step)(HPyContext *ctx, void *builder, char what, const HPy *args);

/* Runs the steps up to the first that fails. */
static bool steps(HPyContext *ctx, HPy h, Step step, void *builder)
{
    Items all = items(ctx, h);
    size_t index;
    int failed = 0;
    for (index = 0; index < all.count && failed == 0; index++) {
        Items parts = items(ctx, all.handles[index]);
        failed = step(ctx, builder, *c_string(ctx, parts.handles[0]), parts.handles + 1);
        close_all(ctx, parts);
        assert((failed != 0) == (HPyErr_Occurred(ctx) != 0));
    }
    close_all(ctx, all);
    return failed == 0;
}

static int bytes_step(HPyContext *ctx, void *place, char what, const HPy *args)
{
    HPyBytesBuilder *builder = (HPyBytesBuilder *)place;
    const char *data = what == 'w' || what == 'i' ? HPyBytes_AsString(ctx, args[0]) : NULL;
    HPy_ssize_t size = data == NULL ? 0 : HPyBytes_Size(ctx, args[0]), old;
    char *memory;
    int failed;
    switch (what) {
    case 'w':
        return HPyBytesBuilder_Write(ctx, builder, data, size);
    case 'i':
        /* There is more room than is used. */
        memory = HPyBytesBuilder_Reserve(ctx, builder, 2 * size);
        assert(memory != NULL);
        memcpy(memory, data, (size_t)size);
        HPyBytesBuilder_Advance(ctx, builder, size);
        return 0;
    case 'n':
        return HPyBytesBuilder_Reserve(ctx, builder, ssize(ctx, args[0])) == NULL ? -1 : 0;
    case 't':
        old = HPyBytesBuilder_Size(ctx, builder);
        size = ssize(ctx, args[0]);
        failed = HPyBytesBuilder_Resize(ctx, builder, size);
        if (!failed && size > old) {
            memset(HPyBytesBuilder_AsString(ctx, builder) + old, 'z', (size_t)(size - old));
        }
        return failed;
    case 'g':
        return HPyBytesBuilder_Grow(ctx, builder, ssize(ctx, args[0]));
    default:
        HPyBytesBuilder_Cancel(ctx, builder);
        return 0;
    }
}

/* Copies characters to the memory that was reserved for them. */
static int in_place(HPyContext *ctx, HPyStrBuilder *builder, HPy from, char what)
{
    const char *data = HPyBytes_AsString(ctx, from);
    HPy_ssize_t width = what == 'A' ? 1 : what - '0', count = HPyBytes_Size(ctx, from) / width;
    void *memory = what == 'A' ? (void *)HPyStrBuilder_ReserveASCII(ctx, builder, count)
                 : what == '1' ? (void *)HPyStrBuilder_Reserve1(ctx, builder, count)
                 : what == '2' ? (void *)HPyStrBuilder_Reserve2(ctx, builder, count)
                               : (void *)HPyStrBuilder_Reserve4(ctx, builder, count);
    if (memory == NULL) {
        return -1;
    }
    memcpy(memory, data, (size_t)(count * width));
    HPyStrBuilder_Advance(ctx, builder, count);
    return 0;
}

static int str_step(HPyContext *ctx, void *place, char what, const HPy *args)
{
    HPyStrBuilder *builder = (HPyStrBuilder *)place;
    switch (what) {
    case 'c':
        return HPyStrBuilder_WriteChar(ctx, builder, (HPy_UCS4)number(ctx, args[0]));
    case 'u':
        return HPyStrBuilder_WriteUTF8(ctx, builder, HPyBytes_AsString(ctx, args[0]), HPyBytes_Size(ctx, args[0]));
    case 'a':
        return HPyStrBuilder_WriteASCII(ctx, builder, HPyBytes_AsString(ctx, args[0]), HPyBytes_Size(ctx, args[0]));
    case 's':
        return HPyStrBuilder_WriteStr(ctx, builder, args[0]);
    case 'p':
        return HPyStrBuilder_WriteSubstring(ctx, builder, args[0], ssize(ctx, args[1]), ssize(ctx, args[2]));
    case 'o':
        return HPyStrBuilder_WriteObject(ctx, builder, args[0]);
    case 'r':
        return HPyStrBuilder_WriteRepr(ctx, builder, args[0]);
    case 'A': case '1': case '2': case '4':
        return in_place(ctx, builder, args[0], what);
    case 't':
        HPyStrBuilder_Truncate(ctx, builder, ssize(ctx, args[0]));
        return 0;
    case 'g':
        return HPyStrBuilder_Grow(ctx, builder, ssize(ctx, args[0]), (HPy_UCS4)number(ctx, args[1]));
    default:
        HPyStrBuilder_Cancel(ctx, builder);
        return 0;
    }
}

static HPy build_bytes(HPyContext *ctx, HPy_ssize_t size, HPy todo)
{
    HPyBytesBuilder builder = HPyBytesBuilder_New(ctx, size);
    HPy built = HPy_NULL;
    if (steps(ctx, todo, bytes_step, &builder)) {
        built = HPyBytesBuilder_Build(ctx, &builder);
    } else {
        HPyBytesBuilder_Cancel(ctx, &builder);
    }
    assert(HPyBytesBuilder_Size(ctx, &builder) == 0);
    return built;
}

static HPy build_text(HPyContext *ctx, HPy_ssize_t size, HPy todo)
{
    HPyStrBuilder builder = HPyStrBuilder_New(ctx, size);
    HPy built = HPy_NULL;
    if (steps(ctx, todo, str_step, &builder)) {
        HPy_ssize_t length = HPyStrBuilder_Size(ctx, &builder);
        built = HPyStrBuilder_Build(ctx, &builder);
        assert(HPy_IsNull(built) || HPy_Length(ctx, built) == length);
    } else {
        HPyStrBuilder_Cancel(ctx, &builder);
    }
    assert(HPyStrBuilder_Size(ctx, &builder) == 0);
    return built;
}

static HPy appended(HPyContext *ctx, HPy h)
{
    HPyListBuilder builder = HPyListBuilder_New(ctx, 0);
    Items all = items(ctx, h);
    size_t index;
    int failed = 0;
    for (index = 0; index < all.count && !failed; index++) {
        failed = HPyListBuilder_Append(ctx, builder, all.handles[index]);
    }
    close_all(ctx, all);
    if (failed) {
        HPyListBuilder_Cancel(ctx, builder);
        return HPy_NULL;
    }
    return HPyListBuilder_Build(ctx, builder);
}

/* A list of numbers by a typed builder, with the first ones set and the others appended. */
#define NUMBERS(NAME, BUILDER, TYPE, READ) \
    static HPy NAME(HPyContext *ctx, HPy h, HPy_ssize_t presized) \
    { \
        BUILDER builder = BUILDER##_New(ctx, presized); \
        Items all = items(ctx, h); \
        HPy_ssize_t index; \
        int failed = 0; \
        for (index = 0; index < (HPy_ssize_t)all.count && !failed; index++) { \
            TYPE value = (TYPE)READ(ctx, all.handles[index]); \
            failed = index < presized ? BUILDER##_Set(ctx, builder, index, value) : BUILDER##_Append(ctx, builder, value); \
        } \
        close_all(ctx, all); \
        if (failed) { \
            BUILDER##_Cancel(ctx, builder); \
            return HPy_NULL; \
        } \
        return BUILDER##_Build(ctx, builder); \
    }

NUMBERS(int_list, HPyListBuilder_i, int, number)
NUMBERS(long_list, HPyListBuilder_i64, int64_t, number)
NUMBERS(double_list, HPyListBuilder_d, double, HPyFloat_AsDouble)

static HPy view_of(HPyContext *ctx, HPy text)
{
    int kind = 0;
    HPy_ssize_t size = 0;
    const void *data = HPyUnicode_AsKindAndData(ctx, text, &kind, &size);
    HPy copy, tuple;
    if (data == NULL) {
        return HPy_NULL;
    }
    copy = HPyUnicode_FromKindAndData(ctx, kind, data, size);
    tuple = HPy_BuildValue(ctx, "(Oin)", copy, kind, size);
    HPy_Close(ctx, copy);
    return tuple;
}

#ifdef __SIZEOF_INT128__
static HPy wide_of(HPyContext *ctx, HPy h)
{
    HPy_int128 value = 7;
    return HPyLong_AsInt128(ctx, h, &value) ? HPy_NULL : HPyLong_FromInt128(ctx, value);
}

static HPy wide_unsigned_of(HPyContext *ctx, HPy h)
{
    HPy_uint128 value = 7;
    return HPyLong_AsUInt128(ctx, h, &value) ? HPy_NULL : HPyLong_FromUInt128(ctx, value);
}
#else
#  error "the tests run where the compiler has 128 bits"
#endif

static void raise_noted(HPyContext *ctx, HPy exc, const char *note)
{
    HPyErr_SetRaisedException(ctx, exc);
    HPyErr_AddNote(ctx, note);
}

HANDLE(wide, (ctx, h), wide_of(ctx, h))
HANDLE(wide_unsigned, (ctx, h), wide_unsigned_of(ctx, h))
INT(add_note, (ctx, exc, note), HPyException_AddNote(ctx, exc, note))
NONE(raise_with_note, (ctx, exc, note), raise_noted(ctx, exc, c_string(ctx, note)))
HANDLE(bytes, (ctx, size, todo), build_bytes(ctx, ssize(ctx, size), todo))
HANDLE(text, (ctx, size, todo), build_text(ctx, ssize(ctx, size), todo))
HANDLE(list, (ctx, h), appended(ctx, h))
HANDLE(ints, (ctx, h, presized), int_list(ctx, h, ssize(ctx, presized)))
HANDLE(longs, (ctx, h, presized), long_list(ctx, h, ssize(ctx, presized)))
HANDLE(doubles, (ctx, h, presized), double_list(ctx, h, ssize(ctx, presized)))
HANDLE(empty_str, (ctx), HPyUnicode_Empty(ctx))
HANDLE(empty_bytes, (ctx), HPyBytes_Empty(ctx))
HANDLE(view, (ctx, text), view_of(ctx, text))

MODULE(DEF(bytes), DEF(text), DEF(list), DEF(ints), DEF(longs), DEF(doubles), DEF(empty_str), DEF(empty_bytes), DEF(view),
       DEF(wide), DEF(wide_unsigned), DEF(add_note), DEF(raise_with_note))
