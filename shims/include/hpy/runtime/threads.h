/* hpy/runtime/threads.h: threads that enter Python, critical sections as blocks, and initialisation that happens once. */
#pragma once

#include "hpy/hpytype.h"

/* Enters the interpreter of a view from any thread, and gives the context for it, which is good until HPyThread_Leave with
   the same token; or NULL if the interpreter ends. It may be entered again before that. */
HPyAPI_HELPER HPyContext *HPyThread_Enter(HPyInterpreterView *view, HPyThreadToken *token);

/* Leaves the interpreter that HPyThread_Enter has entered. No exception is set. */
HPyAPI_HELPER void HPyThread_Leave(HPyContext *ctx, HPyThreadToken token);

/* Calls `init` unless a call with `once`, which is zero at first, has returned 0. Other threads wait for it. Gives 0, or what
   `init` gives: then an exception is set, and the next call tries again. */
HPyAPI_HELPER int HPyOnce_Call(HPyContext *ctx, HPyOnce *once, int (*init)(HPyContext *ctx, void *arg), void *arg);

/* Around code that uses the memory of an object, or of two. A `return` or `break` out of it does not end the section. */
#define HPy_BEGIN_CRITICAL_SECTION(ctx, h) \
    { \
        HPyCriticalSection _section; \
        HPyCriticalSection_Begin(ctx, &_section, h);
#define HPy_END_CRITICAL_SECTION(ctx) \
        HPyCriticalSection_End(ctx, &_section); \
    }
#define HPy_BEGIN_CRITICAL_SECTION2(ctx, a, b) \
    { \
        HPyCriticalSection2 _section; \
        HPyCriticalSection2_Begin(ctx, &_section, a, b);
#define HPy_END_CRITICAL_SECTION2(ctx) \
        HPyCriticalSection2_End(ctx, &_section); \
    }
