/* hpy/borrowed.h: types, items and dictionaries for a short use, without a count. */
#pragma once

#include "hpy/extras.h"

/* Of hpy-sys. Each gives handles that the native ABI does not count, and that HPy_EndBorrow(ctx, h) ends, in place of HPy_Close.
   Until then nothing may take the object from where it is: no Python code runs that could, and the object that it comes from
   stays open.

   HPy_BorrowType(ctx, obj): the type of an object, for a type test or a new instance. Nothing assigns `__class__`.
   HPyList_BorrowItem(ctx, list, index), HPyTuple_BorrowItem(ctx, tuple, index): an item of a `list` or `tuple`, from 0 on;
   HPy_NULL with IndexError set if there is none.
   HPyDict_BorrowNext(ctx, dict, &position, &key, &value): as HPyDict_Next; both handles are ended. */
#if defined(HPY_ABI_CPYTHON) && !defined(HPY_CPYTHON_FREE_THREADED)
HPyAPI_INLINE_HELPER void HPy_EndBorrow(HPyContext *ctx, HPy h)
{
    (void)ctx;
    (void)h;
}

HPyAPI_INLINE_HELPER HPy HPy_BorrowType(HPyContext *ctx, HPy obj)
{
    (void)ctx;
    return _py2h((PyObject *)Py_TYPE(_h2py(obj)));
}

_HPy_UNUSED _HPy_COLD static HPy _HPy_NoItem(HPyContext *ctx)
{
    return HPyErr_SetString(ctx, ctx->h_IndexError, "there is no item of this index");
}

HPyAPI_INLINE_HELPER HPy HPyList_BorrowItem(HPyContext *ctx, HPy list, HPy_ssize_t index)
{
    /* One unsigned compare also rejects negative indices. */
    if (_HPy_UNLIKELY((size_t)index >= (size_t)PyList_GET_SIZE(_h2py(list)))) {
        return _HPy_NoItem(ctx);
    }
    return _py2h(PyList_GET_ITEM(_h2py(list), index));
}

HPyAPI_INLINE_HELPER HPy HPyTuple_BorrowItem(HPyContext *ctx, HPy tuple, HPy_ssize_t index)
{
    if (_HPy_UNLIKELY((size_t)index >= (size_t)PyTuple_GET_SIZE(_h2py(tuple)))) {
        return _HPy_NoItem(ctx);
    }
    return _py2h(PyTuple_GET_ITEM(_h2py(tuple), index));
}

HPyAPI_INLINE_HELPER int HPyDict_BorrowNext(HPyContext *ctx, HPy dict, HPy_ssize_t *position, HPy *key, HPy *value)
{
    PyObject *next_key, *next_value;
    (void)ctx;
    if (!PyDict_Next(_h2py(dict), position, &next_key, &next_value)) {
        *key = *value = HPy_NULL;
        return 0;
    }
    *key = _py2h(next_key);
    *value = _py2h(next_value);
    return 1;
}
#else
/* Without a global lock, another thread may change the container or assign `__class__`. */
HPyAPI_INLINE_HELPER void HPy_EndBorrow(HPyContext *ctx, HPy h)
{
    HPy_Close(ctx, h);
}

HPyAPI_INLINE_HELPER HPy HPy_BorrowType(HPyContext *ctx, HPy obj)
{
    return HPy_Type(ctx, obj);
}

/* A negative index would count from the end. */
HPyAPI_INLINE_HELPER HPy HPyList_BorrowItem(HPyContext *ctx, HPy list, HPy_ssize_t index)
{
    return HPy_GetItem_i(ctx, list, index < 0 ? HPY_SSIZE_T_MAX : index);
}

HPyAPI_INLINE_HELPER HPy HPyTuple_BorrowItem(HPyContext *ctx, HPy tuple, HPy_ssize_t index)
{
    return HPy_GetItem_i(ctx, tuple, index < 0 ? HPY_SSIZE_T_MAX : index);
}

HPyAPI_INLINE_HELPER int HPyDict_BorrowNext(HPyContext *ctx, HPy dict, HPy_ssize_t *position, HPy *key, HPy *value)
{
    return HPyDict_Next(ctx, dict, position, key, value);
}
#endif
