/* capi/containers.c: functions that read many items of an object, as CPython's API does it. */
#include "sample.h"

/* The value of a key, or None. */
static PyObject *
find(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *value;
    if (!has_count("find", nargs, 2)) {
        return NULL;
    }
#if PY_VERSION_HEX >= 0x030D0000
    if (PyDict_GetItemRef(args[0], args[1], &value) < 0) {
        return NULL;
    }
#else
    value = PyDict_GetItemWithError(args[0], args[1]);
    if (value == NULL && PyErr_Occurred()) {
        return NULL;
    }
    Py_XINCREF(value);
#endif
    if (value == NULL) {
        Py_RETURN_NONE;
    }
    return value;
}

static PyObject *
sum_values(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *key, *item;
    Py_ssize_t position = 0;
    long sum = 0;
    if (!PyDict_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "a dict is needed");
        return NULL;
    }
    while (PyDict_Next(arg, &position, &key, &item)) {
        long value;
        if (as_long(item, &value) < 0) {
            return NULL;
        }
        sum += value;
    }
    return PyLong_FromLong(sum);
}

static PyObject *
sum_int64(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *items = PySequence_Fast(arg, "a sequence is needed");
    Py_ssize_t i;
    long long sum = 0;
    if (items == NULL) {
        return NULL;
    }
    for (i = 0; i < PySequence_Fast_GET_SIZE(items); i++) {
        long long value = PyLong_AsLongLong(PySequence_Fast_GET_ITEM(items, i));
        if (value == -1 && PyErr_Occurred()) {
            Py_DECREF(items);
            return NULL;
        }
        sum += value;
    }
    Py_DECREF(items);
    return PyLong_FromLongLong(sum);
}

static PyObject *
sum_double(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *items = PySequence_Fast(arg, "a sequence is needed");
    Py_ssize_t i;
    double sum = 0;
    if (items == NULL) {
        return NULL;
    }
    for (i = 0; i < PySequence_Fast_GET_SIZE(items); i++) {
        double value;
        if (as_double(PySequence_Fast_GET_ITEM(items, i), &value) < 0) {
            Py_DECREF(items);
            return NULL;
        }
        sum += value;
    }
    Py_DECREF(items);
    return PyFloat_FromDouble(sum);
}

static PyObject *
last_byte(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_buffer view;
    int byte;
    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0) {
        return NULL;
    }
    byte = view.len == 0 ? -1 : ((unsigned char *)view.buf)[view.len - 1];
    PyBuffer_Release(&view);
    return PyLong_FromLong(byte);
}

PyMethodDef container_functions[] = {
    {"find", FAST(find), METH_FASTCALL, NULL},
    {"sum_values", sum_values, METH_O, NULL},
    {"sum_int64", sum_int64, METH_O, NULL},
    {"sum_double", sum_double, METH_O, NULL},
    {"last_byte", last_byte, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
