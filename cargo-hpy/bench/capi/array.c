/* capi/array.c: an array of C doubles: items, arithmetic that makes new arrays, and a list of its values. */
#include "sample.h"

typedef struct {
    PyObject_HEAD
    Py_ssize_t size;
    double *values;
} Array;

/* An array whose values are not set. No class is below the type. */
static Array *
make(PyTypeObject *type, Py_ssize_t size)
{
    Array *array = (Array *)type->tp_alloc(type, 0);
    if (array == NULL) {
        return NULL;
    }
    array->values = PyMem_Malloc((size_t)size * sizeof(double));
    if (array->values == NULL) {
        Py_DECREF(array);
        PyErr_NoMemory();
        return NULL;
    }
    array->size = size;
    return array;
}

static PyObject *
Array_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *values, *items;
    Array *array;
    Py_ssize_t i;
    (void)kwargs;
    if (!PyArg_ParseTuple(args, "O:Array", &values)
        || (items = PySequence_Fast(values, "a sequence of numbers is needed")) == NULL) {
        return NULL;
    }
    array = make(type, PySequence_Fast_GET_SIZE(items));
    for (i = 0; array != NULL && i < array->size; i++) {
        /* The __float__ of an item can make a list shorter. */
        if (i >= PySequence_Fast_GET_SIZE(items)) {
            PyErr_SetString(PyExc_ValueError, "the sequence has another length now");
            Py_CLEAR(array);
        }
        else if (as_double(PySequence_Fast_GET_ITEM(items, i), &array->values[i]) < 0) {
            Py_CLEAR(array);
        }
    }
    Py_DECREF(items);
    return (PyObject *)array;
}

static void
Array_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyMem_Free(((Array *)self)->values);
    type->tp_free(self);
    Py_DECREF(type);
}

static Py_ssize_t
Array_length(PyObject *self)
{
    return ((Array *)self)->size;
}

static PyObject *
Array_item(PyObject *self, Py_ssize_t index)
{
    Array *array = (Array *)self;
    if (index < 0 || index >= array->size) {
        PyErr_SetString(PyExc_IndexError, "array index out of range");
        return NULL;
    }
    return PyFloat_FromDouble(array->values[index]);
}

static int
Array_ass_item(PyObject *self, Py_ssize_t index, PyObject *value)
{
    Array *array = (Array *)self;
    double number;
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "items of an array cannot be deleted");
        return -1;
    }
    if (index < 0 || index >= array->size) {
        PyErr_SetString(PyExc_IndexError, "array index out of range");
        return -1;
    }
    if (as_double(value, &number) < 0) {
        return -1;
    }
    array->values[index] = number;
    return 0;
}

/* One of the two is an array, so both are if they have one type. */
static PyObject *
Array_add(PyObject *left, PyObject *right)
{
    Array *a = (Array *)left, *b = (Array *)right, *sum;
    Py_ssize_t i;
    if (!Py_IS_TYPE(right, Py_TYPE(left))) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    if (a->size != b->size) {
        PyErr_SetString(PyExc_ValueError, "the arrays have different lengths");
        return NULL;
    }
    sum = make(Py_TYPE(left), a->size);
    if (sum != NULL) {
        for (i = 0; i < a->size; i++) {
            sum->values[i] = a->values[i] + b->values[i];
        }
    }
    return (PyObject *)sum;
}

/* One of the two is an array: that which is no float, if the other is one. */
static PyObject *
Array_multiply(PyObject *left, PyObject *right)
{
    PyObject *self = left, *number = right;
    Array *array, *product;
    double factor;
    Py_ssize_t i;
    if (PyFloat_Check(left)) {
        self = right;
        number = left;
    }
    if (!PyFloat_Check(number)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    factor = PyFloat_AS_DOUBLE(number);
    array = (Array *)self;
    product = make(Py_TYPE(self), array->size);
    if (product != NULL) {
        for (i = 0; i < array->size; i++) {
            product->values[i] = array->values[i] * factor;
        }
    }
    return (PyObject *)product;
}

static PyObject *
Array_tolist(PyObject *self, PyObject *Py_UNUSED(none))
{
    Array *array = (Array *)self;
    PyObject *list = PyList_New(array->size);
    Py_ssize_t i;
    if (list == NULL) {
        return NULL;
    }
    for (i = 0; i < array->size; i++) {
        PyObject *number = PyFloat_FromDouble(array->values[i]);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyMethodDef methods[] = {
    {"tolist", Array_tolist, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyType_Slot slots[] = {
    {Py_tp_new, (void *)Array_new},
    {Py_tp_dealloc, (void *)Array_dealloc},
    {Py_sq_length, (void *)Array_length},
    {Py_sq_item, (void *)Array_item},
    {Py_sq_ass_item, (void *)Array_ass_item},
    {Py_nb_add, (void *)Array_add},
    {Py_nb_multiply, (void *)Array_multiply},
    {Py_tp_methods, methods},
    {0, NULL},
};
PyType_Spec array_spec = {
    .name = "sample.Array",
    .basicsize = sizeof(Array),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = slots,
};
