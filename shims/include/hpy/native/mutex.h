/* hpy/native/mutex.h: mutexes: CPython's own inline functions, or a byte that the global lock protects. */
#pragma once

#include "hpy/native/library.h"
#include "hpy/native/target.h"

#ifdef HPY_CPYTHON_MUTEX
HPyAPI_FUNC void HPyMutex_Lock(HPyContext *ctx, HPyMutex *mutex)
{
    (void)ctx;
    PyMutex_Lock((PyMutex *)mutex);
}

HPyAPI_FUNC void HPyMutex_Unlock(HPyContext *ctx, HPyMutex *mutex)
{
    (void)ctx;
    PyMutex_Unlock((PyMutex *)mutex);
}
#else
/* Waits for a mutex that another thread has, and locks it. */
HPyAPI_HELPER void _HPyMutex_Wait(HPyContext *ctx, HPyMutex *mutex);

HPyAPI_FUNC void HPyMutex_Lock(HPyContext *ctx, HPyMutex *mutex)
{
    if (mutex->_bits != 0) {
        _HPyMutex_Wait(ctx, mutex);
        return;
    }
    mutex->_bits = 1;
}

HPyAPI_FUNC void HPyMutex_Unlock(HPyContext *ctx, HPyMutex *mutex)
{
    (void)ctx;
    mutex->_bits = 0;
}
#endif
