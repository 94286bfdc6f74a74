/* Generated from the table in shims/api by generator/src/emit/c/loader/conventions.rs. Do not edit: change the table. */
#pragma once

#include "hpy/hpyfunc.h"
#include "hpy/loader/state.h"

#define _HPyFunc_SECOND_HPyFunc_O(SYM, IMPL) NULL
#define _HPyFunc_IMPL_HPyFunc_O(SYM, IMPL) _HPy_FUNCTION(HPyCFunction, IMPL)
typedef struct { cpy_PyObject *self; cpy_PyObject *arg; cpy_PyObject *result; } _HPyFunc_args_O;
#define _HPyFunc_TRAMPOLINE_HPyFunc_O(SYM, IMPL) \
    _HPy_NOINLINE static cpy_PyObject *SYM##_packed(cpy_PyObject *self, cpy_PyObject *arg) \
    { \
        _HPyFunc_args_O packed = { self, arg, 0 }; \
        _HPY_CALL_REAL(HPyFunc_O, IMPL, &packed); \
        return packed.result; \
    } \
    static cpy_PyObject *SYM(cpy_PyObject *self, cpy_PyObject *arg) \
    { \
        if (!_HPY_IS_SHORT) { \
            return SYM##_packed(self, arg); \
        } \
        return _HPY_OBJECT(IMPL(_HPy_context_of_short_calls, _HPY_HANDLE(self), _HPY_HANDLE(arg))); \
    }

#define _HPyFunc_SECOND_HPyFunc_SSIZEARGFUNC(SYM, IMPL) NULL
#define _HPyFunc_IMPL_HPyFunc_SSIZEARGFUNC(SYM, IMPL) _HPy_FUNCTION(HPyCFunction, IMPL)
typedef struct { cpy_PyObject *self; HPy_ssize_t index; cpy_PyObject *result; } _HPyFunc_args_SSIZEARGFUNC;
#define _HPyFunc_TRAMPOLINE_HPyFunc_SSIZEARGFUNC(SYM, IMPL) \
    _HPy_NOINLINE static cpy_PyObject *SYM##_packed(cpy_PyObject *self, HPy_ssize_t index) \
    { \
        _HPyFunc_args_SSIZEARGFUNC packed = { self, index, 0 }; \
        _HPY_CALL_REAL(HPyFunc_SSIZEARGFUNC, IMPL, &packed); \
        return packed.result; \
    } \
    static cpy_PyObject *SYM(cpy_PyObject *self, HPy_ssize_t index) \
    { \
        if (!_HPY_IS_SHORT) { \
            return SYM##_packed(self, index); \
        } \
        return _HPY_OBJECT(IMPL(_HPy_context_of_short_calls, _HPY_HANDLE(self), index)); \
    }

