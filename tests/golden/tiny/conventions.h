/* Generated from shims/api/signatures.toml by build/emit_c_conventions.rs. Do not edit. */
#pragma once

#include "hpy/native/context.h"
#include "hpy/native/convert.h"
#include "hpy/hpyfunc.h"

#define _HPyFunc_DIRECT_HPyFunc_O(SYM, IMPL) NULL
#define _HPyFunc_TRAMPOLINE_HPyFunc_O(SYM, IMPL) \
    static PyObject *SYM(PyObject *self, PyObject *arg) \
    { \
        return _h2py(IMPL(&_HPy_context, _py2h(self), _py2h(arg))); \
    }

#define _HPyFunc_DIRECT_HPyFunc_SSIZEARGFUNC(SYM, IMPL) NULL
#define _HPyFunc_TRAMPOLINE_HPyFunc_SSIZEARGFUNC(SYM, IMPL) \
    static PyObject *SYM(PyObject *self, HPy_ssize_t index) \
    { \
        return _h2py(IMPL(&_HPy_context, _py2h(self), index)); \
    }

