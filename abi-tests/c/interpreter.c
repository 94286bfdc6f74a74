/* abi-tests/c/interpreter.c: compiling and running code, importing, context variables, leaving Python's execution. */
#define FAMILY interpreter
/* For nanosleep, where Python.h does not ask for it. */
#ifndef _POSIX_C_SOURCE
#  define _POSIX_C_SOURCE 200809L
#endif
#include "support.h"
#include <time.h>

static HPy value_of(HPyContext *ctx, HPy var, HPy otherwise)
{
    HPy value = HPy_NULL;
    if (HPyContextVar_Get(ctx, var, otherwise, &value) < 0) {
        /* An error leaves no value. */
        assert(HPy_IsNull(value));
        return HPy_NULL;
    }
    return HPy_IsNull(value) ? HPy_Dup(ctx, ctx->h_Ellipsis) : value;
}

static void wait_outside(HPyContext *ctx, int64_t milliseconds)
{
    struct timespec time;
    HPyThreadState state;
    time.tv_sec = (time_t)(milliseconds / 1000);
    time.tv_nsec = (long)(milliseconds % 1000) * 1000000;
    state = HPy_LeavePythonExecution(ctx);
    nanosleep(&time, NULL);
    HPy_ReenterPythonExecution(ctx, state);
}

static int64_t count_outside(HPyContext *ctx, int64_t count)
{
    int64_t sum = 0, index;
    HPyThreadState state = HPy_LeavePythonExecution(ctx);
    for (index = 0; index < count; index++) {
        sum += index;
    }
    HPy_ReenterPythonExecution(ctx, state);
    return sum;
}

HANDLE(
    compile, (ctx, source, name, kind),
    HPy_Compile_s(ctx, c_string(ctx, source), c_string(ctx, name), (HPy_SourceKind)number(ctx, kind)))
HANDLE(eval, (ctx, code, globals, locals), HPy_EvalCode(ctx, code, globals, or_null(ctx, locals)))
HANDLE(import_module, (ctx, name), HPyImport_ImportModule(ctx, c_string(ctx, name)))
HANDLE(var_new, (ctx, name, otherwise), HPyContextVar_New(ctx, c_string(ctx, name), or_null(ctx, otherwise)))
HANDLE(var_get, (ctx, var, otherwise), value_of(ctx, var, or_null(ctx, otherwise)))
HANDLE(var_set, (ctx, var, value), HPyContextVar_Set(ctx, var, value))
NONE(leave_and_wait, (ctx, milliseconds), wait_outside(ctx, number(ctx, milliseconds)))
INT64(leave_and_count, (ctx, count), count_outside(ctx, number(ctx, count)))

MODULE(
    DEF(compile), DEF(eval), DEF(import_module), DEF(var_new), DEF(var_get), DEF(var_set), DEF(leave_and_wait),
    DEF(leave_and_count))
