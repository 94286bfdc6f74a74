/* capi/sample.c: the measured module, written with CPython's API as its own modules are. */
#include "sample.h"

static int
exec(PyObject *module)
{
    PyType_Spec *const specs[] = {&point_spec, &node_spec, &array_spec};
    const char *const names[] = {"Point", "Node", "Array"};
    State *state = state_of(module);
    int i;
    for (i = 0; i < 3; i++) {
        PyObject *type = PyType_FromModuleAndSpec(module, specs[i], NULL);
        if (type == NULL) {
            return -1;
        }
        if (PyModule_AddObject(module, names[i], type) < 0) {
            Py_DECREF(type);
            return -1;
        }
    }
    for (i = 0; i < 3; i++) {
        PyObject *type = PyType_FromModuleAndSpec(module, algebra_specs[i], NULL);
        state->algebra[i] = (PyTypeObject *)type;
        if (type == NULL) {
            return -1;
        }
    }
    if (add_reference(module, "Symbol", (PyObject *)state->algebra[0]) < 0 || algebra_static_ready(module) < 0
        || PyModule_AddFunctions(module, container_functions) < 0) {
        return -1;
    }
    state->name_value = PyUnicode_InternFromString("value");
    state->name_factor = PyUnicode_InternFromString("factor");
    return state->name_value != NULL && state->name_factor != NULL ? 0 : -1;
}

static int
traverse(PyObject *module, visitproc visit, void *arg)
{
    Py_VISIT(state_of(module)->name_value);
    Py_VISIT(state_of(module)->name_factor);
    for (int i = 0; i < 3; i++) {
        Py_VISIT(state_of(module)->algebra[i]);
    }
    return 0;
}

static int
clear(PyObject *module)
{
    Py_CLEAR(state_of(module)->name_value);
    Py_CLEAR(state_of(module)->name_factor);
    for (int i = 0; i < 3; i++) {
        Py_CLEAR(state_of(module)->algebra[i]);
    }
    return 0;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)exec},
    {0, NULL},
};
static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sample",
    .m_size = sizeof(State),
    .m_methods = functions,
    .m_slots = slots,
    .m_traverse = traverse,
    .m_clear = clear,
};

PyMODINIT_FUNC
PyInit_sample(void)
{
    return PyModuleDef_Init(&definition);
}
