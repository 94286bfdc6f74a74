/* hpy/loader/trampolines.h: the trampolines that are not generated: of conventions whose implementation gets no context, and of
   calls. */
#pragma once

#include "hpy/hpyfunc.h"
#include "hpy/loader/state.h"

#define _HPyFunc_CALLED_HPyFunc_KEYWORDS(SYM, IMPL) IMPL

/* What the vectorcall protocol calls for HPy_tp_call and a call function: this project's loader limits the recursion. And the
   type's tp_call, which only that loader knows of. */
#define _HPyFunc_TRAMPOLINE_HPyFunc_CALL(SYM, IMPL) \
    _HPyFunc_TRAMPOLINE_HPyFunc_KEYWORDS(SYM##_direct, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *self, cpy_PyObject *const *args, size_t nargsf, cpy_PyObject *kwnames) \
    { \
        if (_HPy_host_table != NULL) { \
            return _HPy_host_table->call( \
                _HPy_context_of_trampolines, self, args, nargsf, kwnames, _HPy_FUNCTION(HPyCFunction, IMPL)); \
        } \
        return SYM##_direct(self, args, nargsf, kwnames); \
    } \
    _HPy_UNUSED static cpy_PyObject *SYM##_tp_call(cpy_PyObject *self, cpy_PyObject *args, cpy_PyObject *kw) \
    { \
        return _HPy_host_table->type_call(self, args, kw, SYM, SYM##_direct); \
    }

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
