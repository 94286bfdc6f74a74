/* Generated from shims/api/signatures.toml and slots.toml by build/emit_c_conventions.rs. Do not edit. */
#pragma once

#include "hpy/cpython/context.h"
#include "hpy/cpython/convert.h"
#include "hpy/hpyfunc.h"

typedef HPy (*HPyFunc_o)(HPyContext *ctx, HPy self, HPy arg);
#define _HPyFunc_DECLARE_HPyFunc_O(SYM) static HPy SYM(HPyContext *ctx, HPy self, HPy arg)
#define _HPyFunc_DIRECT_HPyFunc_O(IMPL) NULL
#define _HPyFunc_TRAMPOLINE_HPyFunc_O(SYM, IMPL) \
    static PyObject *SYM(PyObject *self, PyObject *arg) \
    { \
        return _h2py(IMPL(&_HPy_context, _py2h(self), _py2h(arg))); \
    }

typedef HPy (*HPyFunc_ssizeargfunc)(HPyContext *ctx, HPy self, HPy_ssize_t index);
#define _HPyFunc_DECLARE_HPyFunc_SSIZEARGFUNC(SYM) static HPy SYM(HPyContext *ctx, HPy self, HPy_ssize_t index)
#define _HPyFunc_DIRECT_HPyFunc_SSIZEARGFUNC(IMPL) NULL
#define _HPyFunc_TRAMPOLINE_HPyFunc_SSIZEARGFUNC(SYM, IMPL) \
    static PyObject *SYM(PyObject *self, HPy_ssize_t index) \
    { \
        return _h2py(IMPL(&_HPy_context, _py2h(self), index)); \
    }

/* The calling convention of each slot. */
#define _HPySlot_SIG__HPy_sq_item HPyFunc_SSIZEARGFUNC
