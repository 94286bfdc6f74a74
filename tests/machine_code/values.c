/* tests/machine_code/values.c: by_hand.c for numbers, bytes, containers and capsules. */

PAIR(double, HPyFloat_AsDouble, (HPyContext *ctx, PyObject *h), HPyFloat_AsDouble(ctx, _py2h(h)))
{
    return h != NULL && PyFloat_CheckExact(h) ? PyFloat_AS_DOUBLE(h) : PyFloat_AsDouble(h);
}
PAIR(PyObject *, HPyBool_FromBool, (HPyContext *ctx, bool v), _h2py(HPyBool_FromBool(ctx, v)))
{
    if (v) {
        Py_RETURN_TRUE;
    }
    Py_RETURN_FALSE;
}

/* An int of one digit is read in place, where CPython's API can. */
#if PY_VERSION_HEX >= 0x030C0000
static inline bool is_small(PyObject *h)
{
    return h != NULL && PyLong_CheckExact(h) && PyUnstable_Long_IsCompact((PyLongObject *)h);
}
#  define SMALL(h) is_small(h)
#  define VALUE(h) PyUnstable_Long_CompactValue((PyLongObject *)(h))
#else
#  define SMALL(h) 0
#  define VALUE(h) 0
#endif
PAIR(int64_t, HPyLong_AsInt64_t, (HPyContext *ctx, PyObject *h), HPyLong_AsInt64_t(ctx, _py2h(h)))
{
    return SMALL(h) ? VALUE(h) : PyLong_AsLongLong(h);
}
PAIR(uint64_t, HPyLong_AsUInt64_t, (HPyContext *ctx, PyObject *h), HPyLong_AsUInt64_t(ctx, _py2h(h)))
{
    return SMALL(h) && VALUE(h) >= 0 ? (uint64_t)VALUE(h) : PyLong_AsUnsignedLongLong(h);
}
PAIR(Py_ssize_t, HPyLong_AsSsize_t, (HPyContext *ctx, PyObject *h), HPyLong_AsSsize_t(ctx, _py2h(h)))
{
    return SMALL(h) ? VALUE(h) : PyLong_AsSsize_t(h);
}
PAIR(size_t, HPyLong_AsSize_t, (HPyContext *ctx, PyObject *h), HPyLong_AsSize_t(ctx, _py2h(h)))
{
    return SMALL(h) && VALUE(h) >= 0 ? (size_t)VALUE(h) : PyLong_AsSize_t(h);
}

PAIR(int32_t, HPyLong_AsInt32_t, (HPyContext *ctx, PyObject *h), HPyLong_AsInt32_t(ctx, _py2h(h)))
{
    long value;
    if (SMALL(h)) {
        return (int32_t)VALUE(h);
    }
    value = PyLong_AsLong(h);
    if (_HPy_UNLIKELY(value != (long)(int32_t)value)) {
        _HPyErr_TooLarge("Python int too large to convert to C int32_t");
        return -1;
    }
    return (int32_t)value;
}
PAIR(uint32_t, HPyLong_AsUInt32_t, (HPyContext *ctx, PyObject *h), HPyLong_AsUInt32_t(ctx, _py2h(h)))
{
    unsigned long value;
    if (SMALL(h) && VALUE(h) >= 0) {
        return (uint32_t)VALUE(h);
    }
    value = PyLong_AsUnsignedLong(h);
    if (_HPy_UNLIKELY(value != (unsigned long)(uint32_t)value)) {
        _HPyErr_TooLarge("Python int too large to convert to C uint32_t");
        return UINT32_MAX;
    }
    return (uint32_t)value;
}

