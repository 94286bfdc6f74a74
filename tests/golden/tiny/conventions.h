/* Generated from the table in shims/api by generator/src/emit/c/native/conventions.rs. Do not edit: change the table. */
#pragma once

#include "hpy/native/context.h"
#include "hpy/native/convert.h"
#include "hpy/hpyfunc.h"

#define _HPyFunc_SECOND_HPyFunc_O(SYM, IMPL) NULL
#define _HPyFunc_THIRD_HPyFunc_O(SYM) NULL
#define _HPyFunc_IMPL_HPyFunc_O(SYM, IMPL) _HPy_FUNCTION(HPyCFunction, SYM##_called)
#define _HPyFunc_TRAMPOLINE_HPyFunc_O(SYM, IMPL) \
    _HPy_NOINLINE static PyObject *SYM(PyObject *self, PyObject *arg) \
    { \
        return _h2py(IMPL(&_HPy_context, _py2h(self), _py2h(arg))); \
    } \
    _HPy_UNUSED static HPy SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy self, HPy arg) \
    { \
        return _py2h(SYM(_h2py(self), _h2py(arg))); \
    }

#define _HPyFunc_SECOND_HPyFunc_SSIZEARGFUNC(SYM, IMPL) NULL
#define _HPyFunc_THIRD_HPyFunc_SSIZEARGFUNC(SYM) NULL
#define _HPyFunc_IMPL_HPyFunc_SSIZEARGFUNC(SYM, IMPL) _HPy_FUNCTION(HPyCFunction, SYM##_called)
#define _HPyFunc_TRAMPOLINE_HPyFunc_SSIZEARGFUNC(SYM, IMPL) \
    _HPy_NOINLINE static PyObject *SYM(PyObject *self, HPy_ssize_t index) \
    { \
        return _h2py(IMPL(&_HPy_context, _py2h(self), index)); \
    } \
    _HPy_UNUSED static HPy SYM##_called(struct _HPyContext_s *_HPy_UNUSED_ARG(ctx), HPy self, HPy_ssize_t index) \
    { \
        return _py2h(SYM(_h2py(self), index)); \
    }

