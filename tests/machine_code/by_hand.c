/* tests/machine_code/by_hand.c: what an expert would write with CPython's API for functions that are not one call.

   PAIR names a HPy function, what CPython's API has as result and parameters, and the call with handles. */

PAIR(PyObject *, HPy_Dup, (HPyContext *ctx, PyObject *h), _h2py(HPy_Dup(ctx, _py2h(h))))
{
    Py_XINCREF(h);
    return h;
}
PAIR(PyObject *, return_none, (HPyContext *ctx), _h2py(HPy_Dup(ctx, ctx->h_None)))
{
    Py_RETURN_NONE;
}
PAIR(PyObject *, return_not_implemented, (HPyContext *ctx), _h2py(HPy_Dup(ctx, ctx->h_NotImplemented)))
{
    Py_RETURN_NOTIMPLEMENTED;
}
PAIR(void, HPy_Close, (HPyContext *ctx, PyObject *h), HPy_Close(ctx, _py2h(h)))
{
    Py_XDECREF(h);
}
PAIR(PyObject *, HPy_FromPyObject, (HPyContext *ctx, PyObject *obj), _h2py(HPy_FromPyObject(ctx, obj)))
{
    Py_XINCREF(obj);
    return obj;
}
PAIR(PyObject *, HPy_AsPyObject, (HPyContext *ctx, PyObject *h), HPy_AsPyObject(ctx, _py2h(h)))
{
    Py_XINCREF(h);
    return h;
}
PAIR(int, HPy_Is, (HPyContext *ctx, PyObject *a, PyObject *b), HPy_Is(ctx, _py2h(a), _py2h(b)))
{
    return a == b;
}
PAIR(PyObject *, HPy_Type, (HPyContext *ctx, PyObject *obj), _h2py(HPy_Type(ctx, _py2h(obj))))
{
    PyObject *type = (PyObject *)Py_TYPE(obj);
    Py_INCREF(type);
    return type;
}
PAIR(int, HPy_TypeCheck, (HPyContext *ctx, PyObject *obj, PyObject *type), HPy_TypeCheck(ctx, _py2h(obj), _py2h(type)))
{
    PyTypeObject *own = Py_TYPE(obj);
    if ((PyObject *)own == type) {
        return 1;
    }
#ifndef Py_GIL_DISABLED
    PyObject *order = own->tp_mro;
    if (__builtin_expect(order != NULL && PyTuple_GET_SIZE(order) == 2, 1)) {
        return PyTuple_GET_ITEM(order, 1) == type || PyTuple_GET_ITEM(order, 0) == type;
    }
#endif
    return PyType_IsSubtype(own, (PyTypeObject *)type);
}
PAIR(int, HPyType_IsSubtype, (HPyContext *ctx, PyObject *sub, PyObject *type),
    HPyType_IsSubtype(ctx, _py2h(sub), _py2h(type)))
{
    return PyType_IsSubtype((PyTypeObject *)sub, (PyTypeObject *)type);
}
/* Of a text that is no literal, CPython makes the name. */
PAIR(PyObject *, HPy_GetAttr_s, (HPyContext *ctx, PyObject *obj, const char *name), _h2py(HPy_GetAttr_s(ctx, _py2h(obj), name)))
{
    return PyObject_GetAttrString(obj, name);
}
PAIR(int, HPy_HasAttr_s, (HPyContext *ctx, PyObject *obj, const char *name), HPy_HasAttr_s(ctx, _py2h(obj), name))
{
    return PyObject_HasAttrString(obj, name);
}
PAIR(int, HPy_SetAttr_s, (HPyContext *ctx, PyObject *obj, const char *name, PyObject *value),
    HPy_SetAttr_s(ctx, _py2h(obj), name, _py2h(value)))
{
    return PyObject_SetAttrString(obj, name, value);
}
PAIR(PyObject *, HPy_GetItem_s, (HPyContext *ctx, PyObject *obj, const char *key), _h2py(HPy_GetItem_s(ctx, _py2h(obj), key)))
{
    return PyMapping_GetItemString(obj, key);
}
PAIR(int, HPy_SetItem_s, (HPyContext *ctx, PyObject *obj, const char *key, PyObject *value),
    HPy_SetItem_s(ctx, _py2h(obj), key, _py2h(value)))
{
    return PyMapping_SetItemString(obj, key, value);
}
PAIR(int, HPy_DelItem_s, (HPyContext *ctx, PyObject *obj, const char *key), HPy_DelItem_s(ctx, _py2h(obj), key))
{
    return PyObject_DelItemString(obj, key);
}
PAIR(int, HPyDict_SetItem_s, (HPyContext *ctx, PyObject *dict, const char *key, PyObject *value),
    HPyDict_SetItem_s(ctx, _py2h(dict), key, _py2h(value)))
{
    return PyDict_SetItemString(dict, key, value);
}
PAIR(int, HPyErr_Occurred, (HPyContext *ctx), HPyErr_Occurred(ctx))
{
    return PyErr_Occurred() != NULL;
}
PAIR(int32_t, HPyContextVar_Get, (HPyContext *ctx, PyObject *var, PyObject *other, PyObject **result),
    HPyContextVar_Get(ctx, _py2h(var), _py2h(other), (HPy *)result))
{
    PyObject *value = NULL;
    int status = PyContextVar_Get(var, other, &value);
    *result = value;
    return status;
}

