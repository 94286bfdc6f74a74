/* capi/sample.h: what the files of the module share. */
#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stddef.h>
#include <structmember.h>

/* A function that is called without a tuple of arguments. */
#define FAST(function) ((PyCFunction)(void (*)(void))(function))

extern PyType_Spec point_spec;
extern PyType_Spec node_spec;
extern PyType_Spec array_spec;
extern PyType_Spec *const algebra_specs[];
extern PyMethodDef functions[];
extern PyMethodDef container_functions[];
extern PyObject *encode(PyObject *module, PyObject *value);
extern PyObject *decode(PyObject *module, PyObject *bytes);
extern PyObject *write_document(PyObject *module, PyObject *value);
/* Adds the static types. */
extern int algebra_static_ready(PyObject *module);

/* The state of the module in one interpreter: names that are looked up more than once, and types. */
typedef struct {
    PyObject *name_value;
    PyObject *name_factor;
    /* Symbol, Term and Sum. */
    PyTypeObject *algebra[3];
} State;

static inline State *
state_of(PyObject *module)
{
    return (State *)PyModule_GetState(module);
}

/* PyModule_AddObject takes the reference only where it succeeds. */
static inline int
add_reference(PyObject *module, const char *name, PyObject *object)
{
    Py_INCREF(object);
    if (PyModule_AddObject(module, name, object) < 0) {
        Py_DECREF(object);
        return -1;
    }
    return 0;
}

/* Raises TypeError unless the count of arguments is right. */
static inline int
has_count(const char *function, Py_ssize_t found, Py_ssize_t expected)
{
    if (found == expected) {
        return 1;
    }
    PyErr_Format(PyExc_TypeError, "%s() takes %zd arguments (%zd given)", function, expected, found);
    return 0;
}

/* An argument as a double, or -1 with an exception. */
static inline int
as_double(PyObject *object, double *value)
{
    *value = PyFloat_AsDouble(object);
    return *value == -1.0 && PyErr_Occurred() ? -1 : 0;
}

/* An argument as a long, or -1 with an exception. */
static inline int
as_long(PyObject *object, long *value)
{
    *value = PyLong_AsLong(object);
    return *value == -1 && PyErr_Occurred() ? -1 : 0;
}
