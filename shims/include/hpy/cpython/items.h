/* hpy/cpython/items.h: items by index: a sequence gets the index as it is, anything else an int. */
#pragma once

#include "hpy/cpython/convert.h"

HPyAPI_FUNC HPy HPy_GetItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx)
{
    PyObject *key, *item;
    (void)ctx;
    if (PySequence_Check(_h2py(obj))) {
        return _py2h(PySequence_GetItem(_h2py(obj), idx));
    }
    key = PyLong_FromSsize_t(idx);
    if (key == NULL) {
        return HPy_NULL;
    }
    item = PyObject_GetItem(_h2py(obj), key);
    Py_DECREF(key);
    return _py2h(item);
}

HPyAPI_FUNC int HPy_SetItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx, HPy value)
{
    PyObject *key;
    int status;
    (void)ctx;
    if (PySequence_Check(_h2py(obj))) {
        return PySequence_SetItem(_h2py(obj), idx, _h2py(value));
    }
    key = PyLong_FromSsize_t(idx);
    if (key == NULL) {
        return -1;
    }
    status = PyObject_SetItem(_h2py(obj), key, _h2py(value));
    Py_DECREF(key);
    return status;
}

HPyAPI_FUNC int HPy_DelItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx)
{
    PyObject *key;
    int status;
    (void)ctx;
    if (PySequence_Check(_h2py(obj))) {
        return PySequence_DelItem(_h2py(obj), idx);
    }
    key = PyLong_FromSsize_t(idx);
    if (key == NULL) {
        return -1;
    }
    status = PyObject_DelItem(_h2py(obj), key);
    Py_DECREF(key);
    return status;
}
