/* hpy/types.h: handles and their like, and the basic types. */
#pragma once

#ifdef HPY_ABI_UNIVERSAL
#  ifdef Py_PYTHON_H
#    error "It is forbidden to #include <Python.h> when targeting the HPy Universal ABI: leave it out, or build for HPY_ABI_CPYTHON or HPY_ABI_HYBRID"
#  endif
#else
/* First, as its errors name the system that it needs. */
#  ifndef PY_SSIZE_T_CLEAN
#    define PY_SSIZE_T_CLEAN
#  endif
#  include <Python.h>
#endif
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "hpy/compiler.h"

typedef struct _HPyContext_s HPyContext;

/* The word is what the ABI makes of it, such as a PyObject *; it is 0 for none. Compilers show the tag where handles are
   compared as numbers. */
typedef struct _HPy_is_compared_by_HPy_Is_and_HPy_IsNull { intptr_t _i; } HPy;
typedef struct { intptr_t _i; } HPyField;
/* The library's representation. */
typedef struct { intptr_t _i; } HPyGlobal;
typedef struct { intptr_t _lst; } HPyListBuilder;
typedef struct { intptr_t _tup; } HPyTupleBuilder;
typedef struct { intptr_t _i; } HPyTracker;
typedef struct { intptr_t _i; } HPyThreadState;

/* Zero at first. */
typedef struct { uint8_t _bits; } HPyMutex;
typedef struct { HPyMutex _mutex; uint8_t _is_done; } HPyOnce;
/* What a critical section keeps while it lasts. */
typedef struct { uintptr_t _words[2]; } HPyCriticalSection;
typedef struct { uintptr_t _words[3]; } HPyCriticalSection2;
/* An interpreter, for threads that enter it; and what such a thread keeps until it leaves. */
typedef struct _HPyInterpreterView_s HPyInterpreterView;
typedef struct { void *_token; } HPyThreadToken;

#define HPy_NULL _HPy_WORD(HPy, 0)
#define HPy_IsNull(h) ((h)._i == 0)
#define HPyField_NULL _HPy_WORD(HPyField, 0)
#define HPyField_IsNull(f) ((f)._i == 0)

#ifdef HPY_ABI_CPYTHON
typedef Py_ssize_t HPy_ssize_t;
typedef Py_hash_t HPy_hash_t;
typedef Py_UCS4 HPy_UCS4;
#else
typedef intptr_t HPy_ssize_t;
typedef intptr_t HPy_hash_t;
typedef uint32_t HPy_UCS4;
#endif

/* Builders that grow; hpy/builders.h has their functions. A negative capacity is that of a builder without memory: -1 less
   the size that it begins with. */
typedef struct {
    char *_data;
    HPy_ssize_t _size, _capacity;
    /* What the memory belongs to. */
    void *_i;
} HPyBytesBuilder;
typedef struct {
    void *_data;
    HPy_ssize_t _size, _capacity;
    void *_i;
    /* The greatest character that has room, the number of bytes of each, and whether no
       character may be as great as that. */
    HPy_UCS4 _max;
    unsigned char _kind, _inexact;
} HPyStrBuilder;
#define HPY_SSIZE_T_MAX ((HPy_ssize_t)(SIZE_MAX >> 1))
#define HPY_SSIZE_T_MIN (-HPY_SSIZE_T_MAX - 1)

/* A function whose type a slot or a calling convention determines. */
typedef void (*HPyCFunction)(void);

/* A handle as a pointer, for code that passes pointers on without knowing handles, and back. */
HPyAPI_FUNC HPy HPy_FromVoidP(void *p)
{
    return _HPy_WORD(HPy, (intptr_t)p);
}

HPyAPI_FUNC void *HPy_AsVoidP(HPy h)
{
    return (void *)h._i;
}

#include "hpy/constants.h"
#include "hpy/cpy_types.h"

/* The description of a module: hpy/hpymodule.h. */
typedef struct _HPyModuleDef_s HPyModuleDef;
