/* hpy/native/builders.h: lists and tuples that are filled before anybody sees them, and tuples from arrays. */
#pragma once

#include "hpy/native/handles.h"
#include "hpy/native/target.h"

/* An error is reported when the object is built. */
HPyAPI_FUNC HPyListBuilder HPyListBuilder_New(HPyContext *ctx, HPy_ssize_t size)
{
    PyObject *list = PyList_New(size);
    (void)ctx;
    if (_HPy_UNLIKELY(list == NULL)) {
        PyErr_Clear();
    }
    return _HPy_WORD(HPyListBuilder, (intptr_t)list);
}

HPyAPI_FUNC void HPyListBuilder_Set(HPyContext *ctx, HPyListBuilder builder, HPy_ssize_t index, HPy h_item)
{
    if (builder._lst != 0) {
        PyList_SET_ITEM((PyObject *)builder._lst, index, _h2py(h_item));
        /* After it: what the caller closes next, the compiler then need not count. */
        HPy_Dup(ctx, h_item);
    }
}

HPyAPI_FUNC HPy HPyListBuilder_Build(HPyContext *ctx, HPyListBuilder builder)
{
    (void)ctx;
    if (_HPy_UNLIKELY(builder._lst == 0)) {
        PyErr_NoMemory();
    }
    return _HPy_WORD(HPy, builder._lst);
}

HPyAPI_FUNC void HPyListBuilder_Cancel(HPyContext *ctx, HPyListBuilder builder)
{
    HPy_Close(ctx, _HPy_WORD(HPy, builder._lst));
}

HPyAPI_FUNC HPyTupleBuilder HPyTupleBuilder_New(HPyContext *ctx, HPy_ssize_t size)
{
    PyObject *tuple = PyTuple_New(size);
    (void)ctx;
    if (_HPy_UNLIKELY(tuple == NULL)) {
        PyErr_Clear();
    }
    return _HPy_WORD(HPyTupleBuilder, (intptr_t)tuple);
}

HPyAPI_FUNC void HPyTupleBuilder_Set(HPyContext *ctx, HPyTupleBuilder builder, HPy_ssize_t index, HPy h_item)
{
    if (builder._tup != 0) {
        PyTuple_SET_ITEM((PyObject *)builder._tup, index, _h2py(h_item));
        HPy_Dup(ctx, h_item);
    }
}

HPyAPI_FUNC HPy HPyTupleBuilder_Build(HPyContext *ctx, HPyTupleBuilder builder)
{
    (void)ctx;
    if (_HPy_UNLIKELY(builder._tup == 0)) {
        PyErr_NoMemory();
    }
    return _HPy_WORD(HPy, builder._tup);
}

HPyAPI_FUNC void HPyTupleBuilder_Cancel(HPyContext *ctx, HPyTupleBuilder builder)
{
    HPy_Close(ctx, _HPy_WORD(HPy, builder._tup));
}

HPyAPI_FUNC HPy HPyTuple_FromArray(HPyContext *ctx, const HPy *items, HPy_ssize_t n)
{
#ifdef HPY_CPYTHON_TUPLE_FROM_ARRAY
    (void)ctx;
    return _py2h(PyTuple_FromArray(_arr_h2py(items), n));
#else
    PyObject *tuple = PyTuple_New(n);
    if (tuple != NULL) {
        HPy_ssize_t index;
        for (index = 0; index < n; index++) {
            PyTuple_SET_ITEM(tuple, index, _h2py(HPy_Dup(ctx, items[index])));
        }
    }
    return _py2h(tuple);
#endif
}
