/* abi-tests/c/interpreter.c: leaving Python's execution. */
#define FAMILY interpreter
/* For nanosleep, where Python.h does not ask for it. */
#ifndef _POSIX_C_SOURCE
#  define _POSIX_C_SOURCE 200809L
#endif
#include "support.h"
#include <time.h>

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

NONE(leave_and_wait, (ctx, milliseconds), wait_outside(ctx, number(ctx, milliseconds)))
INT64(leave_and_count, (ctx, count), count_outside(ctx, number(ctx, count)))

MODULE(DEF(leave_and_wait), DEF(leave_and_count))
