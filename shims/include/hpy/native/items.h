/* hpy/native/items.h: items by index: of a list or tuple directly; another sequence gets the index as it is, anything
   else an int. A negative index becomes an int for everything but lists and tuples: CPython's sequence calls add the
   length to it, and a mapping that is written in Python is a sequence to them, whose key -1 is not its last one. */
#pragma once

#include "hpy/native/handles.h"
#include "hpy/native/target.h"

/* Whether a list has an item at an index: one unsigned compare also rejects negative indices. Without a global lock
   another thread may change the list meanwhile. */
HPyAPI_FUNC int _HPy_IsInList(PyObject *object, HPy_ssize_t index)
{
#ifndef HPY_CPYTHON_FREE_THREADED
    return object != NULL && PyList_CheckExact(object) && (size_t)index < (size_t)PyList_GET_SIZE(object);
#else
    (void)object;
    (void)index;
    return 0;
#endif
}

/* Whether the type of an object takes the index of an assignment as it is. A memoryview is a sequence, and takes only an
   int. */
HPyAPI_FUNC int _HPy_AssignsByIndex(PyObject *object, HPy_ssize_t index)
{
    PySequenceMethods *methods;
    if (index < 0 || object == NULL) {
        return 0;
    }
    methods = Py_TYPE(object)->tp_as_sequence;
    return methods != NULL && methods->sq_ass_item != NULL;
}

HPyAPI_FUNC HPy HPy_GetItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx)
{
    PyObject *key, *item;
    if (_HPy_IsInList(_h2py(obj), idx)) {
        return HPy_Dup(ctx, _py2h(PyList_GET_ITEM(_h2py(obj), idx)));
    }
    if (!HPy_IsNull(obj) && PyTuple_CheckExact(_h2py(obj)) && (size_t)idx < (size_t)PyTuple_GET_SIZE(_h2py(obj))) {
        return HPy_Dup(ctx, _py2h(PyTuple_GET_ITEM(_h2py(obj), idx)));
    }
    if (idx >= 0 && !HPy_IsNull(obj) && PySequence_Check(_h2py(obj))) {
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
    if (!HPy_IsNull(value) && _HPy_IsInList(_h2py(obj), idx)) {
        /* The list has the new item before the old one goes, whose end may run any code. */
        PyObject *old = PyList_GET_ITEM(_h2py(obj), idx);
        PyList_SET_ITEM(_h2py(obj), idx, _h2py(HPy_Dup(ctx, value)));
        HPy_Close(ctx, _py2h(old));
        return 0;
    }
    if (!HPy_IsNull(value) && _HPy_AssignsByIndex(_h2py(obj), idx)) {
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
    if (_HPy_AssignsByIndex(_h2py(obj), idx)) {
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
