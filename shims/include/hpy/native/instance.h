/* hpy/native/instance.h: the struct of an instance that follows any base, and making instances. */
#pragma once

#include "hpy/native/convert.h"
#include "hpy/native/runtime.h"

/* A type that the library frees the instances of has a record before its members, whose last word is the distance to
   the struct. Any other type is below such a one, or has another runtime's record: the library looks for it. */
HPyAPI_FUNC size_t _HPy_Payload(PyTypeObject *type)
{
    if (type->tp_dealloc == _HPy_dealloc_bare || type->tp_dealloc == _HPy_dealloc) {
        return ((const size_t *)(const void *)type->tp_members)[-1];
    }
    return _HPy_PayloadOffset(type);
}

/* Of hpy-sys: the struct behind whatever the instances of a base begin with. */
HPyAPI_FUNC void *_HPy_AsStruct_Opaque(HPyContext *ctx, HPy h)
{
    (void)ctx;
    return (char *)h._i + _HPy_Payload(Py_TYPE(h._i));
}

_HPy_UNUSED _HPy_COLD static void _HPy_RaiseNoType(const char *message)
{
    PyErr_SetString(PyExc_TypeError, message);
}

/* tp_alloc zeroes the memory, takes a reference to the type, and lets the garbage collector know. On failure, `data`
   becomes a null pointer. */
HPyAPI_FUNC HPy _HPy_New(HPyContext *ctx, HPy h_type, void **data)
{
    PyTypeObject *type = (PyTypeObject *)_h2py(h_type);
    PyObject *object;
    void *payload = NULL;
    (void)ctx;
    if (_HPy_UNLIKELY(!PyType_Check(_h2py(h_type)))) {
        /* On failure too the pointer gets a value: GCC warns of one that is used without. */
        memcpy((void *)data, &payload, sizeof payload);
        _HPy_RaiseNoType("HPy_New arg 1 must be a type");
        return HPy_NULL;
    }
    object = type->tp_alloc(type, 0);
    if (object != NULL) {
        payload = (char *)object + _HPy_Payload(type);
    }
    /* `data` points to a pointer of another type. */
    memcpy((void *)data, &payload, sizeof payload);
    return _py2h(object);
}
