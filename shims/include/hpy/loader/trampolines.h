/* hpy/loader/trampolines.h: the trampolines of conventions whose implementation gets no context. */
#pragma once

#include "hpy/hpyfunc.h"
#include "hpy/loader/state.h"

#define _HPyFunc_CALLED_HPyFunc_KEYWORDS(SYM, IMPL) IMPL

typedef struct { cpy_PyObject *self; cpy_visitproc visit; void *arg; int result; } _HPyFunc_args_TRAVERSEPROC;

#define _HPyFunc_TRAMPOLINE_HPyFunc_TRAVERSEPROC(SYM, IMPL) \
    static int SYM(cpy_PyObject *self, cpy_visitproc visit, void *arg) \
    { \
        _HPyFunc_args_TRAVERSEPROC packed = { self, visit, arg, 0 }; \
        _HPY_CALL_REAL(HPyFunc_TRAVERSEPROC, IMPL, &packed); \
        return packed.result; \
    }

/* CPython has no such slot: loaders call the implementation, and never this. */
#define _HPyFunc_TRAMPOLINE_HPyFunc_DESTROYFUNC(SYM, IMPL) \
    static void SYM(void *object) \
    { \
        IMPL(object); \
    }

/* The capsule is passed in place of packed arguments. */
#define HPyCapsule_DESTRUCTOR_TRAMPOLINE(SYM, IMPL) \
    static void SYM(cpy_PyObject *capsule) \
    { \
        _HPY_CALL_REAL(HPyFunc_CAPSULE_DESTRUCTOR, IMPL, capsule); \
    }
