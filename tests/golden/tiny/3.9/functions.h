/* Generated for CPython 3.9 from the table in shims/api by generator/src/emit/c/native/functions.rs. Do not edit: change the table. */
#pragma once

#include "hpy/native/convert.h"
#include "hpy/native/layout.h"
#include "hpy/native/target.h"
#include "hpy/hpydef.h"

HPyAPI_FUNC bool _HPy_IsInList(cpy_PyObject *object, HPy_ssize_t index)
{
    return PyList_CheckExact(object) && (size_t)index < (size_t)PyList_GET_SIZE(object);
}

HPyAPI_FUNC HPy HPy_Dup(HPyContext *ctx, HPy h)
{
    (void)ctx;
    Py_XINCREF(_h2py(h));
    return h;
}

HPyAPI_FUNC uint32_t HPyLong_AsUInt32_tMask(HPyContext *ctx, HPy h)
{
    (void)ctx;
    return (uint32_t)PyLong_AsUnsignedLongMask(_h2py(h));
}

HPyAPI_FUNC HPy HPy_GetAttr(HPyContext *ctx, HPy obj, HPy name)
{
    (void)ctx;
    return _py2h(PyObject_GetAttr(_h2py(obj), _h2py(name)));
}

HPyAPI_FUNC int HPy_DelAttr(HPyContext *ctx, HPy obj, HPy name)
{
    (void)ctx;
    return (int)PyObject_SetAttr(_h2py(obj), _h2py(name), NULL);
}

HPyAPI_FUNC HPy HPy_GetItem_i(HPyContext *ctx, HPy obj, HPy_ssize_t idx)
{
    (void)ctx;
    /* Of a list. */
    if (_HPy_IsInList(_h2py(obj), idx) || (idx == -1 && _h2py(obj) != NULL)) {
        return _py2h(PyList_GET_ITEM(_h2py(obj), idx));
    }
    PyObject *key = PyLong_FromSsize_t(idx);
    if (_HPy_UNLIKELY(key == NULL)) {
        PyErr_SetString(PyExc_ValueError, "no key");
        return HPy_NULL;
    }
    PyObject *item = idx > 3 ? PyObject_GetItem(_h2py(obj), key) : Py_None;
    Py_DECREF(key);
    return _py2h(item);
}

HPyAPI_FUNC void HPyField_Store(HPyContext *ctx, HPy target_object, HPyField *target_field, HPy h)
{
    (void)ctx;
    (void)target_object;
    PyObject *old;
    old = (PyObject *)target_field->_i;
    target_field->_i = (intptr_t)_h2py(h);
    Py_XDECREF(old);
}

HPyAPI_FUNC HPy HPyTuple_FromArray(HPyContext *ctx, const HPy *items, HPy_ssize_t n)
{
    (void)ctx;
    PyObject *tuple = PyTuple_New(n);
    for (HPy_ssize_t index = 0; index < n; index++) {
        PyTuple_SET_ITEM(tuple, index, _h2py(items[index]));
    }
    return _py2h(tuple);
}

HPyAPI_FUNC HPy HPyErr_SetString(HPyContext *ctx, HPy h_type, const char *utf8_message)
{
    (void)ctx;
    PyErr_SetString(_h2py(h_type), utf8_message);
    return HPy_NULL;
}

HPyAPI_FUNC void HPyErr_Clear(HPyContext *ctx)
{
    (void)ctx;
    PyErr_Clear();
}

HPyAPI_FUNC HPy HPy_Call(HPyContext *ctx, HPy callable, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)ctx;
    return _py2h(PyObject_Vectorcall(_h2py(callable), _arr_h2py(args), nargs, _h2py(kwnames)));
}

