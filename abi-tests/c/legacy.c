/* abi-tests/c/legacy.c: CPython's own API beside HPy's: objects both ways, legacy methods, slots and types. */
#define FAMILY legacy
#include "legacy.h"
#include <structmember.h>

static HPy through(HPyContext *ctx, HPy h)
{
    PyObject *object = HPy_AsPyObject(ctx, h);
    HPy result = HPy_FromPyObject(ctx, object);
    Py_DECREF(object);
    return result;
}

HANDLE(there_and_back, (ctx, h), through(ctx, h))
BOOL(null, (ctx), HPy_AsPyObject(ctx, HPy_NULL) == NULL && HPy_IsNull(HPy_FromPyObject(ctx, NULL)))

MODULE(DEF(there_and_back), DEF(null))

static PyObject *noargs(PyObject *self, PyObject *args)
{
    (void)args;
    Py_INCREF(self);
    return self;
}

static PyObject *one(PyObject *self, PyObject *arg)
{
    (void)self;
    return PyTuple_Pack(2, arg, arg);
}

PyMethodDef legacy_method_table[] = {
    {"legacy_noargs", noargs, METH_NOARGS, "a legacy method"},
    {"legacy_one", one, METH_O, "a legacy method"},
    {NULL, NULL, 0, NULL},
};

/* The struct of a legacy type: it has CPython's head itself. */
typedef struct {
    PyObject_HEAD
    long number;
    PyObject *object;
} Legacy;

HPyType_LEGACY_HELPERS(Legacy)

static PyMemberDef members[] = {
    {"legacy_number", T_LONG, offsetof(Legacy, number), 0, NULL},
    {"legacy_object", T_OBJECT_EX, offsetof(Legacy, object), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyObject *get(PyObject *self, void *closure)
{
    (void)self;
    return PyLong_FromSize_t((uintptr_t)closure);
}

static PyGetSetDef getsets[] = {
    {"legacy_get", get, NULL, NULL, (void *)5},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyObject *repr(PyObject *self)
{
    (void)self;
    return PyUnicode_FromString("legacy repr");
}

static PyObject *call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    (void)kwargs;
    return PyTuple_Pack(2, self, args);
}

static int traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(((Legacy *)self)->object);
    return 0;
}

static int clear(PyObject *self)
{
    Py_CLEAR(((Legacy *)self)->object);
    return 0;
}

static void dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    if (PyType_IS_GC(type)) {
        PyObject_GC_UnTrack(self);
    }
    clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

/* Frees an instance of a type below list. */
static void dealloc_of_list(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyList_Type.tp_dealloc(self);
    Py_DECREF(type);
}

#define FUNCTION(function) ((void *)(intptr_t)(function))

static PyType_Slot slot_of(const char *name)
{
    static char doc[] = "a legacy doc";
    const struct {
        const char *name;
        PyType_Slot slot;
    } all[] = {
        {"methods", {Py_tp_methods, legacy_method_table}}, {"members", {Py_tp_members, members}},
        {"getset", {Py_tp_getset, getsets}},               {"repr", {Py_tp_repr, FUNCTION(repr)}},
        {"call", {Py_tp_call, FUNCTION(call)}},            {"doc", {Py_tp_doc, doc}},
        {"traverse", {Py_tp_traverse, FUNCTION(traverse)}}, {"clear", {Py_tp_clear, FUNCTION(clear)}},
        {"dealloc", {Py_tp_dealloc, FUNCTION(dealloc)}},
        {"dealloc_of_list", {Py_tp_dealloc, FUNCTION(dealloc_of_list)}},
    };
    size_t index = 0;
    while (strcmp(all[index].name, name) != 0) {
        index++;
        assert(index < sizeof all / sizeof all[0]);
    }
    return all[index].slot;
}

void *legacy_slots(HPyContext *ctx, HPy names)
{
    Items all = items(ctx, names);
    PyType_Slot *slots = NULL;
    size_t index;
    if (all.count > 0) {
        slots = (PyType_Slot *)calloc(all.count + 1, sizeof *slots);
        assert(slots != NULL);
        for (index = 0; index < all.count; index++) {
            slots[index] = slot_of(c_string(ctx, all.handles[index]));
        }
    }
    close_all(ctx, all);
    return slots;
}

SIZE(legacy_struct_size, (ctx), sizeof(Legacy))

static HPyDef *methods_defines[] = {DEF(legacy_struct_size), NULL};
static HPyModuleDef methods_definition = {
    .doc = "both kinds", .legacy_methods = LEGACY_METHODS, .defines = methods_defines,
};
HPy_MODINIT(legacy_methods, methods_definition)

/* How many instances are gone whose struct was intact. */
static long long destroyed_count;

HPyDef_SLOT(legacy_new, HPy_tp_new)
static HPy legacy_new_impl(HPyContext *ctx, HPy class, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    Legacy *self;
    HPy h = HPy_New(ctx, class, &self);
    PyObject *object;
    (void)args;
    (void)kw;
    if (!HPy_IsNull(h)) {
        object = HPy_AsPyObject(ctx, h);
        /* The struct is the object itself. */
        assert((PyObject *)self == object && Legacy_AsStruct(ctx, h) == self);
        Py_DECREF(object);
        self->number = (long)nargs;
    }
    return h;
}

HPyDef_SLOT(legacy_destroy, HPy_tp_destroy)
static void legacy_destroy_impl(void *self)
{
    destroyed_count += ((Legacy *)self)->number == 42;
}

HPyDef_MEMBER(legacy_number, "number", HPyMember_LONG, offsetof(Legacy, number))
HPyDef_METH(legacy_double, "double", HPyFunc_NOARGS)
static HPy legacy_double_impl(HPyContext *ctx, HPy self)
{
    return HPyLong_FromLong(ctx, 2 * Legacy_AsStruct(ctx, self)->number);
}

INT64(destroyed, (ctx), destroyed_count)

HPyDef_SLOT(legacy_exec, HPy_mod_exec)
static int legacy_exec_impl(HPyContext *ctx, HPy module)
{
    static HPyDef *defines_of_mixed[] = {DEF(new), DEF(destroy), DEF(number), DEF(double), NULL};
    PyType_Slot slots[] = {slot_of("methods"), slot_of("members"), slot_of("getset"), slot_of("repr"), {0, NULL}};
    /* The type keeps nothing of its description. */
    HPyType_Spec mixed = {
        .name = "legacy.Mixed",
        .basicsize = sizeof(Legacy),
        .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
        .builtin_shape = SHAPE(Legacy),
        .legacy_slots = slots,
        .defines = defines_of_mixed,
    };
    return HPyHelpers_AddType(ctx, module, "Mixed", &mixed, NULL) ? 0 : -1;
}

static HPyDef *types_defines[] = {DEF(exec), DEF(destroyed), NULL};
static HPyModuleDef types_definition = {.defines = types_defines};
HPy_MODINIT(legacy_types, types_definition)
