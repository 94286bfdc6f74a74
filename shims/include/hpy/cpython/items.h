/* hpy/cpython/items.h: items by index: of a list or tuple directly; another sequence gets the index as it is, anything
   else an int. */
#pragma once

#include "hpy/cpython/handles.h"
#include "hpy/cpython/target.h"

/* The place of an item of a list, or NULL. Without a global lock another thread may change the list meanwhile. */
HPyAPI_FUNC PyObject **_HPy_ListItem(PyObject *object, HPy_ssize_t index)
{
#ifndef HPY_CPYTHON_FREE_THREADED
    if (PyList_CheckExact(object) && (size_t)index < (size_t)PyList_GET_SIZE(object)) {
        return ((PyListObject *)object)->ob_item + index;
    }
#else
    (void)object;
    (void)index;
#endif
    return NULL;
}

/* The place of an item of a list or tuple, or NULL. */
HPyAPI_FUNC PyObject **_HPy_Item(PyObject *object, HPy_ssize_t index)
{
    PyObject **place = _HPy_ListItem(object, index);
    if (place != NULL) {
        return place;
    }
    if (PyTuple_CheckExact(object) && (size_t)index < (size_t)PyTuple_GET_SIZE(object)) {
        return ((PyTupleObject *)object)->ob_item + index;
    }
    return NULL;
}

HPyAPI_FUNC HPy HPy_GetItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx)
{
    PyObject *key, *item, **place = _HPy_Item(_h2py(obj), idx);
    if (place != NULL) {
        return HPy_Dup(ctx, _py2h(*place));
    }
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
    PyObject *key, **place = _HPy_ListItem(_h2py(obj), idx);
    int status;
    if (place != NULL && !HPy_IsNull(value)) {
        /* The list has the new item before the old one goes, whose end may run any code. */
        PyObject *old = *place;
        *place = _h2py(HPy_Dup(ctx, value));
        HPy_Close(ctx, _py2h(old));
        return 0;
    }
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
