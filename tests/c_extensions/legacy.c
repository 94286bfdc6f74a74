/* tests/c_extensions/legacy.c: HPy beside CPython's own API: legacy methods, slots, members, and pointers to objects. */
#include "hpy.h"
#include <structmember.h>

typedef struct {
    PyObject_HEAD
    long number;
} Counter;

HPyType_LEGACY_HELPERS(Counter)

static PyObject *Counter_old(PyObject *self, PyObject *args)
{
    (void)args;
    return PyLong_FromLong(((Counter *)self)->number * 10);
}

HPyDef_METH(Counter_increase, "increase", HPyFunc_NOARGS)
static HPy Counter_increase_impl(HPyContext *ctx, HPy self)
{
    return HPyLong_FromLong(ctx, ++Counter_AsStruct(ctx, self)->number);
}

HPyDef_SLOT(Counter_new, HPy_tp_new)
static HPy Counter_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Counter *counter;
    long start = 0;
    HPy h;
    (void)kw;
    if (!HPyArg_Parse(ctx, NULL, args, (size_t)nargs, "|l", &start)) {
        return HPy_NULL;
    }
    h = HPy_New(ctx, type, &counter);
    if (!HPy_IsNull(h)) {
        counter->number = start;
    }
    return h;
}

static PyObject *Counter_repr(PyObject *self)
{
    return PyUnicode_FromFormat("<%ld>", ((Counter *)self)->number);
}

static PyMethodDef counter_methods[] = {
    {"old", Counter_old, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyMemberDef counter_members[] = {
    {"number", T_LONG, offsetof(Counter, number), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyType_Slot counter_slots[] = {
    {Py_tp_methods, counter_methods},
    {Py_tp_members, counter_members},
    {Py_tp_repr, (void *)(intptr_t)Counter_repr},
    {0, NULL},
};
static HPyDef *counter_defines[] = {&Counter_increase, &Counter_new, NULL};
static HPyType_Spec counter_spec = {
    .name = "legacy.Counter",
    .basicsize = sizeof(Counter),
    .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
    .builtin_shape = SHAPE(Counter),
    .legacy_slots = counter_slots,
    .defines = counter_defines,
};

static PyObject *old_function(PyObject *self, PyObject *arg)
{
    (void)self;
    return PyNumber_Negative(arg);
}

HPyDef_METH(through, "through", HPyFunc_O)
static HPy through_impl(HPyContext *ctx, HPy self, HPy arg)
{
    PyObject *object = HPy_AsPyObject(ctx, arg);
    PyObject *list = Py_BuildValue("[N]", object);
    HPy h = HPy_FromPyObject(ctx, list);
    (void)self;
    Py_XDECREF(list);
    return h;
}

HPyDef_SLOT(exec, HPy_mod_exec)
static int exec_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Counter", &counter_spec, NULL) ? 0 : -1;
}

static PyMethodDef old_methods[] = {
    {"old_function", old_function, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static HPyDef *defines[] = {&through, &exec, NULL};
static HPyModuleDef definition = {.legacy_methods = old_methods, .defines = defines};

HPy_MODINIT(legacy, definition)
