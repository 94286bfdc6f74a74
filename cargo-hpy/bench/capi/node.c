/* capi/node.c: a type whose instances refer to others, can be collected, and are called. */
#include "sample.h"

typedef struct {
    PyObject_HEAD
    PyObject *next;
    vectorcallfunc call;
} Node;

static PyObject *
Node_call(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyObject *result;
    if (kwnames != NULL || PyVectorcall_NARGS(nargsf) != 1) {
        PyErr_SetString(PyExc_TypeError, "a node takes one argument");
        return NULL;
    }
    (void)self;
    result = args[0];
    Py_INCREF(result);
    return result;
}

static PyObject *
Node_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    Node *node;
    PyObject *next = NULL;
    if (kwargs == NULL && PyTuple_GET_SIZE(args) == 1) {
        next = PyTuple_GET_ITEM(args, 0);
    }
    else {
        static char *names[] = {"next", NULL};
        if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|O:Node", names, &next)) {
            return NULL;
        }
    }
    node = (Node *)type->tp_alloc(type, 0);
    if (node != NULL) {
        node->call = Node_call;
        Py_XINCREF(next);
        node->next = next;
    }
    return (PyObject *)node;
}

static int
Node_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((Node *)self)->next);
    Py_VISIT(Py_TYPE(self));
    return 0;
}

static int
Node_clear(PyObject *self)
{
    Py_CLEAR(((Node *)self)->next);
    return 0;
}

static void
Node_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, Node_dealloc)
    Node_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
    Py_TRASHCAN_END
}

static PyObject *
Node_get_next(PyObject *self, void *Py_UNUSED(closure))
{
    PyObject *next = ((Node *)self)->next;
    if (next == NULL) {
        Py_RETURN_NONE;
    }
    Py_INCREF(next);
    return next;
}

static int
Node_set_next(PyObject *self, PyObject *value, void *Py_UNUSED(closure))
{
    PyObject *old = ((Node *)self)->next;
    Py_XINCREF(value);
    ((Node *)self)->next = value;
    Py_XDECREF(old);
    return 0;
}

static PyMemberDef members[] = {
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(Node, call), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyGetSetDef getsets[] = {
    {"next", Node_get_next, Node_set_next, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot slots[] = {
    {Py_tp_new, (void *)Node_new},
    {Py_tp_traverse, (void *)Node_traverse},
    {Py_tp_clear, (void *)Node_clear},
    {Py_tp_dealloc, (void *)Node_dealloc},
    {Py_tp_call, (void *)PyVectorcall_Call},
    {Py_tp_members, members},
    {Py_tp_getset, getsets},
    {0, NULL},
};

PyType_Spec node_spec = {
    .name = "sample.Node",
    .basicsize = sizeof(Node),
#if PY_VERSION_HEX >= 0x030C0000
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
#else
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | _Py_TPFLAGS_HAVE_VECTORCALL,
#endif
    .slots = slots,
};
