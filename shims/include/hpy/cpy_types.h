/* hpy/cpy_types.h: CPython's types under HPy's names, for values that an extension passes to CPython unchanged. */
#pragma once

#include "hpy/types.h"

#ifdef HPY_ABI_UNIVERSAL
/* Opaque: an extension only passes pointers to these. */
typedef struct _HPy_forbidden_PyObject cpy_PyObject;
typedef struct _HPy_forbidden_PyMethodDef cpy_PyMethodDef;
typedef struct _HPy_forbidden_PyModuleDef cpy_PyModuleDef;
typedef struct _HPy_forbidden_Py_buffer cpy_Py_buffer;
#else
typedef PyObject cpy_PyObject;
typedef PyMethodDef cpy_PyMethodDef;
typedef PyModuleDef cpy_PyModuleDef;
typedef Py_buffer cpy_Py_buffer;
#endif

/* Stands for a function of any type, which its definition tells. */
typedef cpy_PyObject *(*cpy_PyCFunction)(cpy_PyObject *, cpy_PyObject *const *, HPy_ssize_t);
typedef int (*cpy_visitproc)(cpy_PyObject *, void *);
typedef cpy_PyObject *(*cpy_getter)(cpy_PyObject *, void *);
typedef int (*cpy_setter)(cpy_PyObject *, cpy_PyObject *, void *);
typedef void (*cpy_PyCapsule_Destructor)(cpy_PyObject *);
typedef cpy_PyObject *(*cpy_vectorcallfunc)(
    cpy_PyObject *callable, cpy_PyObject *const *args, size_t nargsf, cpy_PyObject *kwnames);