PAIR(void *, _HPy_AsStruct_Object, (HPyContext *ctx, PyObject *h), _HPy_AsStruct_Object(ctx, _py2h(h)))
{
    /* The memory behind the head of an object has the strictest alignment. */
    return (char *)h + (sizeof(PyObject) + 15) / 16 * 16;
}
PAIR(void *, _HPy_AsStruct_Legacy, (HPyContext *ctx, PyObject *h), _HPy_AsStruct_Legacy(ctx, _py2h(h)))
{
    return h;
}
PAIR(void *, _HPy_AsStruct_List, (HPyContext *ctx, PyObject *h), _HPy_AsStruct_List(ctx, _py2h(h)))
{
    return (char *)h + (sizeof(PyListObject) + 15) / 16 * 16;
}
PAIR(void *, _HPy_AsStruct_Type, (HPyContext *ctx, PyObject *h), _HPy_AsStruct_Type(ctx, _py2h(h)))
{
    return (char *)h + (sizeof(PyHeapTypeObject) + 15) / 16 * 16;
}
PAIR(void *, _HPy_AsStruct_Float, (HPyContext *ctx, PyObject *h), _HPy_AsStruct_Float(ctx, _py2h(h)))
{
    return (char *)h + (sizeof(PyFloatObject) + 15) / 16 * 16;
}
PAIR(void *, _HPy_AsStruct_Unicode, (HPyContext *ctx, PyObject *h), _HPy_AsStruct_Unicode(ctx, _py2h(h)))
{
    return (char *)h + (sizeof(PyUnicodeObject) + 15) / 16 * 16;
}
PAIR(void *, _HPy_AsStruct_Tuple, (HPyContext *ctx, PyObject *h), _HPy_AsStruct_Tuple(ctx, _py2h(h)))
{
    return (char *)h + (sizeof(PyTupleObject) + 15) / 16 * 16;
}
PAIR(void *, _HPy_AsStruct_Dict, (HPyContext *ctx, PyObject *h), _HPy_AsStruct_Dict(ctx, _py2h(h)))
{
    return (char *)h + (sizeof(PyDictObject) + 15) / 16 * 16;
}
/* An int of one digit is as large as this on every version. */
PAIR(void *, _HPy_AsStruct_Long, (HPyContext *ctx, PyObject *h), _HPy_AsStruct_Long(ctx, _py2h(h)))
{
    return (char *)h + (sizeof(PyVarObject) + sizeof(size_t) + 15) / 16 * 16;
}

/* Without a global lock, another thread may let the object go between the read and the new reference. */
#ifndef Py_BEGIN_CRITICAL_SECTION
#  define Py_BEGIN_CRITICAL_SECTION(object) {
#  define Py_END_CRITICAL_SECTION() }
#endif
PAIR(PyObject *, HPyField_Load, (HPyContext *ctx, PyObject *source, PyObject **field),
    _h2py(HPyField_Load(ctx, _py2h(source), *(HPyField *)field)))
{
    PyObject *object;
    Py_BEGIN_CRITICAL_SECTION(source);
    object = *field;
    Py_XINCREF(object);
    Py_END_CRITICAL_SECTION();
    return object;
}
PAIR(void, HPyField_Store, (HPyContext *ctx, PyObject *target, PyObject **field, PyObject *h),
    HPyField_Store(ctx, _py2h(target), (HPyField *)field, _py2h(h)))
{
    PyObject *old;
    Py_XINCREF(h);
    Py_BEGIN_CRITICAL_SECTION(target);
    old = *field;
    *field = h;
    Py_END_CRITICAL_SECTION();
    Py_XDECREF(old);
}

