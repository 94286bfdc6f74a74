/* hpy/native/objects.h: an object's type and identity, errors, context variables, and the end of the process. */
#pragma once

#include "hpy/native/handles.h"

HPyAPI_FUNC HPy HPy_Type(HPyContext *ctx, HPy obj)
{
    PyObject *type = (PyObject *)Py_TYPE(_h2py(obj));
    (void)ctx;
    Py_INCREF(type);
    return _py2h(type);
}

HPyAPI_FUNC int HPy_TypeCheck(HPyContext *ctx, HPy obj, HPy type)
{
    (void)ctx;
    return PyObject_TypeCheck(_h2py(obj), (PyTypeObject *)_h2py(type));
}

HPyAPI_FUNC int HPyType_IsSubtype(HPyContext *ctx, HPy sub, HPy type)
{
    (void)ctx;
    return PyType_IsSubtype((PyTypeObject *)_h2py(sub), (PyTypeObject *)_h2py(type));
}

HPyAPI_FUNC int HPy_Is(HPyContext *ctx, HPy obj, HPy other)
{
    (void)ctx;
    return obj._i == other._i;
}

HPyAPI_FUNC PyObject *_HPyBool(bool value)
{
    if (value) {
        Py_RETURN_TRUE;
    }
    Py_RETURN_FALSE;
}

HPyAPI_FUNC HPy HPyBool_FromBool(HPyContext *ctx, bool v)
{
    (void)ctx;
    return _py2h(_HPyBool(v));
}

HPyAPI_FUNC int HPyErr_Occurred(HPyContext *ctx)
{
    (void)ctx;
    return PyErr_Occurred() != NULL;
}

HPyAPI_FUNC _HPy_NO_RETURN void HPy_FatalError(HPyContext *ctx, const char *message)
{
    (void)ctx;
    Py_FatalError(message);
}

/* The result is written on failure too, so that it never is what it was before. */
HPyAPI_FUNC int32_t HPyContextVar_Get(HPyContext *ctx, HPy context_var, HPy default_value, HPy *result)
{
    PyObject *value = NULL;
    int status = PyContextVar_Get(_h2py(context_var), _h2py(default_value), &value);
    (void)ctx;
    *result = _py2h(value);
    return status;
}
