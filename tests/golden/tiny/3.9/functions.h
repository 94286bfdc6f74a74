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

/**
 * Opens another handle of `h`.
 *
 * Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
 *
 * Handles:
 * `h` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPy_Dup`, context index 77. CPython: a few calls, of which the main one is `Py_XINCREF`.
 */
HPyAPI_FUNC HPy HPy_Dup(HPyContext *ctx, HPy h)
{
    (void)ctx;
    Py_XINCREF(_h2py(h));
    return h;
}

/**
 * The lowest 32 bits of `h`.
 *
 * Returns -1 with an exception set on failure; as -1 can be a result too, `HPyErr_Occurred` tells.
 *
 * Handles:
 * `h` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPyLong_AsUInt32_tMask`, context index 79. CPython: `PyLong_AsUnsignedLongMask`.
 */
HPyAPI_FUNC uint32_t HPyLong_AsUInt32_tMask(HPyContext *ctx, HPy h)
{
    (void)ctx;
    return (uint32_t)PyLong_AsUnsignedLongMask(_h2py(h));
}

/**
 * The attribute `name` of `obj`.
 *
 * Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
 *
 * Exceptions:
 * `AttributeError` if there is none.
 *
 * Handles:
 * `obj` must not be `HPy_NULL`. `name` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPy_GetAttr`, context index 100. CPython: `PyObject_GetAttr`.
 */
HPyAPI_FUNC HPy HPy_GetAttr(HPyContext *ctx, HPy obj, HPy name)
{
    (void)ctx;
    return _py2h(PyObject_GetAttr(_h2py(obj), _h2py(name)));
}

/**
 * Deletes the attribute `name` of `obj`.
 *
 * Returns -1 with an exception set on failure.
 *
 * Handles:
 * `obj` must not be `HPy_NULL`. `name` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPy_DelAttr`, context index 101. CPython: `PyObject_SetAttr`.
 */
HPyAPI_FUNC int HPy_DelAttr(HPyContext *ctx, HPy obj, HPy name)
{
    (void)ctx;
    return (int)PyObject_SetAttr(_h2py(obj), _h2py(name), NULL);
}

/**
 * The item `idx` of `obj`.
 *
 * Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
 *
 * Handles:
 * `obj` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPy_GetItem_i`, context index 115. CPython: a few calls, of which the main one is `PyObject_GetItem`.
 */
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

/**
 * Stores `h` in `target_field` of `target_object`.
 *
 * It cannot fail.
 *
 * Handles:
 * `target_object` must not be `HPy_NULL`. `h` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPyField_Store`, context index 118. CPython: a few calls, of which the main one is `Py_XDECREF`.
 */
HPyAPI_FUNC void HPyField_Store(HPyContext *ctx, HPy target_object, HPyField *target_field, HPy h)
{
    (void)ctx;
    (void)target_object;
    PyObject *old;
    old = (PyObject *)target_field->_i;
    target_field->_i = (intptr_t)_h2py(h);
    Py_XDECREF(old);
}

/**
 * A tuple of the `n` handles in `items`.
 *
 * Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
 *
 * Source:
 * HPy: `HPyTuple_FromArray`, context index 119. CPython: a few calls, of which the main one is `PyTuple_FromArray`.
 */
HPyAPI_FUNC HPy HPyTuple_FromArray(HPyContext *ctx, const HPy *items, HPy_ssize_t n)
{
    (void)ctx;
    PyObject *tuple = PyTuple_New(n);
    for (HPy_ssize_t index = 0; index < n; index++) {
        PyTuple_SET_ITEM(tuple, index, _h2py(items[index]));
    }
    return _py2h(tuple);
}

/**
 * Raises `h_type` with `utf8_message`.
 *
 * Sets an exception and always returns `HPy_NULL`, so that `return` can stand before the call.
 *
 * Handles:
 * `h_type` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPyErr_SetString`, context index 137. CPython: `PyErr_SetString`.
 */
HPyAPI_FUNC HPy HPyErr_SetString(HPyContext *ctx, HPy h_type, const char *utf8_message)
{
    (void)ctx;
    PyErr_SetString(_h2py(h_type), utf8_message);
    return HPy_NULL;
}

/**
 * Forgets the exception that is set.
 *
 * It cannot fail.
 *
 * Source:
 * HPy: `HPyErr_Clear`, context index 144. CPython: `PyErr_Clear`.
 */
HPyAPI_FUNC void HPyErr_Clear(HPyContext *ctx)
{
    (void)ctx;
    PyErr_Clear();
}

/**
 * Calls `callable` with the array `args` of `nargs` handles; `kwnames` names the last of them.
 *
 * Returns a new handle, which the caller closes, or `HPy_NULL` with an exception set.
 *
 * Handles:
 * `callable` must not be `HPy_NULL`. `kwnames` must not be `HPy_NULL`.
 *
 * Source:
 * HPy: `HPy_Call`, context index 204. CPython: `PyObject_Vectorcall`.
 */
HPyAPI_FUNC HPy HPy_Call(HPyContext *ctx, HPy callable, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)ctx;
    return _py2h(PyObject_Vectorcall(_h2py(callable), _arr_h2py(args), nargs, _h2py(kwnames)));
}

