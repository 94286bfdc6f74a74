/* hpy/native/convert.h: from handles to CPython's objects and back; the compiler makes nothing of it. */
#pragma once

#include "hpy/types.h"

HPyAPI_FUNC PyObject *_h2py(HPy h)
{
    return (PyObject *)h._i;
}

HPyAPI_FUNC HPy _py2h(PyObject *object)
{
    return _HPy_WORD(HPy, (intptr_t)object);
}

/* An array of handles is an array of objects. */
HPyAPI_FUNC PyObject *const *_arr_h2py(const HPy *handles)
{
    return (PyObject *const *)(const void *)handles;
}

HPyAPI_FUNC const HPy *_arr_py2h(PyObject *const *objects)
{
    return (const HPy *)(const void *)objects;
}

HPyAPI_FUNC PyThreadState *_h2threads(HPyThreadState state)
{
    return (PyThreadState *)state._i;
}

HPyAPI_FUNC HPyThreadState _threads2h(PyThreadState *state)
{
    return _HPy_WORD(HPyThreadState, (intptr_t)state);
}
