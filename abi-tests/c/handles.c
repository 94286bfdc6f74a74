/* abi-tests/c/handles.c: handles that are opened and closed many times, and the constants of the context. */
#define FAMILY handles
#include "support.h"

#define CONSTANTS(X) \
    X(h_None) X(h_True) X(h_False) X(h_NotImplemented) X(h_Ellipsis) X(h_BaseException) X(h_Exception) \
    X(h_StopAsyncIteration) X(h_StopIteration) X(h_GeneratorExit) X(h_ArithmeticError) X(h_LookupError) \
    X(h_AssertionError) X(h_AttributeError) X(h_BufferError) X(h_EOFError) X(h_FloatingPointError) X(h_OSError) \
    X(h_ImportError) X(h_ModuleNotFoundError) X(h_IndexError) X(h_KeyError) X(h_KeyboardInterrupt) X(h_MemoryError) \
    X(h_NameError) X(h_OverflowError) X(h_RuntimeError) X(h_RecursionError) X(h_NotImplementedError) \
    X(h_SyntaxError) X(h_IndentationError) X(h_TabError) X(h_ReferenceError) X(h_SystemError) X(h_SystemExit) \
    X(h_TypeError) X(h_UnboundLocalError) X(h_UnicodeError) X(h_UnicodeEncodeError) X(h_UnicodeDecodeError) \
    X(h_UnicodeTranslateError) X(h_ValueError) X(h_ZeroDivisionError) X(h_BlockingIOError) X(h_BrokenPipeError) \
    X(h_ChildProcessError) X(h_ConnectionError) X(h_ConnectionAbortedError) X(h_ConnectionRefusedError) \
    X(h_ConnectionResetError) X(h_FileExistsError) X(h_FileNotFoundError) X(h_InterruptedError) \
    X(h_IsADirectoryError) X(h_NotADirectoryError) X(h_PermissionError) X(h_ProcessLookupError) X(h_TimeoutError) \
    X(h_Warning) X(h_UserWarning) X(h_DeprecationWarning) X(h_PendingDeprecationWarning) X(h_SyntaxWarning) \
    X(h_RuntimeWarning) X(h_FutureWarning) X(h_ImportWarning) X(h_UnicodeWarning) X(h_BytesWarning) \
    X(h_ResourceWarning) X(h_BaseObjectType) X(h_TypeType) X(h_BoolType) X(h_LongType) X(h_FloatType) \
    X(h_UnicodeType) X(h_TupleType) X(h_ListType) X(h_ComplexType) X(h_BytesType) X(h_MemoryViewType) \
    X(h_CapsuleType) X(h_SliceType)

static HPy constant_of(HPyContext *ctx, const char *name)
{
#define OR_THIS(constant) \
    if (strcmp(name, #constant) == 0) { \
        return HPy_Dup(ctx, ctx->constant); \
    }
    CONSTANTS(OR_THIS)
    if (strcmp(name, "h_DictType") == 0) {
        return dict_type(ctx);
    }
    return HPyErr_SetString(ctx, ctx->h_AttributeError, name);
}

static void dup_times(HPyContext *ctx, HPy h, int64_t count)
{
    for (; count > 0; count--) {
        HPy_Dup(ctx, h);
    }
}

static void close_times(HPyContext *ctx, HPy h, int64_t count)
{
    for (; count > 0; count--) {
        HPy_Close(ctx, h);
    }
}

static void dup_and_close(HPyContext *ctx, HPy h, size_t count)
{
    Items all = new_items(count);
    size_t index;
    for (index = 0; index < count; index++) {
        all.handles[index] = HPy_Dup(ctx, h);
    }
    close_all(ctx, all);
}

static bool null_is_null(HPyContext *ctx)
{
    HPy none = HPy_Dup(ctx, HPy_NULL);
    HPy_Close(ctx, HPy_NULL);
    return HPy_IsNull(none) && HPy_IsNull(HPy_NULL);
}

NONE(dup_many, (ctx, h, count), dup_times(ctx, h, number(ctx, count)))
NONE(close_many, (ctx, h, count), close_times(ctx, h, number(ctx, count)))
NONE(dup_and_close_many, (ctx, h, count), dup_and_close(ctx, h, (size_t)number(ctx, count)))
BOOL(null, (ctx), null_is_null(ctx))
BOOL(is_null, (ctx, h), HPy_IsNull(h))
HANDLE(through_pointer, (ctx, h), HPy_Dup(ctx, HPy_FromVoidP(HPy_AsVoidP(h))))
NONE(dump, (ctx, h), _HPy_Dump(ctx, h))
HANDLE(constant, (ctx, name), constant_of(ctx, c_string(ctx, name)))
#define WITH_SPACE(constant) #constant " "
STRING(constant_names, (ctx), CONSTANTS(WITH_SPACE) "h_DictType")
HANDLE(abi, (ctx), HPy_BuildValue(ctx, "(ss)", ctx->name, ""))
INT(abi_version, (ctx), ctx->abi_version)

MODULE(
    DEF(dup_many), DEF(close_many), DEF(dup_and_close_many), DEF(null), DEF(is_null), DEF(through_pointer), DEF(dump),
    DEF(constant), DEF(constant_names), DEF(abi), DEF(abi_version))
