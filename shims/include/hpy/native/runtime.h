/* hpy/native/runtime.h: what the headers themselves ask of the library; extensions do not. */
#pragma once

#include "hpy/native/target.h"
#include "hpy/types.h"

/* What CPython calls to free an instance of a type that this library made; the second one if it is only memory. */
HPyAPI_HELPER void _HPy_dealloc(PyObject *object);
HPyAPI_HELPER void _HPy_dealloc_bare(PyObject *object);
#ifdef HPY_CPYTHON_DEALLOCS_NEST
/* How many deallocators of the definitions' own are nested, and how many may be: dealloc_direct.rs has the same. Threads share
   it, and write without a lock. */
extern _HPy_HIDDEN int _HPy_dealloc_depth;
#  define _HPY_DEEPEST_DEALLOC 50
#endif
/* What CPython calls to make one of the shape Object, which is only its struct. */
HPyAPI_HELPER PyObject *_HPy_allocate(PyTypeObject *type, Py_ssize_t items);
HPyAPI_HELPER PyObject *_HPy_allocate_collected(PyTypeObject *type, Py_ssize_t items);
/* What CPython calls to visit one, unless its type's own definition does that. */
HPyAPI_HELPER int _HPy_traverse(PyObject *object, visitproc visit, void *arg);
/* What CPython calls for a call of a type whose HPy_tp_new is not all, or with keyword arguments. */
HPyAPI_HELPER PyObject *_HPy_construct(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames);
/* A type's tp_call, whose function for the vectorcall protocol is `own`, and `direct` the same without a limit of recursion. */
HPyAPI_HELPER PyObject *_HPy_TypeCall(PyObject *self, PyObject *args, PyObject *kw, vectorcallfunc own, vectorcallfunc direct);
/* An address of a stack, and how far below it frames have room for a call: recursion.rs has the same, and says why. Threads share
   it, and write without a lock. */
extern _HPy_HIDDEN uintptr_t _HPy_frame_with_room;
#ifdef HPY_CPYTHON_RECURSION_BY_STACK
#  define _HPY_NEAR 4096
#else
#  define _HPY_NEAR 65536
#endif
/* Calls `function` where there is none, or raises RecursionError. */
HPyAPI_HELPER PyObject *_HPy_CountedCall(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *kwnames, vectorcallfunc function);
#ifndef HPY_CPYTHON_VECTORCALL_FOLLOWS_CALL
/* CPython's tp_call of a class whose __call__ is set from Python, and a call of it with the arguments of a vectorcall. */
extern _HPy_HIDDEN ternaryfunc _HPy_slot_tp_call;
HPyAPI_HELPER PyObject *_HPy_CallType(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *kwnames);
#endif
/* The distance from an instance of `type` to its struct. */
HPyAPI_HELPER size_t _HPy_PayloadOffset(PyTypeObject *type);

/* Raises TypeError: the function of the module takes no arguments. */
HPyAPI_HELPER PyObject *_HPyErr_TakesNoArguments(PyObject *module, Py_ssize_t nargs, cpy_PyCFunction function);

/* Writes the `repr` of a float itself, of no subclass: 0, or -1 with an exception set. */
HPyAPI_HELPER int _HPyStrBuilder_WriteFloat(HPyContext *ctx, HPyStrBuilder *builder, HPy h);

/* The `str` of a C text, borrowed until the interpreter ends; NULL without an exception if it is not kept. */
HPyAPI_HELPER PyObject *_HPy_KeptName(const char *text);
/* The same of a literal alone: a text that is there once pays nothing. */
#define _HPy_KEPT_NAME(text) (_HPy_IS_CONSTANT(*(text)) ? _HPy_KeptName(text) : NULL)

/* The value of a global whose word says that several interpreters use it, or any thread at any time. */
HPyAPI_HELPER HPy _HPyGlobal_LoadEntry(intptr_t word);
#ifndef HPY_CPYTHON_FREE_THREADED
HPyAPI_HELPER HPy _HPyGlobal_BorrowEntry(intptr_t word);
#endif
