/* capi/algebra.c: small types whose operators make new instances: symbols, terms and sums. */
#include "sample.h"

/* algebra_static.c includes this file, for the same with static types. */
typedef struct {
    PyObject_HEAD
    PyObject *name;
} Symbol;

typedef struct {
    PyObject_HEAD
    PyObject *symbol;
    double coefficient;
} Term;

typedef struct {
    PyObject_HEAD
    PyObject *left;
    PyObject *right;
    double constant;
} Sum;

static PyObject *multiply(PyObject *left, PyObject *right);

#ifdef ALGEBRA_STATIC
static PyTypeObject symbol_type, term_type, sum_type;
static PyTypeObject *const types[] = {&symbol_type, &term_type, &sum_type};
#  define TYPES(left, right) types
#else
/* No class is below one of the types, so the type of an instance is one that knows its module. */
static PyTypeObject **
types_of(PyObject *left, PyObject *right)
{
    PyNumberMethods *numbers = Py_TYPE(left)->tp_as_number;
    PyObject *own = numbers != NULL && numbers->nb_multiply == multiply ? left : right;
    return ((State *)PyType_GetModuleState(Py_TYPE(own)))->algebra;
}
#  define TYPES(left, right) types_of((left), (right))
#endif

enum { SYMBOL, TERM, SUM, NUMBER, OTHER, FAILED };

/* The kind of an operand, and a number's value. */
static int
kind_of(PyTypeObject *const *of, PyObject *object, double *number)
{
    int kind;
    for (kind = SYMBOL; kind <= SUM; kind++) {
        if (PyObject_TypeCheck(object, of[kind])) {
            return kind;
        }
    }
    if (PyFloat_Check(object)) {
        *number = PyFloat_AS_DOUBLE(object);
        return NUMBER;
    }
    if (PyLong_Check(object)) {
        *number = PyLong_AsDouble(object);
        return *number == -1.0 && PyErr_Occurred() ? FAILED : NUMBER;
    }
    return OTHER;
}

static PyObject *
make_term(PyTypeObject *const *of, PyObject *symbol, double coefficient)
{
    Term *term = (Term *)of[TERM]->tp_alloc(of[TERM], 0);
    if (term != NULL) {
        Py_INCREF(symbol);
        term->symbol = symbol;
        term->coefficient = coefficient;
    }
    return (PyObject *)term;
}

static PyObject *
make_sum(PyTypeObject *const *of, PyObject *left, PyObject *right, double constant)
{
    Sum *sum = (Sum *)of[SUM]->tp_alloc(of[SUM], 0);
    if (sum != NULL) {
        Py_INCREF(left);
        sum->left = left;
        Py_XINCREF(right);
        sum->right = right;
        sum->constant = constant;
    }
    return (PyObject *)sum;
}

