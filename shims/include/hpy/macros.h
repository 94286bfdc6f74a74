/* hpy/macros.h: macros with control flow, and those for C's own types. */
#pragma once

#include "hpy/runtime/ctx_funcs.h"

/* Makes an instance of `cls`; `data` is the address of a pointer, which becomes that of the instance's struct. */
#define HPy_New(ctx, cls, data) _HPy_New((ctx), (cls), (void **)(data))

/* The same for an instance with `count` items. */
#define HPy_NewVar(ctx, cls, count, data) _HPy_NewVar((ctx), (cls), (count), (void **)(data))

/* Compares two C values as `op` asks, and returns True or False from the function around it. */
#define HPy_RETURN_RICHCOMPARE(ctx, val1, val2, op) \
    do { \
        switch (op) { \
        case HPy_LT: return HPyBool_FromBool(ctx, (val1) < (val2)); \
        case HPy_LE: return HPyBool_FromBool(ctx, (val1) <= (val2)); \
        case HPy_EQ: return HPyBool_FromBool(ctx, (val1) == (val2)); \
        case HPy_NE: return HPyBool_FromBool(ctx, (val1) != (val2)); \
        case HPy_GT: return HPyBool_FromBool(ctx, (val1) > (val2)); \
        case HPy_GE: return HPyBool_FromBool(ctx, (val1) >= (val2)); \
        default: break; \
        } \
        HPy_FatalError(ctx, "Invalid value for HPy_RichCmpOp"); \
        return HPy_NULL; \
    } while (0)

/* Process ids; Python.h knows their size where they are no `int`. */
#if !defined(SIZEOF_PID_T) || SIZEOF_PID_T == SIZEOF_INT
#  define _HPy_PARSE_PID "i"
#  define HPyLong_FromPid HPyLong_FromLong
#  define HPyLong_AsPid HPyLong_AsLong
#elif SIZEOF_PID_T == SIZEOF_LONG
#  define _HPy_PARSE_PID "l"
#  define HPyLong_FromPid HPyLong_FromLong
#  define HPyLong_AsPid HPyLong_AsLong
#else
#  define _HPy_PARSE_PID "L"
#  define HPyLong_FromPid HPyLong_FromLongLong
#  define HPyLong_AsPid HPyLong_AsLongLong
#endif

/* Around code that lets other threads run Python, and does not call HPy. */
#define HPy_BEGIN_LEAVE_PYTHON(context) \
    { \
        HPyThreadState _token = HPy_LeavePythonExecution(context);
#define HPy_END_LEAVE_PYTHON(context) \
        HPy_ReenterPythonExecution(context, _token); \
    }
