/* Generated from the table in shims/api by generator/src/emit/c/loader/conventions.rs. Do not edit: change the table. */
#pragma once

#include "hpy/hpyfunc.h"
#include "hpy/loader/state.h"

#define _HPyFunc_IMPL_HPyFunc_O(SYM, IMPL) _HPy_FUNCTION(HPyCFunction, IMPL)
typedef struct { cpy_PyObject *self; cpy_PyObject *arg; cpy_PyObject *result; } _HPyFunc_args_O;
#define _HPyFunc_TRAMPOLINE_HPyFunc_O(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *self, cpy_PyObject *arg) \
    { \
        _HPyFunc_args_O packed = { self, arg, 0 }; \
        _HPY_CALL_REAL(HPyFunc_O, IMPL, &packed); \
        return packed.result; \
    }

#define _HPyFunc_IMPL_HPyFunc_SSIZEARGFUNC(SYM, IMPL) _HPy_FUNCTION(HPyCFunction, IMPL)
typedef struct { cpy_PyObject *self; HPy_ssize_t index; cpy_PyObject *result; } _HPyFunc_args_SSIZEARGFUNC;
#define _HPyFunc_TRAMPOLINE_HPyFunc_SSIZEARGFUNC(SYM, IMPL) \
    static cpy_PyObject *SYM(cpy_PyObject *self, HPy_ssize_t index) \
    { \
        _HPyFunc_args_SSIZEARGFUNC packed = { self, index, 0 }; \
        _HPY_CALL_REAL(HPyFunc_SSIZEARGFUNC, IMPL, &packed); \
        return packed.result; \
    }