static inline bool assigns_by_index(PyObject *object, Py_ssize_t index)
{
    PySequenceMethods *methods;
    if (index < 0 || object == NULL) {
        return false;
    }
    methods = Py_TYPE(object)->tp_as_sequence;
    return methods != NULL && methods->sq_ass_item != NULL;
}
/* The slow way is the same function on both sides. */
PAIR(PyObject *, HPy_GetItem_i, (HPyContext *ctx, PyObject *obj, Py_ssize_t index),
    _h2py(HPy_GetItem_i(ctx, _py2h(obj), index)))
{
    PyObject *item;
#ifndef Py_GIL_DISABLED
    if (obj != NULL && PyList_CheckExact(obj) && (size_t)index < (size_t)PyList_GET_SIZE(obj)) {
        item = PyList_GET_ITEM(obj, index);
        Py_XINCREF(item);
        return item;
    }
#endif
    if (obj != NULL && PyTuple_CheckExact(obj) && (size_t)index < (size_t)PyTuple_GET_SIZE(obj)) {
        item = PyTuple_GET_ITEM(obj, index);
        Py_XINCREF(item);
        return item;
    }
    if (index >= 0 && obj != NULL && PySequence_Check(obj)) {
        return PySequence_GetItem(obj, index);
    }
    return _HPy_GetItemByInt(obj, index);
}
static inline bool is_in_list(PyObject *object, Py_ssize_t index)
{
#ifndef Py_GIL_DISABLED
    return object != NULL && PyList_CheckExact(object) && (size_t)index < (size_t)PyList_GET_SIZE(object);
#else
    return false;
#endif
}
PAIR(int, HPy_SetItem_i, (HPyContext *ctx, PyObject *obj, Py_ssize_t index, PyObject *value),
    HPy_SetItem_i(ctx, _py2h(obj), index, _py2h(value)))
{
    if (value != NULL && is_in_list(obj, index)) {
        PyObject *old = PyList_GET_ITEM(obj, index);
        Py_INCREF(value);
        PyList_SET_ITEM(obj, index, value);
        Py_XDECREF(old);
        return 0;
    }
    if (value != NULL && assigns_by_index(obj, index)) {
        return PySequence_SetItem(obj, index, value);
    }
    return _HPy_SetItemByInt(obj, index, value);
}
PAIR(int, HPy_DelItem_i, (HPyContext *ctx, PyObject *obj, Py_ssize_t index), HPy_DelItem_i(ctx, _py2h(obj), index))
{
    if (assigns_by_index(obj, index)) {
        return PySequence_DelItem(obj, index);
    }
    return _HPy_DelItemByInt(obj, index);
}

PAIR(PyObject *, HPyListBuilder_New, (HPyContext *ctx, Py_ssize_t size), (PyObject *)HPyListBuilder_New(ctx, size)._lst)
{
    PyObject *object = PyList_New(size);
    if (_HPy_UNLIKELY(object == NULL)) {
        PyErr_Clear();
    }
    return object;
}
PAIR(void, HPyListBuilder_Set, (HPyContext *ctx, PyObject *builder, Py_ssize_t index, PyObject *item),
    HPyListBuilder_Set(ctx, _HPy_WORD(HPyListBuilder, (intptr_t)builder), index, _py2h(item)))
{
    if (builder == NULL) {
        return;
    }
    PyList_SET_ITEM(builder, index, item);
    Py_XINCREF(item);
}
PAIR(PyObject *, HPyListBuilder_Build, (HPyContext *ctx, PyObject *builder),
    _h2py(HPyListBuilder_Build(ctx, _HPy_WORD(HPyListBuilder, (intptr_t)builder))))
{
    if (_HPy_UNLIKELY(builder == NULL)) {
        PyErr_NoMemory();
    }
    return builder;
}
PAIR(PyObject *, HPyTupleBuilder_New, (HPyContext *ctx, Py_ssize_t size), (PyObject *)HPyTupleBuilder_New(ctx, size)._tup)
{
    PyObject *object = PyTuple_New(size);
    if (_HPy_UNLIKELY(object == NULL)) {
        PyErr_Clear();
    }
    return object;
}
PAIR(void, HPyTupleBuilder_Set, (HPyContext *ctx, PyObject *builder, Py_ssize_t index, PyObject *item),
    HPyTupleBuilder_Set(ctx, _HPy_WORD(HPyTupleBuilder, (intptr_t)builder), index, _py2h(item)))
{
    if (builder == NULL) {
        return;
    }
    PyTuple_SET_ITEM(builder, index, item);
    Py_XINCREF(item);
}
PAIR(PyObject *, HPyTupleBuilder_Build, (HPyContext *ctx, PyObject *builder),
    _h2py(HPyTupleBuilder_Build(ctx, _HPy_WORD(HPyTupleBuilder, (intptr_t)builder))))
{
    if (_HPy_UNLIKELY(builder == NULL)) {
        PyErr_NoMemory();
    }
    return builder;
}
PAIR(void, HPyListBuilder_Cancel, (HPyContext *ctx, PyObject *builder),
    HPyListBuilder_Cancel(ctx, _HPy_WORD(HPyListBuilder, (intptr_t)builder)))
{
    Py_XDECREF(builder);
}
PAIR(void, HPyTupleBuilder_Cancel, (HPyContext *ctx, PyObject *builder),
    HPyTupleBuilder_Cancel(ctx, _HPy_WORD(HPyTupleBuilder, (intptr_t)builder)))
{
    Py_XDECREF(builder);
}
