/* hpy/hpyfunc.h: calling conventions: the types of implementations, and the functions that CPython calls. */
#pragma once

#include "hpy/types.h"

/* A view of an object's memory; the layout is that of Py_buffer, which CPython takes it for. */
typedef struct {
    void *buf;
    HPy obj;
    HPy_ssize_t len;
    HPy_ssize_t itemsize;
    int readonly;
    int ndim;
    char *format;
    HPy_ssize_t *shape;
    HPy_ssize_t *strides;
    HPy_ssize_t *suboffsets;
    void *internal;
} HPy_buffer;

#ifndef HPY_ABI_UNIVERSAL
_HPy_STATIC_ASSERT(sizeof(HPy_buffer) == sizeof(Py_buffer), "HPy_buffer has the layout of Py_buffer");
_HPy_STATIC_ASSERT(
    offsetof(HPy_buffer, internal) == offsetof(Py_buffer, internal), "HPy_buffer has the layout of Py_buffer");
#endif

/* The visitor that HPy_tp_traverse calls for each field. */
typedef int (*HPyFunc_visitproc)(HPyField *, void *);

/* Visits a field, given by its address, in a function with the parameters `visit` and `arg`. */
#define HPy_VISIT(hpyfield) \
    do { \
        if (!HPyField_IsNull(*(hpyfield))) { \
            int _hpy_visited = visit((hpyfield), arg); \
            if (_hpy_visited != 0) { \
                return _hpy_visited; \
            } \
        } \
    } while (0)

#include "hpy/declarations.h"
#ifdef HPY_ABI_CPYTHON
#  include "hpy/native/conventions.h"
#  include "hpy/native/trampolines.h"
#else
#  include "hpy/loader/conventions.h"
#  include "hpy/loader/trampolines.h"
#endif

/* Declares the static function SYM with the convention SIG. */
#define HPyFunc_DECLARE(SYM, SIG) _HPyFunc_DECLARE_##SIG(SYM)

/* Defines the function SYM, which CPython calls where IMPL has the convention SIG. */
#define HPyFunc_TRAMPOLINE(SYM, IMPL, SIG) _HPyFunc_TRAMPOLINE_##SIG(SYM, IMPL)
