/* capi/point.c: a type with a struct: its constructor, methods of each convention, members, and slots. */
#include "sample.h"

typedef struct {
    PyObject_HEAD
    double x;
    double y;
} Point;

static PyObject *
make(PyTypeObject *type, double x, double y)
{
    Point *point = (Point *)type->tp_alloc(type, 0);
    if (point != NULL) {
        point->x = x;
        point->y = y;
    }
    return (PyObject *)point;
}

/* The usual call has two positional arguments. */
static PyObject *
Point_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"x", "y", NULL};
    double x, y;
    if (kwargs == NULL && PyTuple_GET_SIZE(args) == 2) {
        if (as_double(PyTuple_GET_ITEM(args, 0), &x) < 0 || as_double(PyTuple_GET_ITEM(args, 1), &y) < 0) {
            return NULL;
        }
    }
    else if (!PyArg_ParseTupleAndKeywords(args, kwargs, "dd:Point", names, &x, &y)) {
        return NULL;
    }
    return make(type, x, y);
}

static void
Point_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *
Point_norm2(PyObject *self, PyObject *Py_UNUSED(none))
{
    Point *point = (Point *)self;
    return PyFloat_FromDouble(point->x * point->x + point->y * point->y);
}

static PyObject *
Point_times(PyObject *self, PyObject *arg)
{
    double factor;
    return as_double(arg, &factor) < 0 ? NULL : PyFloat_FromDouble(((Point *)self)->x * factor);
}

static PyObject *
Point_dot(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Point *point = (Point *)self;
    double x, y;
    if (!has_count("dot", nargs, 2) || as_double(args[0], &x) < 0 || as_double(args[1], &y) < 0) {
        return NULL;
    }
    return PyFloat_FromDouble(point->x * x + point->y * y);
}

static PyObject *
Point_grown(PyObject *self, PyTypeObject *defining, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    PyObject *by = nargs == 1 ? args[0] : NULL;
    Py_ssize_t i, count = kwnames == NULL ? 0 : PyTuple_GET_SIZE(kwnames);
    double factor = 2.0;
    if (nargs > 1) {
        return PyErr_Format(PyExc_TypeError, "grown() takes at most 1 argument (%zd given)", nargs);
    }
    for (i = 0; i < count; i++) {
        PyObject *name = PyTuple_GET_ITEM(kwnames, i);
        PyObject *expected = ((State *)PyType_GetModuleState(defining))->name_factor;
        if (name != expected && PyUnicode_Compare(name, expected) != 0) {
            return PyErr_Format(PyExc_TypeError, "grown() got an unexpected keyword argument '%U'", name);
        }
        if (by != NULL) {
            return PyErr_Format(PyExc_TypeError, "grown() got multiple values for argument 'factor'");
        }
        by = args[nargs + i];
    }
    if (by != NULL && as_double(by, &factor) < 0) {
        return NULL;
    }
    return PyFloat_FromDouble(((Point *)self)->x * factor);
}

static PyObject *
Point_get_sum(PyObject *self, void *Py_UNUSED(closure))
{
    return PyFloat_FromDouble(((Point *)self)->x + ((Point *)self)->y);
}

static int
Point_set_sum(PyObject *self, PyObject *value, void *Py_UNUSED(closure))
{
    double sum;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "sum cannot be deleted");
        return -1;
    }
    if (as_double(value, &sum) < 0) {
        return -1;
    }
    ((Point *)self)->x = sum - ((Point *)self)->y;
    return 0;
}

static PyObject *
Point_add(PyObject *left, PyObject *right)
{
    /* The slot is called for a point on either side. */
    PyTypeObject *type = Py_TYPE(left);
    if (!PyObject_TypeCheck(right, type)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    return make(type, ((Point *)left)->x + ((Point *)right)->x, ((Point *)left)->y + ((Point *)right)->y);
}

static PyObject *
Point_negative(PyObject *self)
{
    return PyFloat_FromDouble(-((Point *)self)->x);
}

static int
Point_bool(PyObject *self)
{
    return ((Point *)self)->x != 0.0;
}

static Py_ssize_t
Point_length(PyObject *Py_UNUSED(self))
{
    return 2;
}

static PyObject *
Point_item(PyObject *self, Py_ssize_t index)
{
    if (index < 0 || index > 1) {
        PyErr_SetString(PyExc_IndexError, "a point has two items");
        return NULL;
    }
    return PyFloat_FromDouble(index == 0 ? ((Point *)self)->x : ((Point *)self)->y);
}

static int
Point_contains(PyObject *self, PyObject *value)
{
    double number;
    if (as_double(value, &number) < 0) {
        return -1;
    }
    return number == ((Point *)self)->x || number == ((Point *)self)->y;
}

static PyObject *
Point_richcompare(PyObject *self, PyObject *other, int op)
{
    if (!PyObject_TypeCheck(other, Py_TYPE(self))) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    Py_RETURN_RICHCOMPARE(((Point *)self)->x, ((Point *)other)->x, op);
}

static Py_hash_t
Point_hash(PyObject *self)
{
    return (Py_hash_t)((Point *)self)->x;
}

static PyObject *
Point_repr(PyObject *self)
{
    return PyUnicode_FromFormat("Point(%d, %d)", (int)((Point *)self)->x, (int)((Point *)self)->y);
}

static PyMethodDef methods[] = {
    {"norm2", Point_norm2, METH_NOARGS, NULL},
    {"times", Point_times, METH_O, NULL},
    {"dot", FAST(Point_dot), METH_FASTCALL, NULL},
    {"grown", FAST(Point_grown), METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyMemberDef members[] = {
    {"x", T_DOUBLE, offsetof(Point, x), 0, NULL},
    {"y", T_DOUBLE, offsetof(Point, y), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyGetSetDef getsets[] = {
    {"sum", Point_get_sum, Point_set_sum, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot slots[] = {
    {Py_tp_new, (void *)Point_new},
    {Py_tp_dealloc, (void *)Point_dealloc},
    {Py_tp_methods, methods},
    {Py_tp_members, members},
    {Py_tp_getset, getsets},
    {Py_nb_add, (void *)Point_add},
    {Py_nb_negative, (void *)Point_negative},
    {Py_nb_bool, (void *)Point_bool},
    {Py_sq_length, (void *)Point_length},
    {Py_sq_item, (void *)Point_item},
    {Py_sq_contains, (void *)Point_contains},
    {Py_tp_richcompare, (void *)Point_richcompare},
    {Py_tp_hash, (void *)Point_hash},
    {Py_tp_repr, (void *)Point_repr},
    {0, NULL},
};

#ifndef Py_TPFLAGS_IMMUTABLETYPE
#  define Py_TPFLAGS_IMMUTABLETYPE 0 /* CPython 3.9 does not have it. */
#endif
PyType_Spec point_spec = {
    .name = "sample.Point",
    .basicsize = sizeof(Point),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = slots,
};
