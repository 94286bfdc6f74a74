/* capi/functions.c: calls, arguments, containers, attributes. */
#include "sample.h"

static PyObject *
noargs(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    Py_RETURN_NONE;
}

static PyObject *
one(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_INCREF(arg);
    return arg;
}

static PyObject *
third(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    if (!has_count("third", nargs, 3)) {
        return NULL;
    }
    Py_INCREF(args[2]);
    return args[2];
}

static PyObject *
add(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    long a, b;
    if (!has_count("add", nargs, 2) || as_long(args[0], &a) < 0 || as_long(args[1], &b) < 0) {
        return NULL;
    }
    return PyLong_FromLong(a + b);
}

static PyObject *
add_parsed(PyObject *Py_UNUSED(module), PyObject *args)
{
    long a, b;
    if (!PyArg_ParseTuple(args, "ll", &a, &b)) {
        return NULL;
    }
    return PyLong_FromLong(a + b);
}

static PyObject *
add_objects(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *a, *b;
    if (!PyArg_ParseTuple(args, "OO", &a, &b)) {
        return NULL;
    }
    return PyNumber_Add(a, b);
}

/* Keywords come from the code of the caller, where they are interned: the pointers are equal. */
static PyObject *
scale(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    PyObject *factor_arg = nargs == 2 ? args[1] : NULL;
    Py_ssize_t i, count = kwnames == NULL ? 0 : PyTuple_GET_SIZE(kwnames);
    long value, factor = 2;
    if (nargs < 1 || nargs > 2) {
        return PyErr_Format(PyExc_TypeError, "scale() takes 1 or 2 arguments (%zd given)", nargs);
    }
    for (i = 0; i < count; i++) {
        PyObject *name = PyTuple_GET_ITEM(kwnames, i);
        PyObject *expected = state_of(module)->name_factor;
        if (name != expected && PyUnicode_Compare(name, expected) != 0) {
            return PyErr_Format(PyExc_TypeError, "scale() got an unexpected keyword argument '%U'", name);
        }
        if (factor_arg != NULL) {
            return PyErr_Format(PyExc_TypeError, "scale() got multiple values for argument 'factor'");
        }
        factor_arg = args[nargs + i];
    }
    if (as_long(args[0], &value) < 0 || (factor_arg != NULL && as_long(factor_arg, &factor) < 0)) {
        return NULL;
    }
    return PyLong_FromLong(value * factor);
}

static PyObject *
scale_parsed(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"", "factor", NULL};
    long value, factor = 2;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "l|l:scale_parsed", names, &value, &factor)) {
        return NULL;
    }
    return PyLong_FromLong(value * factor);
}

static PyObject *
build(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    return Py_BuildValue("(lds)", 1L, 2.5, "three");
}

static PyObject *
text(PyObject *Py_UNUSED(module), PyObject *arg)
{
    long number;
    if (as_long(arg, &number) < 0) {
        return NULL;
    }
    return PyUnicode_FromFormat("number %ld of %s", number, "many");
}

static PyObject *
fail(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    PyErr_SetString(PyExc_ValueError, "this function fails");
    return NULL;
}

static PyObject *
get_value(PyObject *module, PyObject *arg)
{
    return PyObject_GetAttr(arg, state_of(module)->name_value);
}

static PyObject *
get_value_s(PyObject *Py_UNUSED(module), PyObject *arg)
{
    return PyObject_GetAttrString(arg, "value");
}

static PyObject *
set_value(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    if (!has_count("set_value", nargs, 2) || PyObject_SetAttr(args[0], state_of(module)->name_value, args[1]) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
first(PyObject *Py_UNUSED(module), PyObject *arg)
{
    return PySequence_GetItem(arg, 0);
}

static PyObject *
item(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    return has_count("item", nargs, 2) ? PyObject_GetItem(args[0], args[1]) : NULL;
}

static PyObject *
set_first(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    if (!has_count("set_first", nargs, 2) || PySequence_SetItem(args[0], 0, args[1]) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
call(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    return has_count("call", nargs, 2) ? PyObject_CallOneArg(args[0], args[1]) : NULL;
}

static PyObject *
make_list(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *list;
    long i, size;
    if (as_long(arg, &size) < 0 || (list = PyList_New(size)) == NULL) {
        return NULL;
    }
    for (i = 0; i < size; i++) {
        PyObject *number = PyLong_FromLong(i);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
make_tuple(PyObject *Py_UNUSED(module), PyObject *arg)
{
    return PyTuple_Pack(3, arg, arg, arg);
}

/* Of any sequence, and of a list without a call for each item. */
static PyObject *
sum_list(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *items = PySequence_Fast(arg, "a sequence is needed");
    Py_ssize_t i;
    long sum = 0;
    if (items == NULL) {
        return NULL;
    }
    for (i = 0; i < PySequence_Fast_GET_SIZE(items); i++) {
        long value;
        if (as_long(PySequence_Fast_GET_ITEM(items, i), &value) < 0) {
            Py_DECREF(items);
            return NULL;
        }
        sum += value;
    }
    Py_DECREF(items);
    return PyLong_FromLong(sum);
}

/* The sum of what a function gives for the numbers below a size. */
static PyObject *
sum_of(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    long i, size, sum = 0;
    if (!has_count("sum_of", nargs, 2) || as_long(args[1], &size) < 0) {
        return NULL;
    }
    for (i = 0; i < size; i++) {
        PyObject *number = PyLong_FromLong(i), *result;
        long value;
        int failed;
        if (number == NULL) {
            return NULL;
        }
        result = PyObject_CallOneArg(args[0], number);
        Py_DECREF(number);
        if (result == NULL) {
            return NULL;
        }
        failed = as_long(result, &value);
        Py_DECREF(result);
        if (failed < 0) {
            return NULL;
        }
        sum += value;
    }
    return PyLong_FromLong(sum);
}

PyMethodDef functions[] = {
    {"noargs", noargs, METH_NOARGS, NULL},
    {"one", one, METH_O, NULL},
    {"third", FAST(third), METH_FASTCALL, NULL},
    {"add", FAST(add), METH_FASTCALL, NULL},
    {"add_parsed", add_parsed, METH_VARARGS, NULL},
    {"add_objects", add_objects, METH_VARARGS, NULL},
    {"scale", FAST(scale), METH_FASTCALL | METH_KEYWORDS, NULL},
    {"scale_parsed", FAST(scale_parsed), METH_VARARGS | METH_KEYWORDS, NULL},
    {"build", build, METH_NOARGS, NULL},
    {"text", text, METH_O, NULL},
    {"fail", fail, METH_NOARGS, NULL},
    {"get_value", get_value, METH_O, NULL},
    {"get_value_s", get_value_s, METH_O, NULL},
    {"set_value", FAST(set_value), METH_FASTCALL, NULL},
    {"first", first, METH_O, NULL},
    {"item", FAST(item), METH_FASTCALL, NULL},
    {"set_first", FAST(set_first), METH_FASTCALL, NULL},
    {"call", FAST(call), METH_FASTCALL, NULL},
    {"make_list", make_list, METH_O, NULL},
    {"make_tuple", make_tuple, METH_O, NULL},
    {"sum_list", sum_list, METH_O, NULL},
    {"sum_of", FAST(sum_of), METH_FASTCALL, NULL},
    {"encode", encode, METH_O, NULL},
    {"decode", decode, METH_O, NULL},
    {"write_document", write_document, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