PAIR(PyObject *, HPyBytes_FromStringAndSize, (HPyContext *ctx, const char *bytes, Py_ssize_t size),
    _h2py(HPyBytes_FromStringAndSize(ctx, bytes, size)))
{
    if (_HPy_UNLIKELY(bytes == NULL)) {
        PyErr_SetString(PyExc_ValueError, "NULL char * passed to HPyBytes_FromStringAndSize");
        return NULL;
    }
    return PyBytes_FromStringAndSize(bytes, size);
}
#ifndef Py_GIL_DISABLED
PAIR(PyObject *, HPyDict_Keys, (HPyContext *ctx, PyObject *h), _h2py(HPyDict_Keys(ctx, _py2h(h))))
{
    return PyDict_Keys(h);
}
#endif
PAIR(PyObject *, HPyType_GenericNew, (HPyContext *ctx, PyObject *type, PyObject *const *args, Py_ssize_t nargs, PyObject *kw),
    _h2py(HPyType_GenericNew(ctx, _py2h(type), _arr_py2h(args), nargs, _py2h(kw))))
{
    if (_HPy_UNLIKELY(!PyType_Check(type))) {
        PyErr_SetString(PyExc_TypeError, "HPy_Type_GenericNew arg 1 must be a type");
        return NULL;
    }
    return PyType_GenericNew((PyTypeObject *)type, NULL, NULL);
}
#if PY_VERSION_HEX < 0x030F0000
PAIR(PyObject *, HPyTuple_FromArray, (HPyContext *ctx, PyObject *const *items, Py_ssize_t n),
    _h2py(HPyTuple_FromArray(ctx, _arr_py2h(items), n)))
{
    PyObject *tuple = PyTuple_New(n);
    if (tuple != NULL) {
        Py_ssize_t index;
        for (index = 0; index < n; index++) {
            PyObject *item = items[index];
            Py_XINCREF(item);
            PyTuple_SET_ITEM(tuple, index, item);
        }
    }
    return tuple;
}
#endif

PAIR(PyObject *, HPyCapsule_New,
    (HPyContext *ctx, void *pointer, const char *name, HPyCapsule_Destructor *destructor),
    _h2py(HPyCapsule_New(ctx, pointer, name, destructor)))
{
    if (_HPy_UNLIKELY(destructor != NULL && destructor->cpy_trampoline == NULL)) {
        PyErr_SetString(PyExc_ValueError, "Invalid HPyCapsule destructor");
        return NULL;
    }
    return PyCapsule_New(pointer, name, destructor == NULL ? NULL : destructor->cpy_trampoline);
}
PAIR(void *, HPyCapsule_Get, (HPyContext *ctx, PyObject *capsule, _HPyCapsule_key key, const char *name),
    HPyCapsule_Get(ctx, _py2h(capsule), key, name))
{
    if (key == HPyCapsule_key_Pointer) {
        return PyCapsule_GetPointer(capsule, name);
    }
    if (key == HPyCapsule_key_Name) {
        return (void *)PyCapsule_GetName(capsule);
    }
    if (key == HPyCapsule_key_Context) {
        return PyCapsule_GetContext(capsule);
    }
    PyErr_SetString(PyExc_ValueError, "Invalid operation: get HPyCapsule_key_Destructor");
    return NULL;
}
PAIR(int, HPyCapsule_Set, (HPyContext *ctx, PyObject *capsule, _HPyCapsule_key key, void *value),
    HPyCapsule_Set(ctx, _py2h(capsule), key, value))
{
    HPyCapsule_Destructor *destructor = (HPyCapsule_Destructor *)value;
    if (key == HPyCapsule_key_Pointer) {
        return PyCapsule_SetPointer(capsule, value);
    }
    if (key == HPyCapsule_key_Name) {
        return PyCapsule_SetName(capsule, (const char *)value);
    }
    if (key == HPyCapsule_key_Context) {
        return PyCapsule_SetContext(capsule, value);
    }
    if (_HPy_UNLIKELY(destructor != NULL && destructor->cpy_trampoline == NULL)) {
        PyErr_SetString(PyExc_ValueError, "Invalid HPyCapsule destructor");
        return -1;
    }
    return PyCapsule_SetDestructor(capsule, destructor == NULL ? NULL : destructor->cpy_trampoline);
}

/* Where the compiler knows that there is an object, no test for NULL is left. */
HPY_SIDE double known__HPyFloat_AsDouble(HPyContext *ctx, PyObject *h)
{
    _HPy_KNOWN(h != NULL);
    return HPyFloat_AsDouble(ctx, _py2h(h));
}
HPY_SIDE int64_t known__HPyLong_AsInt64_t(HPyContext *ctx, PyObject *h)
{
    _HPy_KNOWN(h != NULL);
    return HPyLong_AsInt64_t(ctx, _py2h(h));
}
