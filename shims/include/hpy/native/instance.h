/* hpy/native/instance.h: the struct of an instance that follows any base, and making instances. */
#pragma once

#include "hpy/native/convert.h"
#include "hpy/native/layout.h"
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

/* The struct of an instance of the shape Object. */
#define _HPY_STRUCT_OF(object) ((char *)(object) + _HPY_BEHIND(sizeof(PyObject)))

/* Of hpy-sys: the struct behind whatever the instances of a base begin with. */
HPyAPI_FUNC void *_HPy_AsStruct_Opaque(HPyContext *ctx, HPy h)
{
    (void)ctx;
    return (char *)h._i + _HPy_Payload(Py_TYPE(h._i));
}

/* The instance of HPy_New, of any type; TypeError for what is none. */
HPyAPI_HELPER HPy _HPy_NewOther(HPyContext *ctx, HPy h_type);

/* tp_alloc zeroes the memory, takes a reference to the type, and lets the garbage collector know. On failure, `data`
   becomes a null pointer. */
HPyAPI_FUNC HPy _HPy_New(HPyContext *ctx, HPy h_type, void **data)
{
    PyTypeObject *type = (PyTypeObject *)_h2py(h_type);
    PyObject *object;
    void *payload;
    if (_HPy_UNLIKELY(!PyType_Check(_h2py(h_type))
        || (type->tp_alloc != _HPy_allocate && type->tp_alloc != _HPy_allocate_collected))) {
        /* The library is not given `data`: compilers then keep what it points to in a register. */
        object = _h2py(_HPy_NewOther(ctx, h_type));
        payload = object == NULL ? NULL : (char *)object + _HPy_PayloadOffset(Py_TYPE(object));
    }
    else {
        object = type->tp_alloc(type, 0);
        payload = object == NULL ? NULL : _HPY_STRUCT_OF(object);
    }
    /* `data` points to a pointer of another type. On failure too the pointer gets a value: GCC warns of one that is used
       without. */
    memcpy((void *)data, &payload, sizeof payload);
    return _py2h(object);
}