static PyObject *
multiply(PyObject *left, PyObject *right)
{
    PyTypeObject *const *of = TYPES(left, right);
    double factor = 0.0;
    int right_kind = kind_of(of, right, &factor), left_kind;
    if (right_kind == FAILED) {
        return NULL;
    }
    if (right_kind != NUMBER) {
        PyObject *number = left;
        left = right;
        right = number;
        left_kind = right_kind;
        right_kind = kind_of(of, right, &factor);
    }
    else {
        left_kind = kind_of(of, left, &factor);
    }
    if (left_kind == FAILED || right_kind == FAILED) {
        return NULL;
    }
    if (right_kind == NUMBER && left_kind == SYMBOL) {
        return make_term(of, left, factor);
    }
    if (right_kind == NUMBER && left_kind == TERM) {
        return make_term(of, ((Term *)left)->symbol, ((Term *)left)->coefficient * factor);
    }
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *
add(PyObject *left, PyObject *right)
{
    PyTypeObject *const *of = TYPES(left, right);
    double number = 0.0;
    int left_kind = kind_of(of, left, &number), right_kind = kind_of(of, right, &number);
    if (left_kind == FAILED || right_kind == FAILED) {
        return NULL;
    }
    if (left_kind <= SUM && right_kind <= SUM) {
        return make_sum(of, left, right, 0.0);
    }
    if (left_kind == SUM && right_kind == NUMBER) {
        Sum *sum = (Sum *)left;
        return make_sum(of, sum->left, sum->right, sum->constant + number);
    }
    if (left_kind <= TERM && right_kind == NUMBER) {
        return make_sum(of, left, NULL, number);
    }
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *
Symbol_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    Symbol *symbol;
    PyObject *name;
    (void)kwargs;
    if (!PyArg_ParseTuple(args, "U:Symbol", &name)) {
        return NULL;
    }
    symbol = (Symbol *)type->tp_alloc(type, 0);
    if (symbol != NULL) {
        Py_INCREF(name);
        symbol->name = name;
    }
    return (PyObject *)symbol;
}

/* An instance of a heap type owns a reference to its type. */
#ifdef ALGEBRA_STATIC
#  define VISIT_TYPE(self)
#  define DROP_TYPE(type)
#else
#  define VISIT_TYPE(self) Py_VISIT(Py_TYPE(self));
#  define DROP_TYPE(type) Py_DECREF(type);
#endif
#define COLLECTED(Type, VISIT, CLEAR) \
    static int \
    Type##_traverse(PyObject *self, visitproc visit, void *arg) \
    { \
        VISIT_TYPE(self) \
        VISIT \
        return 0; \
    } \
    static int \
    Type##_clear(PyObject *self) \
    { \
        CLEAR \
        return 0; \
    } \
    static void \
    Type##_dealloc(PyObject *self) \
    { \
        PyTypeObject *type = Py_TYPE(self); \
        PyObject_GC_UnTrack(self); \
        Type##_clear(self); \
        type->tp_free(self); \
        DROP_TYPE(type) \
    }
COLLECTED(Symbol, Py_VISIT(((Symbol *)self)->name);, Py_CLEAR(((Symbol *)self)->name);)
COLLECTED(Term, Py_VISIT(((Term *)self)->symbol);, Py_CLEAR(((Term *)self)->symbol);)
COLLECTED(
    Sum, Py_VISIT(((Sum *)self)->left); Py_VISIT(((Sum *)self)->right);,
    Py_CLEAR(((Sum *)self)->left); Py_CLEAR(((Sum *)self)->right);)

static PyMemberDef term_members[] = {
    {"coefficient", T_DOUBLE, offsetof(Term, coefficient), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyMemberDef sum_members[] = {
    {"constant", T_DOUBLE, offsetof(Sum, constant), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

#ifdef ALGEBRA_STATIC
static PyNumberMethods numbers = {.nb_add = add, .nb_multiply = multiply};
#  define TYPE(variable, Type, MEMBERS, NEW) \
    static PyTypeObject variable = { \
        PyVarObject_HEAD_INIT(NULL, 0) \
        .tp_name = "sample.Old" #Type, \
        .tp_basicsize = sizeof(Type), \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, \
        .tp_as_number = &numbers, \
        .tp_traverse = Type##_traverse, \
        .tp_clear = Type##_clear, \
        .tp_dealloc = Type##_dealloc, \
        .tp_members = MEMBERS, \
        .tp_new = NEW, \
    };
TYPE(symbol_type, Symbol, NULL, Symbol_new)
TYPE(term_type, Term, term_members, NULL)
TYPE(sum_type, Sum, sum_members, NULL)

int
algebra_static_ready(PyObject *module)
{
    return PyType_Ready(&term_type) < 0 || PyType_Ready(&sum_type) < 0 || PyType_Ready(&symbol_type) < 0
        ? -1
        : add_reference(module, "OldSymbol", (PyObject *)&symbol_type);
}
#else
#  define TYPE(variable, Type, ...) \
    static PyType_Slot variable##_slots[] = { \
        {Py_nb_add, (void *)add}, \
        {Py_nb_multiply, (void *)multiply}, \
        {Py_tp_traverse, (void *)Type##_traverse}, \
        {Py_tp_clear, (void *)Type##_clear}, \
        {Py_tp_dealloc, (void *)Type##_dealloc}, \
        __VA_ARGS__, \
        {0, NULL}, \
    }; \
    static PyType_Spec variable = { \
        .name = "sample." #Type, \
        .basicsize = sizeof(Type), \
        .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, \
        .slots = variable##_slots, \
    };
TYPE(symbol_spec, Symbol, {Py_tp_new, (void *)Symbol_new})
TYPE(term_spec, Term, {Py_tp_members, term_members})
TYPE(sum_spec, Sum, {Py_tp_members, sum_members})
PyType_Spec *const algebra_specs[] = {&symbol_spec, &term_spec, &sum_spec};
#endif
