/* abi-tests/c/thread_entry.c: threads that Python did not make, mutexes, critical sections, and initialisation that happens once. */
#define FAMILY thread_entry
#include "support.h"
#include <pthread.h>

static HPyGlobal called;
static HPyMutex mutex;
static HPyMutex failures_mutex;
static int64_t count_of_calls, failures;
static int inits;
static HPyOnce once;

/* What the threads of one call share. */
typedef struct {
    HPyInterpreterView *view;
    int64_t times;
    int enters;
} Work;

static void call(HPyContext *ctx, int64_t value)
{
    HPy callable = HPyGlobal_Load(ctx, called), argument = HPyLong_FromInt64_t(ctx, value);
    HPy result = HPy_Call(ctx, callable, &argument, 1, HPy_NULL);
    if (HPy_IsNull(result)) {
        HPyErr_Clear(ctx);
        HPyMutex_Lock(ctx, &failures_mutex);
        failures++;
        HPyMutex_Unlock(ctx, &failures_mutex);
    }
    HPy_Close(ctx, callable);
    HPy_Close(ctx, argument);
    HPy_Close(ctx, result);
}

static void *run(void *argument)
{
    const Work *work = (const Work *)argument;
    int64_t value;
    for (value = 0; value < work->times; value++) {
        HPyThreadToken token, again;
        HPyContext *ctx = HPyThread_Enter(work->view, &token);
        assert(ctx != NULL);
        call(ctx, value);
        if (work->enters) {
            HPyContext *inner = HPyThread_Enter(work->view, &again);
            assert(inner != NULL);
            call(inner, value);
            HPyThread_Leave(inner, again);
        }
        HPyThread_Leave(ctx, token);
    }
    return NULL;
}

/* Calls the global from each of some threads, which Python did not make. */
static int64_t call_from_threads(HPyContext *ctx, int64_t threads, int64_t times, int enters)
{
    pthread_t ids[16];
    Work work;
    int64_t index;
    HPyThreadState away;
    assert(threads <= 16);
    work.view = HPyInterpreterView_FromCurrent(ctx);
    work.times = times;
    work.enters = enters;
    assert(work.view != NULL);
    failures = 0;
    away = HPy_LeavePythonExecution(ctx);
    for (index = 0; index < threads; index++) {
        if (pthread_create(&ids[index], NULL, run, &work) != 0) {
            abort();
        }
    }
    for (index = 0; index < threads; index++) {
        pthread_join(ids[index], NULL);
    }
    HPy_ReenterPythonExecution(ctx, away);
    HPyInterpreterView_Close(ctx, work.view);
    return failures;
}

/* Adds to a count, with what lets other threads run between the read and the write. */
static HPy count_locked(HPyContext *ctx, HPy callable)
{
    HPy result;
    int64_t before;
    HPyMutex_Lock(ctx, &mutex);
    before = count_of_calls;
    result = HPy_Call(ctx, callable, NULL, 0, HPy_NULL);
    count_of_calls = before + 1;
    HPyMutex_Unlock(ctx, &mutex);
    return result;
}

static int64_t counted(void)
{
    int64_t count = count_of_calls;
    count_of_calls = 0;
    return count;
}

static int in_section(HPyContext *ctx, HPy h, HPy value)
{
    int failed;
    HPy_BEGIN_CRITICAL_SECTION(ctx, h)
    failed = HPyList_Append(ctx, h, value);
    HPy_END_CRITICAL_SECTION(ctx)
    return failed;
}

static int in_section_of_two(HPyContext *ctx, HPy a, HPy b)
{
    int failed;
    HPy_BEGIN_CRITICAL_SECTION2(ctx, a, b)
    HPy item = HPy_GetItem_i(ctx, a, -1);
    failed = HPyList_Append(ctx, b, item);
    HPy_Close(ctx, item);
    HPy_END_CRITICAL_SECTION2(ctx)
    return failed;
}

static int init(HPyContext *ctx, void *argument)
{
    HPy result = HPy_Call(ctx, *(HPy *)argument, NULL, 0, HPy_NULL);
    inits++;
    HPy_Close(ctx, result);
    return HPy_IsNull(result) ? -1 : 0;
}

static HPy run_once(HPyContext *ctx, HPy callable)
{
    return HPyOnce_Call(ctx, &once, init, &callable) == 0 ? HPyLong_FromLong(ctx, inits) : HPy_NULL;
}

static HPy view(HPyContext *ctx)
{
    HPyInterpreterView *made = HPyInterpreterView_FromCurrent(ctx);
    if (made == NULL) {
        return HPy_NULL;
    }
    HPyInterpreterView_Close(ctx, made);
    return give_none(ctx);
}

NONE(set_called, (ctx, callable), HPyGlobal_Store(ctx, &called, callable))
INT64(call_from_threads, (ctx, threads, times),
      call_from_threads(ctx, number(ctx, threads), number(ctx, times), 0))
INT64(call_nested, (ctx, threads, times), call_from_threads(ctx, number(ctx, threads), number(ctx, times), 1))
HANDLE(count_locked, (ctx, callable), count_locked(ctx, callable))
INT64(counted, (ctx), counted())
INT(in_section, (ctx, h, value), in_section(ctx, h, value))
INT(in_section_of_two, (ctx, a, b), in_section_of_two(ctx, a, b))
HANDLE(once, (ctx, callable), run_once(ctx, callable))
HANDLE(view, (ctx), view(ctx))

static HPyGlobal *globals[] = {&called, NULL};
MODULE_WITH_GLOBALS(
    globals, DEF(set_called), DEF(call_from_threads), DEF(call_nested), DEF(count_locked), DEF(counted), DEF(in_section),
    DEF(in_section_of_two), DEF(once), DEF(view))
