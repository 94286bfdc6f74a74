/* abi-tests/fuzz/peer.c: CPython's own functions, to which the fuzzers compare hpy-sys's. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

#define OBJECT PyObject *
#include "../c/parsed.h"

static PyObject *object_of(char unit, Output output)
{
    if (output.whole == UNSET) {
        Py_INCREF(Py_Ellipsis);
        return Py_Ellipsis;
    }
    switch (unit) {
    case 'b': case 'B': return PyLong_FromLong(output.of_b);
    case 'h': return PyLong_FromLong(output.of_h);
    case 'H': return PyLong_FromLong(output.of_H);
    case 'i': case 'p': return PyLong_FromLong(output.of_i);
    case 'I': return PyLong_FromUnsignedLong(output.of_I);
    case 'l': return PyLong_FromLong(output.of_l);
    case 'k': return PyLong_FromUnsignedLong(output.of_k);
    case 'L': return PyLong_FromLongLong(output.of_L);
    case 'K': return PyLong_FromUnsignedLongLong(output.of_K);
    case 'n': return PyLong_FromSsize_t(output.of_n);
    case 'f': return PyFloat_FromDouble(output.of_f);
    case 'd': return PyFloat_FromDouble(output.of_d);
    case 's': return PyUnicode_FromString(output.of_s);
    default: Py_INCREF(output.of_O); return output.of_O;
    }
}

static PyObject *outputs_as_tuple(const char *format, const Output *outputs)
{
    PyObject *list = PyList_New(0), *tuple;
    for (; *format != '\0' && *format != ':' && *format != ';'; format++) {
        if (strchr("|$()", *format) == NULL) {
            PyObject *item = object_of(*format, *outputs++);
            if (item == NULL || PyList_Append(list, item) < 0) {
                Py_XDECREF(item);
                Py_DECREF(list);
                return NULL;
            }
            Py_DECREF(item);
        }
    }
    tuple = PyList_AsTuple(list);
    Py_DECREF(list);
    return tuple;
}

/* parse(format, names, args, kw): with PyArg_ParseTuple if `names` is None, else with PyArg_ParseTupleAndKeywords. */
static PyObject *parse(PyObject *self, PyObject *arguments)
{
    PyObject *names, *args, *kw;
    const char *format;
    char *keywords[MOST + 1] = {NULL};
    Output o[MOST];
    int index, parsed;
    (void)self;
    if (!PyArg_ParseTuple(arguments, "sOO!O:parse", &format, &names, &PyTuple_Type, &args, &kw)) {
        return NULL;
    }
    for (index = 0; index < MOST; index++) {
        o[index].whole = UNSET;
    }
#define OUTPUTS &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &o[6], &o[7]
    if (names == Py_None) {
        parsed = PyArg_ParseTuple(args, format, OUTPUTS);
    } else {
        for (index = 0; index < PyTuple_GET_SIZE(names); index++) {
            keywords[index] = (char *)PyUnicode_AsUTF8(PyTuple_GET_ITEM(names, index));
        }
        parsed = PyArg_ParseTupleAndKeywords(args, kw == Py_None ? NULL : kw, format, keywords, OUTPUTS);
    }
    return parsed ? outputs_as_tuple(format, o) : NULL;
}

/* The integers and pointers of a call as they are passed: the compilers that this is built with read an `int` from the same
   place as a `long long`. Floats have places of their own. */
typedef union { unsigned long long integer; double number; const void *pointer; PyObject *object; } Value;

static int read_values(PyObject *given, unsigned long long *integers, double *numbers)
{
    Py_ssize_t index;
    int next_integer = 0, next_number = 0;
    for (index = 0; index < PyTuple_GET_SIZE(given); index++) {
        PyObject *item = PyTuple_GET_ITEM(given, index);
        if (PyFloat_Check(item)) {
            if (next_number == MOST) {
                return -1;
            }
            numbers[next_number++] = PyFloat_AsDouble(item);
            continue;
        }
        if (next_integer == MOST) {
            return -1;
        }
        if (PyLong_Check(item)) {
            integers[next_integer++] = PyLong_AsUnsignedLongLongMask(item);
        } else if (PyBytes_Check(item)) {
            integers[next_integer++] = (unsigned long long)(uintptr_t)PyBytes_AsString(item);
        } else if (PyTuple_Check(item)) {
            integers[next_integer++] = (unsigned long long)(uintptr_t)PyTuple_GET_ITEM(item, 0);
        } else {
            integers[next_integer++] = 0;
        }
    }
    return 0;
}

#define VALUES \
    i[0], i[1], i[2], i[3], n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], i[4], i[5], i[6], i[7]

/* build(format, *values): Py_BuildValue; an `int`, a `float`, a `bytes` for a C string, `...` for a null, and an object in
   a tuple of its own. */
static PyObject *build(PyObject *self, PyObject *arguments)
{
    unsigned long long i[MOST] = {0};
    double n[MOST] = {0};
    const char *format;
    PyObject *values = PyTuple_GetSlice(arguments, 1, PyTuple_GET_SIZE(arguments)), *made = NULL;
    (void)self;
    format = PyUnicode_AsUTF8(PyTuple_GET_ITEM(arguments, 0));
    if (values == NULL || format == NULL || read_values(values, i, n) < 0) {
        Py_XDECREF(values);
        return PyErr_Format(PyExc_AssertionError, "too many values");
    }
    made = Py_BuildValue(format, VALUES);
    Py_DECREF(values);
    return made;
}

/* text(format, *values): PyUnicode_FromFormat, with a `bytes` for the format. */
static PyObject *text(PyObject *self, PyObject *arguments)
{
    unsigned long long i[MOST] = {0};
    double n[MOST] = {0};
    PyObject *values = PyTuple_GetSlice(arguments, 1, PyTuple_GET_SIZE(arguments)), *made = NULL;
    (void)self;
    if (values == NULL || read_values(values, i, n) < 0) {
        Py_XDECREF(values);
        return PyErr_Format(PyExc_AssertionError, "too many values");
    }
    made = PyUnicode_FromFormat(PyBytes_AsString(PyTuple_GET_ITEM(arguments, 0)), VALUES);
    Py_DECREF(values);
    return made;
}

static PyMethodDef methods[] = {
    {"parse", parse, METH_VARARGS, NULL},
    {"build", build, METH_VARARGS, NULL},
    {"text", text, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "peer", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_peer(void)
{
    return PyModule_Create(&module);
}
