/* abi-tests/c/towers.c: types one above the other: HPy types that visit more or less, and types of CPython's own API between. */
#define FAMILY towers
#include "legacy.h"
#include <structmember.h>

/* The struct of the highest type has one field, that of each type below it one more. */
typedef struct {
    HPyField fields[4];
} Fields;

HPyType_HELPERS(Fields)

static long long destroyed_count;

HPyDef_SLOT(towers_destroy, HPy_tp_destroy)
static void towers_destroy_impl(void *self)
{
    (void)self;
    destroyed_count++;
}

HPyDef_SLOT(towers_call, HPy_tp_call)
static HPy towers_call_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs, HPy kwnames)
{
    (void)self;
    (void)args;
    (void)kwnames;
    return HPyLong_FromSize_t(ctx, nargs);
}

static int visit_fields(void *self, int first, int end, HPyFunc_visitproc visit, void *arg)
{
    Fields *all = (Fields *)self;
    for (int index = first; index < end; index++) {
        HPy_VISIT(&all->fields[index]);
    }
    return 0;
}

/* The definitions of the type at one depth, whose own field has this index. */
#define DEPTH(INDEX) \
    HPyDef_SLOT(towers_own##INDEX, HPy_tp_traverse) \
    static int towers_own##INDEX##_impl(void *self, HPyFunc_visitproc visit, void *arg) \
    { \
        return visit_fields(self, INDEX, INDEX + 1, visit, arg); \
    } \
    HPyDef_SLOT(towers_all##INDEX, HPy_tp_traverse) \
    static int towers_all##INDEX##_impl(void *self, HPyFunc_visitproc visit, void *arg) \
    { \
        return visit_fields(self, 0, INDEX + 1, visit, arg); \
    } \
    HPyDef_GETSET(towers_field##INDEX, "field" #INDEX) \
    static HPy towers_field##INDEX##_get(HPyContext *ctx, HPy self, void *closure) \
    { \
        HPy h = HPyField_Load(ctx, self, Fields_AsStruct(ctx, self)->fields[INDEX]); \
        (void)closure; \
        return HPy_IsNull(h) ? HPy_Dup(ctx, ctx->h_None) : h; \
    } \
    static int towers_field##INDEX##_set(HPyContext *ctx, HPy self, HPy value, void *closure) \
    { \
        (void)closure; \
        HPyField_Store(ctx, self, &Fields_AsStruct(ctx, self)->fields[INDEX], value); \
        return 0; \
    }

DEPTH(0)
DEPTH(1)
DEPTH(2)
DEPTH(3)

static HPyDef *const own[] = {&towers_own0, &towers_own1, &towers_own2, &towers_own3};
static HPyDef *const all[] = {&towers_all0, &towers_all1, &towers_all2, &towers_all3};
static HPyDef *const field[] = {&towers_field0, &towers_field1, &towers_field2, &towers_field3};

/* What `level` is asked for, as bits; the lowest ones are the depth. */
enum { VISITS_OWN = 1 << 4, VISITS_ALL = 1 << 5, COLLECTED = 1 << 6, DESTROYS = 1 << 7, CALLED = 1 << 8, STRUCT = 1 << 9 };

static HPy make(HPyContext *ctx, HPy base, long kind)
{
    int depth = (int)(kind & 3), count = 0;
    HPyDef *defines[6] = {NULL};
    HPyType_Spec spec = {.name = "towers.Level", .flags = HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE, .defines = defines};
    HPyType_SpecParam params[] = {{HPyType_SpecParam_Base, base}, {(HPyType_SpecParam_Kind)0, HPy_NULL}};
    if (kind & STRUCT) {
        spec.basicsize = (depth + 1) * (int)sizeof(HPyField);
        defines[count++] = field[depth];
    }
    if (kind & VISITS_OWN) {
        defines[count++] = own[depth];
    }
    if (kind & VISITS_ALL) {
        defines[count++] = all[depth];
    }
    if (kind & DESTROYS) {
        defines[count++] = &towers_destroy;
    }
    if (kind & CALLED) {
        defines[count++] = &towers_call;
    }
    if (kind & COLLECTED) {
        spec.flags |= HPy_TPFLAGS_HAVE_GC;
    }
    return HPyType_FromSpec(ctx, &spec, params);
}

/* The types of CPython's own API that know themselves, as their functions need it. */
static PyTypeObject *known[3];

/* The field of a foreign type: the last word of its instances. */
static PyObject **foreign_field(PyObject *object, int number)
{
    return (PyObject **)(void *)((char *)object + known[number]->tp_basicsize) - 1;
}

static int foreign_visit(PyObject *object, visitproc visit, void *arg, int number)
{
    PyTypeObject *base = known[number]->tp_base;
    Py_VISIT(*foreign_field(object, number));
    /* The rule of CPython: the object's type is visited by the highest type that was made at run time. */
    if (base->tp_traverse == NULL || !PyType_HasFeature(base, Py_TPFLAGS_HEAPTYPE)) {
        Py_VISIT(Py_TYPE(object));
    }
    return base->tp_traverse == NULL ? 0 : base->tp_traverse(object, visit, arg);
}

static int foreign_empty(PyObject *object, int number)
{
    PyTypeObject *base = known[number]->tp_base;
    Py_CLEAR(*foreign_field(object, number));
    return base->tp_clear == NULL ? 0 : base->tp_clear(object);
}

static void foreign_free(PyObject *object, int number)
{
    PyTypeObject *type = Py_TYPE(object), *base = known[number]->tp_base;
    int is_heap = PyType_HasFeature(base, Py_TPFLAGS_HEAPTYPE) != 0;
    if (PyType_IS_GC(type)) {
        PyObject_GC_UnTrack(object);
    }
    Py_CLEAR(*foreign_field(object, number));
    if (PyType_IS_GC(type) && PyType_IS_GC(base)) {
        PyObject_GC_Track(object);
    }
    base->tp_dealloc(object);
    if (!is_heap) {
        Py_DECREF(type);
    }
}

#define FOREIGN(NUMBER) \
    static int traverse##NUMBER(PyObject *object, visitproc visit, void *arg) { return foreign_visit(object, visit, arg, NUMBER); } \
    static int clear##NUMBER(PyObject *object) { return foreign_empty(object, NUMBER); } \
    static void dealloc##NUMBER(PyObject *object) { foreign_free(object, NUMBER); }

FOREIGN(0)
FOREIGN(1)
FOREIGN(2)

static const traverseproc foreign_traverse[] = {traverse0, traverse1, traverse2};
static const inquiry foreign_clear[] = {clear0, clear1, clear2};
static const destructor foreign_dealloc[] = {dealloc0, dealloc1, dealloc2};
static const char *const foreign_name[] = {"foreign0", "foreign1", "foreign2"};

enum { FOREIGN_DEALLOC = 1, FOREIGN_TRAVERSE = 2 };

static HPy foreign(HPyContext *ctx, HPy h_base, long number, long kind)
{
    PyObject *base = HPy_AsPyObject(ctx, h_base), *bases = PyTuple_Pack(1, base), *made;
    Py_ssize_t size = ((PyTypeObject *)base)->tp_basicsize;
    PyMemberDef members[] = {{foreign_name[number], T_OBJECT, size, 0, NULL}, {NULL, 0, 0, 0, NULL}};
    PyType_Slot slots[5] = {{Py_tp_members, members}};
    int count = 1;
    PyType_Spec spec = {
        .name = "towers.Foreign",
        .basicsize = (int)size + (int)sizeof(PyObject *),
        .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
        .slots = slots,
    };
    HPy h;
    if (kind & FOREIGN_DEALLOC) {
        slots[count++] = (PyType_Slot){Py_tp_dealloc, (void *)(intptr_t)foreign_dealloc[number]};
    }
    if (kind & FOREIGN_TRAVERSE) {
        slots[count++] = (PyType_Slot){Py_tp_traverse, (void *)(intptr_t)foreign_traverse[number]};
        slots[count++] = (PyType_Slot){Py_tp_clear, (void *)(intptr_t)foreign_clear[number]};
        spec.flags |= Py_TPFLAGS_HAVE_GC;
    }
    made = PyType_FromSpecWithBases(&spec, bases);
    known[number] = (PyTypeObject *)made;
    h = HPy_FromPyObject(ctx, made);
    Py_XDECREF(made);
    Py_DECREF(bases);
    Py_DECREF(base);
    return h;
}

static long long take_destroyed(void)
{
    long long count = destroyed_count;
    destroyed_count = 0;
    return count;
}

HANDLE(level, (ctx, base, kind), make(ctx, base, HPyLong_AsLong(ctx, kind)))
HANDLE(foreign_type, (ctx, base, number, kind),
       foreign(ctx, base, HPyLong_AsLong(ctx, number), HPyLong_AsLong(ctx, kind)))
INT64(destroyed, (ctx), take_destroyed())

MODULE(DEF(level), DEF(foreign_type), DEF(destroyed))
