/* hpy/types.h: handles and their like, and the macros that declare functions. */
#pragma once

/* First, as it says which system it needs. */
#include <Python.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A function that is compiled into whoever includes it. */
#if defined(__GNUC__)
#  define HPyAPI_FUNC __attribute__((unused)) static inline
#else
#  define HPyAPI_FUNC static inline
#endif

typedef struct _HPyContext_s HPyContext;

/* The word is a PyObject *, or 0 for none. */
typedef struct _HPy_s { intptr_t _i; } HPy;
typedef struct { intptr_t _i; } HPyField;
typedef struct { intptr_t _i; } HPyGlobal;
typedef struct { intptr_t _i; } HPyThreadState;

typedef PyObject cpy_PyObject;
typedef Py_ssize_t HPy_ssize_t;
typedef Py_hash_t HPy_hash_t;
typedef Py_UCS4 HPy_UCS4;

#include "hpy/constants.h"
